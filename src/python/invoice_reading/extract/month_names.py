"""Names of months by language, from Babel's CLDR data: the one place that imports Babel."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from invoice_reading.extract.tokens import fold

LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pl", "pt")


@cache
def month_numbers() -> Mapping[str, int]:
    """Returns the number of each month by its folded name, full and abbreviated (without full stop)."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    folded = fold(name).rstrip(".")
                    if len(folded) >= 3 and folded.isalpha():
                        found.setdefault(folded, number)
    # CLDR abbreviates these otherwise than invoices do, or has them as words of a region (Austria's Jänner and Feber).
    for name, number in {
        "sept": 9,
        "sep": 9,
        "mrz": 3,
        "maerz": 3,
        "juin": 6,
        "juil": 7,
        "aou": 8,
        "fev": 2,
        "janner": 1,
        "jan": 1,
        "feber": 2,
        "set": 9,
    }.items():
        found.setdefault(name, number)
    return found
