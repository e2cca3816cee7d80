"""Prices as pages print them: rounded, for another number of pieces, with VAT."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DecimalException

from en16931.exact import EXACT
from en16931.model import InvoiceLine
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.products import with_rate

_BASES = (Decimal(10), Decimal(100), Decimal(1000))
_ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
_ROUNDED = Context(prec=60)
_FEWEST_DECIMALS = 2
_PER = re.compile(
    r"(?:\b(?:per|pro|je|für|pour|par|à)\s|/ ?)(10|100|1[.,' ]?000)\b"
    r"|\b(?:preiseinheit|preisbasis|price (?:unit|base|basis|per)|PE|base quantity)\b",
    re.IGNORECASE,
)


def is_price(size: Decimal, line: InvoiceLine, *, per_many: bool) -> bool:
    """Returns whether a printed number is the price of the line, or the price in a usual notation of it.

    Pages round prices to the decimals that they print, and state them for one piece where the XML has them for a
    hundred, or the other way round; `per_many` says that they do.
    """
    return any(size == price or _rounds_to(price, size) for price in _prices(line, per_many))


def _prices(line: InvoiceLine, per_many: bool) -> Iterator[Decimal]:
    price = line.price
    net = price.net_price if price is not None else None
    if price is None or net is None or not net.is_finite():
        return
    net = abs(net)
    yield net
    rate = line.vat.rate if line.vat is not None else None
    gross = with_rate(net, rate) if rate is not None else None
    if gross is not None:
        yield gross
    base = price.base_quantity
    try:
        if base is not None and base.is_finite() and base > 0 and base != 1:
            yield EXACT.divide(net, base)
        for many in _BASES if per_many else ():
            yield EXACT.multiply(net, many)
    except DecimalException:
        return


def _rounds_to(price: Decimal, size: Decimal) -> bool:
    exponent = size.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent < _FEWEST_DECIMALS or not size:
        return False
    unit = Decimal(1).scaleb(exponent)
    try:
        return any(
            price.quantize(unit, rounding=rounding, context=_ROUNDED) == size
            for rounding in _ROUNDINGS
        )
    except DecimalException:
        return False


def states_prices_per_many(printed: PrintedDocument) -> bool:
    """Returns whether the pages say anywhere that a price is for ten, a hundred or a thousand."""
    return any(_PER.search(row.row.text) for row in printed.rows)
