"""Countries as addresses name them: in every language that is read, and by a code before the post code."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from invoice_reading.extract.month_names import LANGUAGES
from invoice_reading.extract.tokens import fold

_ALSO = {"uk": "GB", "great britain": "GB", "usa": "US", "u.s.a": "US", "holland": "NL"}
# The letters that cars have, which stood before post codes for long.
_OF_CARS = {"D": "DE", "F": "FR", "A": "AT", "B": "BE", "I": "IT", "E": "ES", "L": "LU", "P": "PT"}
# Parts of France with codes of their own, whose addresses say either.
_FRENCH = frozenset({"RE", "GP", "MQ", "GF", "YT"})
_BEFORE_POST_CODE = re.compile(r"(?:^|\s)([A-Z]{1,2})\s?-?\s?$")


def countries(text: str) -> frozenset[str]:
    """Returns the ISO 3166-1 codes that a line which is the name of a country can mean; none of any other line."""
    code = _codes().get(fold(text.strip(" .,()")))
    return _with_parts(code) if code is not None else frozenset()


def place_codes(before: str) -> frozenset[str]:
    """Returns the codes that the letters before a post code can mean: "D-", "DE "; none where there are no letters."""
    match = _BEFORE_POST_CODE.search(before)
    if match is None:
        return frozenset()
    code = _OF_CARS.get(match[1], match[1])
    return _with_parts(code) if code in set(_codes().values()) else frozenset()


def _with_parts(code: str) -> frozenset[str]:
    return frozenset({code}) | (_FRENCH if code == "FR" else frozenset())


@cache
def _codes() -> Mapping[str, str]:
    found = dict(_ALSO)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ"):
                found.setdefault(fold(name), code)
    return found
