"""The currencies of ISO 4217 as CLDR lists them: the one list of this system.

Babel reads its table from a file at the first call: a process that is to open no file makes one before.
"""

from functools import cache

from babel.core import get_global
from babel.numbers import list_currencies

# Codes that are words or initials in capital letters as well: alone they say nothing.
_ALSO_WORDS = frozenset({"ALL", "CUP", "MOP", "PEN", "SOS", "TOP"})


@cache
def known_currencies() -> frozenset[str]:
    """Returns every code, those of the past included."""
    return frozenset(list_currencies())


@cache
def printed_currencies() -> frozenset[str]:
    """Returns the codes of money that is tender today and that printed letters mean beyond doubt."""
    territories = get_global("territory_currencies").values()
    tender = {
        code for money in territories for code, _, end, is_tender in money if is_tender and not end
    }
    return frozenset(tender & known_currencies() - _ALSO_WORDS)
