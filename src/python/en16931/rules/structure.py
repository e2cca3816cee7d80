"""Rules on the structure of a document, written as tables: how often something stands, and what must not stand.

A line of a table is a rule, where it applies and what it counts: `UBL-SR-34 cac:InvoiceLine cbc:Note`.
"""

from collections.abc import Iterator
from functools import partial

from en16931.finding import Severity
from en16931.hardened_xml import XmlElement
from en16931.rules.cen import CEN
from en16931.rules.element_rule import ElementRule, Holds
from en16931.terms.term_path import Elements, TermPaths


def at_most_once(
    table: str, paths: TermPaths, severity: Severity = Severity.ERROR
) -> Iterator[ElementRule]:
    """Yields a rule for each line: rule, element (several separated by `|`), path to what stands once at most."""
    for line in table.strip().splitlines():
        rule_id, at, path = line.split()
        yield element_rule(
            rule_id,
            at,
            f"{path} stands at most once in {at}.",
            partial(_counts_at_most, 1, paths.elements(*path.split("|"))),
            paths,
            severity,
        )


def absent(
    table: str, paths: TermPaths, severity: Severity = Severity.ERROR
) -> Iterator[ElementRule]:
    """Yields a rule for each line: rule, element, path to what does not stand there."""
    for line in table.strip().splitlines():
        rule_id, at, path = line.split()
        yield element_rule(
            rule_id,
            at,
            f"{path} does not stand in {at}.",
            partial(_counts_at_most, 0, paths.elements(*path.split("|"))),
            paths,
            severity,
        )


def element_rule(
    rule_id: str,
    at: str,
    text: str,
    holds: Holds,
    paths: TermPaths,
    severity: Severity = Severity.ERROR,
) -> ElementRule:
    """Returns a rule of CEN on the elements of these names, or children of them: `cac:Delivery|cac:PayeeParty`."""
    return ElementRule(
        rule_id=rule_id,
        pack=CEN,
        text=text,
        names=tuple(paths.name(name) for name in at.split("|")),
        holds=holds,
        severity=severity,
    )


def _counts_at_most(most: int, elements: Elements, element: XmlElement, _: XmlElement) -> bool:
    return len(elements(element)) <= most
