"""Decimal arithmetic that does not round behind one's back, as the default context does after 28 digits."""

from collections.abc import Iterable
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

_DIGITS = 400
CENT = Decimal("0.01")

# Its methods give the exact result, or raise a DecimalException: where digits cannot write it, or there is none.
EXACT = Context(prec=_DIGITS, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
_HALF_UP = Context(prec=_DIGITS, rounding=ROUND_HALF_UP, traps=[InvalidOperation])


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """Returns the exact sum; zero for no values. Raises DecimalException where a value is no finite number."""
    total = Decimal(0)
    for value in values:
        total = EXACT.add(total, value)
    return total


def to_cents(value: Decimal) -> Decimal:
    """Returns the value with two decimals, a half away from zero. Raises DecimalException as `EXACT` does."""
    return value.quantize(CENT, context=_HALF_UP)


def product_meets(left: Decimal, right: Decimal, stated: Decimal) -> bool:
    """Tells whether the stated amount is the product of the two, or a cent beside it."""
    product = to_cents(EXACT.multiply(left, right))
    return EXACT.subtract(product, stated).copy_abs() <= CENT


def largest_below(limit: Decimal, residual: Decimal) -> Decimal:
    """Returns the largest amount below the limit of as many decimals as the residual has, and of two at least."""
    exponent = residual.as_tuple().exponent
    assert isinstance(exponent, int)
    return EXACT.subtract(limit, Decimal(1).scaleb(min(exponent, -2)))


def decimal_text(value: Decimal) -> str:
    """Returns the value as the canonical JSON has it: all its digits, and no exponent."""
    return format(value, "f")
