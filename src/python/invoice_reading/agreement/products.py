"""Products of figures that a document states, whatever their size: none is a reason to fail."""

from decimal import Decimal, DecimalException

from en16931.exact import EXACT, product_meets, to_cents

_HUNDRED = Decimal(100)


def makes(left: Decimal, right: Decimal, stated: Decimal) -> bool:
    """Returns whether the product of the two is the stated amount, or a cent beside it."""
    try:
        return product_meets(left, right, stated)
    except DecimalException:
        return False


def product(left: Decimal, right: Decimal) -> Decimal | None:
    """Returns the product with two decimals; None where no digits can write it."""
    try:
        return to_cents(EXACT.multiply(left, right))
    except DecimalException:
        return None


def with_rate(amount: Decimal, rate: Decimal) -> Decimal | None:
    """Returns the amount with VAT of the rate, with two decimals; None where no digits can write it."""
    try:
        gross = EXACT.multiply(amount, EXACT.add(_HUNDRED, rate))
        return to_cents(EXACT.divide(gross, _HUNDRED))
    except DecimalException:
        return None
