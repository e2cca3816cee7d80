"""Where an invoice uses which VAT category, and how much of its money falls under each: worked out once for all rules.

The artefacts look for a category whatever its tax scheme, and count the amount of a line once, however often the line
states the category.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from en16931.exact import EXACT
from en16931.rules.term_rule import places
from en16931.terms.stated_group import StatedGroup, decimal_of

_NAME = "vat-use"
_ZERO = Decimal(0)

CATEGORY, RATE = "any-category", "any-rate"

# Group, category where the tax is VAT, amount, and whether the amount is taken away.
_LINES = ("BG-25", "BT-151", "BT-131", False)
_ALLOWANCES = ("BG-20", "BT-95", "BT-92", True)
_CHARGES = ("BG-21", "BT-102", "BT-99", False)


@dataclass(slots=True)
class VatUse:
    """`of_lines`, `of_allowances`, `of_charges` and `of_breakdown` count categories; nets are sums of amounts.

    `under_vat` are the same counts, in this order, of categories whose tax is said to be VAT.
    """

    of_lines: Counter[str] = field(default_factory=Counter)
    of_allowances: Counter[str] = field(default_factory=Counter)
    of_charges: Counter[str] = field(default_factory=Counter)
    of_breakdown: Counter[str] = field(default_factory=Counter)
    under_vat: tuple[Counter[str], Counter[str], Counter[str], Counter[str]] = field(
        default_factory=lambda: (Counter(), Counter(), Counter(), Counter())
    )
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
    of_uses = (use.of_lines, use.of_allowances, use.of_charges)
    for counter, of_vat, where in zip(
        of_uses, use.under_vat[:3], (_LINES, _ALLOWANCES, _CHARGES), strict=True
    ):
        at, category_of_vat, amount, is_taken_away = where
        for group in places(invoice, at):
            of_vat.update(text.strip() for text in group.texts(category_of_vat))
            net = group.number(amount) or _ZERO
            _count(use, counter, group, net.copy_negate() if is_taken_away else net)
    for row in places(invoice, "BG-23"):
        use.of_breakdown.update(text.strip() for text in row.texts(CATEGORY))
        use.under_vat[3].update(text.strip() for text in row.texts("BT-118"))
    return use


def _count(use: VatUse, counter: Counter[str], group: StatedGroup, net: Decimal) -> None:
    categories = {text.strip() for text in group.texts(CATEGORY)}
    rates = {rate for text in group.texts(RATE) if (rate := decimal_of(text)) is not None}
    for category in categories:
        counter[category] += 1
        use.net_by_category[category] = EXACT.add(use.net(category), net)
        for rate in rates:
            key = (category, rate)
            use.net_by_rate[key] = EXACT.add(use.net_by_rate.get(key, _ZERO), net)
