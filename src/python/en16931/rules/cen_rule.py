"""How a chapter writes a rule of the pack of CEN, and what many rules ask for."""

from collections.abc import Callable

from en16931.finding import Severity
from en16931.rules.cen import CEN
from en16931.rules.term_rule import EVERY_SYNTAX, TermRule, Verdict
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax


def cen_rule(
    rule_id: str,
    at: str,
    terms: str,
    text: str,
    holds: Callable[[StatedGroup], Verdict],
    *,
    severity: Severity = Severity.ERROR,
    syntaxes: frozenset[Syntax | None] = EVERY_SYNTAX,
    where: tuple[str, str] | None = None,
    is_read: Callable[[StatedGroup], bool] | None = None,
) -> TermRule:
    """Returns the rule; `terms` are separated by spaces. The rest is as `TermRule` has it."""
    return TermRule(
        rule_id=rule_id,
        pack=CEN,
        at=at,
        terms=tuple(terms.split()),
        text=text,
        holds=holds,
        severity=severity,
        syntaxes=syntaxes,
        where=where,
        is_read=is_read,
    )


def says(term: str) -> Callable[[StatedGroup], bool]:
    """The term is there, and not blank."""
    return lambda group: group.text(term) != ""


def has(*terms: str) -> Callable[[StatedGroup], bool]:
    """One of the terms is there, be it blank."""
    return lambda group: group.has(*terms)


def says_in(name: str, term: str) -> Callable[[StatedGroup], bool]:
    """Some occurrence of the group has the term, and not blank."""
    return lambda above: any(group.text(term) != "" for group in above.groups(name))


def has_in(name: str, *terms: str) -> Callable[[StatedGroup], bool]:
    """Some occurrence of the group has one of the terms, be it blank."""
    return lambda above: any(group.has(*terms) for group in above.groups(name))
