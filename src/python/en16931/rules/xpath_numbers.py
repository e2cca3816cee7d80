"""Numbers as the official artefacts compute with them.

XPath rounds a half towards plus infinity, for negative numbers too. Where an artefact compares a text with a number,
without saying that it is a decimal, it computes with doubles, and the processor behind the official verdicts takes
`-0.00` for less than zero. Only the functions that are named for it use doubles, to agree with it at half cents and at
exactly one unit of money.
"""

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation
from math import floor

from en16931.exact import CENT, EXACT

_FLOOR = Context(prec=400, rounding=ROUND_FLOOR, traps=[InvalidOperation])
_HALF_CENT = Decimal("0.005")
_HALF = Decimal("0.5")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def round_to_cents(value: Decimal) -> Decimal:
    """Returns `round(value * 100) div 100`. Raises DecimalException where the value is no finite number."""
    return EXACT.add(value, _HALF_CENT).quantize(CENT, context=_FLOOR)


def round_to_whole(value: Decimal) -> Decimal:
    """Returns `round(value)`."""
    return EXACT.add(value, _HALF).quantize(_ONE, context=_FLOOR)


def is_minus_zero(value: Decimal) -> bool:
    """Tells whether the value is a zero written with a minus."""
    return not value and value.is_signed()


def double_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Returns `xs:decimal(sum(...))` of texts, which are added as doubles."""
    total = 0.0
    for amount in amounts:
        total += float(amount)
    return Decimal(total)


def double_to_cents(value: Decimal) -> Decimal:
    """Returns `round(value * 10 * 10) div 100` of a double."""
    return EXACT.divide(Decimal(floor(float(value) * 10 * 10 + 0.5)), _HUNDRED).quantize(CENT)


def float_is_within_one(stated: Decimal, computed: Decimal) -> bool:
    """Returns `stated - 1 < computed and stated + 1 > computed`, `stated` being a text: both sides are doubles then."""
    return float(stated) - 1 < float(computed) < float(stated) + 1


def doubled_is_within_one(stated: Decimal, computed: Decimal) -> bool:
    """Returns the same of `xs:decimal(stated - 1)`: a double that is made a decimal again, digit by digit."""
    return Decimal(float(stated) - 1) < computed < Decimal(float(stated) + 1)
