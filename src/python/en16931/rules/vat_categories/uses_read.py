"""Was everything read that a taxable amount is the sum of? Of a page, a line may have been missed."""

from collections.abc import Callable
from decimal import Decimal

from en16931.exact import exact_sum
from en16931.rules.term_rule import places
from en16931.terms.stated_group import StatedGroup

# A line, an allowance and a charge: the group, its amount, its VAT category and its rate.
_USES = (
    ("BG-25", "BT-131", "BT-151", "BT-152"),
    ("BG-20", "BT-92", "BT-95", "BT-96"),
    ("BG-21", "BT-99", "BT-102", "BT-103"),
)
_ZERO = Decimal(0)


def uses_are_read(*, by_rate: bool) -> Callable[[StatedGroup], bool]:
    """A row has its taxable amount, and each line, allowance and charge its amount and category, and the rate `by_rate`.

    That none of them was missed is proven by the totals: the lines make the sum of lines (BT-106), or with allowances and
    charges the total without VAT (BT-109).
    """

    def holds(row: StatedGroup) -> bool:
        needed = ("BT-116", "BT-119") if by_rate else ("BT-116",)
        return all(row.has(term) for term in needed) and _are_read(row.invoice, by_rate=by_rate)

    return holds


def _are_read(invoice: StatedGroup, *, by_rate: bool) -> bool:
    sums: list[Decimal] = []
    for at, amount, category, rate in _USES:
        amounts = []
        for use in places(invoice, at):
            value = use.number(amount)
            if value is None or not use.has(category) or (by_rate and not use.has(rate)):
                return False
            amounts.append(value)
        sums.append(exact_sum(amounts))
    lines, allowances, charges = sums
    return bool(places(invoice, "BG-25")) and _closes(invoice, lines, allowances, charges)


def _closes(invoice: StatedGroup, lines: Decimal, allowances: Decimal, charges: Decimal) -> bool:
    of_lines = _total(invoice, "BT-106")
    if of_lines is not None:
        stated = _total(invoice, "BT-107") or _ZERO, _total(invoice, "BT-108") or _ZERO
        return lines == of_lines and stated == (allowances, charges)
    net = _total(invoice, "BT-109")
    return net is not None and net == exact_sum((lines, allowances.copy_negate(), charges))


def _total(invoice: StatedGroup, term: str) -> Decimal | None:
    found = (totals.number(term) for totals in places(invoice, "BG-22"))
    return next((value for value in found if value is not None), None)
