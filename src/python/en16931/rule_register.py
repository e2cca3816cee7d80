"""Every rule of the packs by its id: what it demands, in which pack, of which terms, and where it is written."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from en16931.finding import Severity
from en16931.judgement import ALL_PACKS
from en16931.rules.e_invoice_pack import EInvoicePack
from en16931.rules.term_rule import TermRule
from en16931.xml_reading import Syntax

_TERM = re.compile(r"\bB[TG]-[0-9]+\b")
_ID = re.compile(r"(?:BR|UBL|CII|PEPPOL)-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RegisteredRule:
    """A sentence of a rule; one that differs by syntax has several under its id.

    `terms` are the business terms and groups that it is about. `sources` are the places where its id is written beside
    what it asks, relative to this package: `rules/total_amounts.py:95`; none where the sources are not at hand.
    """

    rule_id: str
    pack: str
    origin: str
    severity: Severity
    text: str
    terms: tuple[str, ...]
    syntaxes: tuple[Syntax, ...]
    sources: tuple[str, ...]


def registered_rules() -> tuple[RegisteredRule, ...]:
    """Returns every rule, pack by pack, in the order of the packs."""
    return tuple(rule for pack in ALL_PACKS for rule in _of_pack(pack))


def _of_pack(pack: EInvoicePack) -> Iterator[RegisteredRule]:
    known: dict[tuple[str, str, Severity], tuple[dict[str, None], dict[Syntax, None]]] = {}
    for syntax in Syntax:
        for rule in pack.rules(syntax):
            sentence = (rule.rule_id, rule.text, rule.severity)
            terms, syntaxes = known.setdefault(sentence, ({}, {}))
            stated = rule.terms if isinstance(rule, TermRule) else ()
            terms.update(dict.fromkeys((*stated, *_TERM.findall(rule.text))))
            syntaxes[syntax] = None
    for (rule_id, text, severity), (terms, syntaxes) in known.items():
        yield RegisteredRule(
            rule_id=rule_id,
            pack=str(pack.name),
            origin=pack.origin,
            severity=severity,
            text=text,
            terms=tuple(terms),
            syntaxes=tuple(syntaxes),
            sources=_sources().get(rule_id, ()),
        )


@cache
def _sources() -> Mapping[str, tuple[str, ...]]:
    package = Path(__file__).parent
    sources: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if _ID.search(text):
            for rule_id, line in _written_in(text):
                name = path.relative_to(package).as_posix()
                sources.setdefault(rule_id, []).append(f"{name}:{line}")
    return {rule_id: tuple(dict.fromkeys(places)) for rule_id, places in sources.items()}


def _written_in(source: str) -> Iterator[tuple[str, int]]:
    """Yields the ids that a rule is made of, each with its line.

    An id is the first argument of a call, the argument `rule_id`, the first of a tuple, or begins a line of a table.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(args=[ast.Constant(value=str(text)) as first, *_]) if _ID.fullmatch(text):
                yield text, first.lineno
            case ast.keyword(arg="rule_id", value=ast.Constant(value=str(text)) as value):
                yield text, value.lineno
            case ast.Tuple(elts=[ast.Constant(value=str(text)) as first, _, *_]) if _ID.fullmatch(
                text
            ):
                yield text, first.lineno
            case ast.Assign(value=ast.Constant(value=str(table)) as value):
                for offset, line in enumerate(table.splitlines()):
                    for rule_id in _ids_of_row(line):
                        yield rule_id, value.lineno + offset


def _ids_of_row(line: str) -> Iterator[str]:
    """Yields the words at the start of a row that are ids."""
    for word in line.split():
        if not _ID.fullmatch(word):
            return
        yield word
