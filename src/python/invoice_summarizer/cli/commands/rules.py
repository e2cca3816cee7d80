"""`rules`: what a rule demands that a finding names, and where it is written."""

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any

import typer

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.options import options_of

if TYPE_CHECKING:
    from en16931.rule_register import RegisteredRule

_DOCUMENTATION = "docs/en16931.md"


def rules(
    context: typer.Context,
    pattern: Annotated[
        str,
        typer.Argument(metavar="RULE", help="Its id, such as BR-CO-15, or a pattern: 'BR-S-*'."),
    ],
) -> None:
    """Say what a rule of EN 16931 or XRechnung demands: its sentence, terms, pack, severity, and place in the code.

    A rule that differs between UBL and CII has a sentence for each. `BR-CO-15/XML`, as findings have it, is BR-CO-15.
    """
    output = options_of(context).output()
    # Here, so that commands that only call a server start without what judges documents.
    from en16931.rule_register import registered_rules

    wanted = pattern.partition("/")[0].upper()
    found = [rule for rule in registered_rules() if fnmatchcase(rule.rule_id.upper(), wanted)]
    if not found:
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            "RULE_NOT_FOUND",
            "no rule of our packs has this id: `invoicectl rules 'BR-*'` lists those that begin like it",
        )
    output.several(
        [_record(rule) for rule in found],
        lambda: "\n\n".join(map(_view, found)),
        soft_wrap=True,
    )


def _record(rule: "RegisteredRule") -> dict[str, Any]:
    return {
        "rule": rule.rule_id,
        "pack": rule.pack,
        "severity": rule.severity.value,
        "syntaxes": [syntax.value for syntax in rule.syntaxes],
        "text": rule.text,
        "terms": {term: _name(term) for term in rule.terms},
        "code": [f"en16931/{source}" for source in rule.sources],
        "official": rule.origin,
        "documentation": _DOCUMENTATION,
    }


def _view(rule: "RegisteredRule") -> str:
    syntaxes = ", ".join(syntax.value for syntax in rule.syntaxes)
    rows = [
        f"{rule.rule_id}  {rule.severity.value.lower()}, {rule.pack}, of {syntaxes}",
        f"  {rule.text}",
        *(f"  {term:<7}{_name(term) or ''}".rstrip() for term in rule.terms),
        *(f"  code   en16931/{source}" for source in rule.sources),
        f"  see    {_DOCUMENTATION}, {rule.origin}",
    ]
    return "\n".join(rows)


def _name(term: str) -> str | None:
    from invoice_summarizer.domain.rule_texts.term_names import term_name

    return term_name(term, "en")
