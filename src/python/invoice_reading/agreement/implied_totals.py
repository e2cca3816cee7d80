"""What the other totals of the XML make of each total: by the sums of EN 16931, BR-CO-11 to BR-CO-16."""

from decimal import Decimal, DecimalException

from en16931.exact import EXACT, exact_sum
from en16931.model import DocumentTotals, InvoiceContent

_Sum = tuple[tuple[str, ...], tuple[str, ...]]  # what is added, and what is taken away
_SUMS: dict[str, _Sum] = {
    "line_net_amount": (("amount_without_vat", "allowance_amount"), ("charge_amount",)),
    "allowance_amount": (("line_net_amount", "charge_amount"), ("amount_without_vat",)),
    "charge_amount": (("amount_without_vat", "allowance_amount"), ("line_net_amount",)),
    "amount_without_vat": (("amount_with_vat",), ("vat_amount",)),
    "vat_amount": (("amount_with_vat",), ("amount_without_vat",)),
    "amount_with_vat": (("amount_without_vat", "vat_amount"), ()),
    "paid_amount": (("amount_with_vat", "rounding_amount"), ("amount_due",)),
    "rounding_amount": (("amount_due", "paid_amount"), ("amount_with_vat",)),
    "amount_due": (("amount_with_vat", "rounding_amount"), ("paid_amount",)),
}
_OPTIONAL = frozenset({"allowance_amount", "charge_amount", "paid_amount", "rounding_amount"})


def implied_total(content: InvoiceContent, name: str) -> Decimal | None:
    """Returns what the total has to be if all others are right; None where one of them is missing."""
    totals = content.totals
    added, taken = _SUMS[name]
    if totals is None or any(_is_missing(totals, each) for each in (*added, *taken)):
        return None
    try:
        return EXACT.subtract(_sum(totals, added), _sum(totals, taken))
    except DecimalException:
        return None


def _is_missing(totals: DocumentTotals, name: str) -> bool:
    return name not in _OPTIONAL and getattr(totals, name) is None


def _sum(totals: DocumentTotals, names: tuple[str, ...]) -> Decimal:
    return exact_sum(getattr(totals, name) or Decimal(0) for name in names)
