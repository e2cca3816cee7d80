"""What was paid at the till: an amount handed over less the change, as receipts print both, or the amount alone."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from en16931.exact import EXACT
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark

_HANDED_OVER = re.compile(
    r"\W*(?:cash|received cash|amount paid|paid amount|tender(?:ed)?|gegeben|especes)\b",
    re.IGNORECASE,
)
# A card is charged what is due, and gives no change.
_CHARGED = re.compile(
    r"\W*(?:visa|master ?card|debit(?: card)?|credit card|amex|maestro|girocard|ec-karte|carte bancaire)\b"
    r"|\W*paid by\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\W*(?:amount )?(?:change|ruckgeld|rückgeld|rendu|wisselgeld)\b", re.IGNORECASE
)
_ZERO = Decimal(0)
_MOST_OF_EACH = 8


def paid_in_cash(all_rows: Sequence[MarkedRow], mark: DecimalMark | None) -> frozenset[Decimal]:
    """Returns what each amount handed over leaves when each printed change is taken from it.

    Where no change is printed, what was handed over is what was paid, and so is what a card was charged.
    """
    handed_over = list(_amounts(all_rows, _HANDED_OVER, mark))[:_MOST_OF_EACH]
    changes = list(_amounts(all_rows, _CHANGE, mark))[:_MOST_OF_EACH]
    paid = [EXACT.subtract(amount, change) for amount in handed_over for change in changes]
    if not changes:
        paid += [*handed_over, *list(_amounts(all_rows, _CHARGED, mark))[:_MOST_OF_EACH]]
    return frozenset(amount for amount in paid if amount > _ZERO)


def _amounts(
    all_rows: Sequence[MarkedRow], caption: re.Pattern[str], mark: DecimalMark | None
) -> Iterator[Decimal]:
    for row in all_rows:
        if not caption.match(row.row.text):
            continue
        values = [number.value(mark) for number in row.numbers if number.is_money]
        if values and values[-1] is not None:
            yield values[-1]
