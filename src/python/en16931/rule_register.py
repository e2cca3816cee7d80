"""Every rule of the packs by its id: what it demands, in which pack, of which terms, and where it is written."""

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
_ID = r"(?:BR|UBL|CII|PEPPOL)-[A-Za-z0-9-]+"
_FIRST_ARGUMENT = re.compile(rf'(?:^\s*|rule_id=|\()"({_ID})",')
_ROW = re.compile(rf"(?:{_ID} )+")


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
        name = path.relative_to(package).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for rule_id in _ids_of(line):
                sources.setdefault(rule_id, []).append(f"{name}:{number}")
    return {rule_id: tuple(places) for rule_id, places in sources.items()}


def _ids_of(line: str) -> Iterator[str]:
    """Yields the ids of the rules that the line of code begins: as the first argument of a call, or as a row of a table."""
    yield from _FIRST_ARGUMENT.findall(line)
    if row := _ROW.match(line):
        yield from row[0].split()
