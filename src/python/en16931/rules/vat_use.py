"""Where an invoice uses which VAT category, and how much of its money falls under each: worked out once for all rules.

The artefacts look for a category whatever its tax scheme, and count the amount of a line once, however often the line
states the category.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from en16931.exact import EXACT
from en16931.rules.term_rule import places
from en16931.terms.stated_group import StatedGroup, decimal_of

_NAME = "vat-use"
_ZERO = Decimal(0)

NO_CATEGORY = ""
CATEGORY, RATE = "any-category", "any-rate"

# Group, amount, and whether the amount is taken away.
_LINES = ("BG-25", "BT-131", False)
_ALLOWANCES = ("BG-20", "BT-92", True)
_CHARGES = ("BG-21", "BT-99", False)


@dataclass(slots=True)
class VatUse:
    """`of_lines`, `of_allowances`, `of_charges` and `of_breakdown` count categories; nets are sums of amounts."""

    of_lines: Counter[str] = field(default_factory=Counter)
    of_allowances: Counter[str] = field(default_factory=Counter)
    of_charges: Counter[str] = field(default_factory=Counter)
    of_breakdown: Counter[str] = field(default_factory=Counter)
    net_by_category: dict[str, Decimal] = field(default_factory=dict)
    net_by_rate: dict[tuple[str, Decimal], Decimal] = field(default_factory=dict)

    def is_used(self, category: str) -> bool:
        """Tells whether a line, an allowance or a charge is of the category."""
        return bool(
            self.of_lines[category] or self.of_allowances[category] or self.of_charges[category]
        )

    def net(self, category: str) -> Decimal:
        """Returns the sum of lines, less allowances, plus charges of the category."""
        return self.net_by_category.get(category, _ZERO)

    def net_at(self, category: str, rate: Decimal) -> Decimal | None:
        """Returns the same at one rate; None where nothing has it."""
        return self.net_by_rate.get((category, rate))


def vat_use(invoice: StatedGroup) -> VatUse:
    """Returns the use of VAT categories in the invoice."""
    known: VatUse | None = invoice.memo.get(_NAME)
    if known is None:
        known = invoice.memo[_NAME] = _worked_out(invoice)
    return known


def _worked_out(invoice: StatedGroup) -> VatUse:
    use = VatUse()
    for counter, where in (
        (use.of_lines, _LINES),
        (use.of_allowances, _ALLOWANCES),
        (use.of_charges, _CHARGES),
    ):
        for categories, rates, amount in _stated(invoice, *where):
            for category in categories:
                counter[category] += 1
                use.net_by_category[category] = EXACT.add(use.net(category), amount)
                for rate in rates:
                    key = (category, rate)
                    use.net_by_rate[key] = EXACT.add(use.net_by_rate.get(key, _ZERO), amount)
    for row in places(invoice, "BG-23"):
        use.of_breakdown.update(text.strip() for text in row.texts(CATEGORY))
    return use


def _stated(
    invoice: StatedGroup, at: str, amount: str, is_taken_away: bool
) -> Iterator[tuple[set[str], set[Decimal], Decimal]]:
    for group in places(invoice, at):
        categories = {text.strip() for text in group.texts(CATEGORY)} or {NO_CATEGORY}
        rates = {value for text in group.texts(RATE) if (value := decimal_of(text)) is not None}
        net = group.number(amount) or _ZERO
        yield categories, rates, net.copy_negate() if is_taken_away else net
