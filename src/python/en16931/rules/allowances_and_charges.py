"""Allowances and charges, of the document and of a line: BR-31 to BR-44, BR-CO-05 to BR-CO-08, BR-CO-21 to BR-CO-24.

That a reason and a reason code say the same (BR-CO-05 to BR-CO-08) cannot be told by a program: these always hold.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from en16931.rules.cen_rule import cen_rule, has, of_indicated
from en16931.rules.term_rule import TermRule, Verdict
from en16931.terms.stated_group import StatedGroup


class _Kind(NamedTuple):
    """A group with the terms and the rules that each kind has: the standard numbers them apart."""

    at: str
    indicator: str
    name: str
    amount: tuple[str, str]  # rule, term
    category: tuple[str, str] | None
    reason: tuple[str, str, str]
    reasons_agree: str
    reason_again: str


_KINDS = (
    _Kind(
        "BG-20",
        "false",
        "An allowance of the document",
        ("BR-31", "BT-92"),
        ("BR-32", "BT-95"),
        ("BR-33", "BT-97", "BT-98"),
        "BR-CO-05",
        "BR-CO-21",
    ),
    _Kind(
        "BG-21",
        "true",
        "A charge of the document",
        ("BR-36", "BT-99"),
        ("BR-37", "BT-102"),
        ("BR-38", "BT-104", "BT-105"),
        "BR-CO-06",
        "BR-CO-22",
    ),
    _Kind(
        "BG-25/BG-27",
        "false",
        "An allowance of a line",
        ("BR-41", "BT-136"),
        None,
        ("BR-42", "BT-139", "BT-140"),
        "BR-CO-07",
        "BR-CO-23",
    ),
    _Kind(
        "BG-25/BG-28",
        "true",
        "A charge of a line",
        ("BR-43", "BT-141"),
        None,
        ("BR-44", "BT-144", "BT-145"),
        "BR-CO-08",
        "BR-CO-24",
    ),
)


def _rules(kind: _Kind) -> Iterator[TermRule]:
    at, name = kind.at, kind.name
    rule_id, amount = kind.amount

    def stated(*terms: str) -> Callable[[StatedGroup], Verdict]:
        return of_indicated(kind.indicator, has(*terms))

    yield cen_rule(rule_id, at, amount, f"{name} has an amount ({amount}).", stated(amount))
    if kind.category is not None:
        rule_id, category = kind.category
        yield cen_rule(
            rule_id, at, category, f"{name} has a VAT category ({category}).", stated(category)
        )
    rule_id, reason, code = kind.reason
    for asks in (rule_id, kind.reason_again):
        yield cen_rule(
            asks,
            at,
            f"{reason} {code}",
            f"{name} has a reason ({reason}) or a reason code ({code}).",
            stated(reason, code),
        )
    yield cen_rule(
        kind.reasons_agree,
        at,
        f"{reason} {code}",
        f"The reason ({reason}) and the reason code ({code}) say the same; no program can tell.",
        lambda _: True,
    )


ALLOWANCE_AND_CHARGE_RULES = tuple(rule for kind in _KINDS for rule in _rules(kind))
