"""Which rate lines, allowances and charges of a VAT category have: -05 to -07 of each."""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum, auto

from en16931.rules.vat_categories.vat_use import IGIC
from en16931.rules.xpath_numbers import is_minus_zero
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax


class Rate(Enum):
    """Which rate a category has; NONE is that none is stated."""

    POSITIVE = auto()
    ZERO = auto()
    NOT_NEGATIVE = auto()
    NONE = auto()


def has_rate(rate: Rate, code: str, term: str) -> Callable[[StatedGroup], bool]:
    """Returns whether the tax of a use has the rate; where one is asked for, a missing one is wrong."""

    def holds(tax: StatedGroup) -> bool:
        if rate is Rate.NONE:
            return not tax.has(term)
        return any(_is_rate(rate, code, stated, tax.syntax) for stated in tax.numbers(term))

    return holds


def _is_rate(rate: Rate, code: str, stated: Decimal, syntax: Syntax | None) -> bool:
    # The artefact for UBL asks for zero as a decimal, and else compares the text as that for CII does.
    if is_minus_zero(stated) and syntax is not None:
        return syntax is not Syntax.CII and rate is Rate.ZERO
    if syntax is Syntax.CII and code == IGIC:
        return stated > 0  # the artefact for CII asks more than the standard
    match rate:
        case Rate.POSITIVE:
            return stated > 0
        case Rate.NOT_NEGATIVE:
            return stated >= 0
        case _:
            return stated == 0
