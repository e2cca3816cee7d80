"""Numbers as the official artefacts compute with them.

XPath rounds a half towards plus infinity, for negative numbers too. Where an artefact compares a text with a number,
without saying that it is a decimal, the processor behind the official verdicts takes `-0.00` for less than zero.
"""

from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation

from en16931.exact import CENT, EXACT

_FLOOR = Context(prec=400, rounding=ROUND_FLOOR, traps=[InvalidOperation])
_HALF_CENT = Decimal("0.005")
_HALF = Decimal("0.5")
_ONE = Decimal(1)


def round_to_cents(value: Decimal) -> Decimal:
    """Returns `round(value * 100) div 100`. Raises DecimalException where the value is no finite number."""
    return EXACT.add(value, _HALF_CENT).quantize(CENT, context=_FLOOR)


def round_to_whole(value: Decimal) -> Decimal:
    """Returns `round(value)`."""
    return EXACT.add(value, _HALF).quantize(_ONE, context=_FLOOR)


def is_minus_zero(value: Decimal) -> bool:
    """Tells whether the value is a zero written with a minus."""
    return not value and value.is_signed()
