"""How a chapter writes a rule of the pack of CEN, and what many rules ask for."""

from collections.abc import Callable
from functools import partial

from en16931.rules.cen import CEN
from en16931.rules.term_rule import Verdict, term_rule
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

cen_rule = partial(term_rule, CEN)


def of_indicated(
    word: str, holds: Callable[[StatedGroup], Verdict]
) -> Callable[[StatedGroup], Verdict]:
    """Returns what is asked of an allowance (`false`) or a charge (`true`) that the artefact takes for one here.

    That for CII wants the word and no digit. That for UBL takes what says both for an allowance.
    """

    def asked(change: StatedGroup) -> Verdict:
        if change.syntax is Syntax.CII:
            return word not in change.texts("indicator") or holds(change)
        if change.syntax is not None and word == "true":
            is_both = any(text.strip() in ("false", "0") for text in change.texts("indicator"))
            return is_both or holds(change)
        return holds(change)

    return asked


def says(term: str) -> Callable[[StatedGroup], bool]:
    """The term is there, and not blank."""
    return lambda group: group.text(term) != ""


def has(*terms: str) -> Callable[[StatedGroup], bool]:
    """One of the terms is there, be it blank."""
    if len(terms) == 1:
        [term] = terms
        return lambda group: group.has(term)
    return lambda group: group.has(*terms)


def stated_or_said(term: str) -> Callable[[StatedGroup], bool]:
    """The term is there; in CII, some of it not blank."""
    return lambda group: (
        any(text.strip() for text in group.texts(term))
        if group.syntax is Syntax.CII
        else group.has(term)
    )


def says_in(name: str, term: str) -> Callable[[StatedGroup], bool]:
    """Some occurrence of the group has the term, and not blank."""
    return lambda above: any(group.text(term) != "" for group in above.groups(name))


def has_in(name: str, *terms: str) -> Callable[[StatedGroup], bool]:
    """Some occurrence of the group has one of the terms, be it blank."""
    return lambda above: any(group.has(*terms) for group in above.groups(name))
