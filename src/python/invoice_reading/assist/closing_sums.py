"""Does an amount that somebody pointed at close a sum with amounts that extraction found by itself?"""

from collections.abc import Mapping
from decimal import Decimal

from en16931.exact import EXACT
from en16931.model import DocumentTotals
from invoice_reading.extraction import Extraction

_NET = "totals.amount_without_vat"
_VAT = "totals.vat_amount"
_TOTAL = "totals.amount_with_vat"
_SUM = (_NET, _VAT, _TOTAL)
# The highest standard rate of VAT in the European Union, of Hungary (Directive 2006/112/EC sets no upper limit).
_HIGHEST_RATE = Decimal("0.27")


def closes(path: str, pointed: Mapping[str, Decimal], extraction: Extraction) -> bool:
    """Returns whether the amount of the path is one of net, VAT and total that close to the cent, at a plausible rate.

    One of the other two at least is of extraction, and is not what was pointed at: three amounts that a document was made
    to point at close as well. Net and VAT that are swapped close, and have no such rate.
    """
    if path not in _SUM:
        return False
    totals = extraction.content.totals or DocumentTotals()
    read = {
        _NET: totals.amount_without_vat,
        _VAT: totals.vat_amount,
        _TOTAL: totals.amount_with_vat,
    }
    others = {each: amount for each, amount in read.items() if each != path and amount is not None}
    stated = {**pointed, **others, path: pointed[path]}
    if not others or any(each not in stated for each in _SUM):
        return False
    net, vat, total = (stated[each] for each in _SUM)
    largest = EXACT.multiply(net.copy_abs(), _HIGHEST_RATE)
    is_plausible = bool(net) and vat.copy_abs() <= largest and (not vat or (vat > 0) == (net > 0))
    return is_plausible and EXACT.add(net, vat) == total
