"""How the unit of a quantity is said: by a sign that every language has, by a word of the language, or by its code."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale

from invoice_reading.currency_codes import known_currencies
from invoice_summarizer.domain.summarizing.language import language_of
from invoice_summarizer.domain.summarizing.units_de import GERMAN_UNITS
from invoice_summarizer.domain.summarizing.units_en import ENGLISH_UNITS
from invoice_summarizer.domain.summarizing.units_es import SPANISH_UNITS
from invoice_summarizer.domain.summarizing.units_fr import FRENCH_UNITS
from invoice_summarizer.domain.summarizing.units_it import ITALIAN_UNITS
from invoice_summarizer.domain.summarizing.units_nl import DUTCH_UNITS

UNIT_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "de": GERMAN_UNITS,
    "en": ENGLISH_UNITS,
    "es": SPANISH_UNITS,
    "fr": FRENCH_UNITS,
    "it": ITALIAN_UNITS,
    "nl": DUTCH_UNITS,
}

# UN/ECE Recommendation 20 codes whose unit has a sign that people write in every language.
UNIT_SIGNS: Mapping[str, str] = {
    "3B": "MJ",
    "4L": "MB",
    "AMH": "Ah",
    "CMK": "cm²",
    "CMQ": "cm³",
    "CMT": "cm",
    "E34": "GB",
    "E35": "TB",
    "FOT": "ft",
    "FTK": "ft²",
    "GRM": "g",
    "GV": "GJ",
    "HAR": "ha",
    "HLT": "hl",
    "KGM": "kg",
    "KMH": "km/h",
    "KMT": "km",
    "KVA": "kVA",
    "KWH": "kWh",
    "KWT": "kW",
    "LBR": "lb",
    "LTR": "l",
    "MAW": "MW",
    "MGM": "mg",
    "MLT": "ml",
    "MMT": "mm",
    "MTK": "m²",
    "MTQ": "m³",
    "MTR": "m",
    "MWH": "MWh",
    "P1": "%",
    "TNE": "t",
    "WHR": "Wh",
}
_CODE = re.compile(r"(?=[0-9]*[A-Z])[A-Z0-9]{2,3}")


def unit_name(unit_code: str, quantity: Decimal, locale: str) -> str | None:
    """Returns how the unit is said of so many: `hours`, `kg`; None for what is not even the form of a code.

    A code without a word stands in brackets, so that it is not taken for one: `3 (B32)`. That of a currency is no unit.
    """
    if unit_code in UNIT_SIGNS:
        return UNIT_SIGNS[unit_code]
    words = UNIT_WORDS[language_of(locale)].get(unit_code)
    if words is not None:
        one, other = words
        return one if _is_singular(quantity, locale) else other
    return f"({unit_code})" if _is_code(unit_code) else None


def can_be_named(unit_code: str) -> bool:
    """Says whether `unit_name` has something to say of the code, in whatever language."""
    return unit_code in UNIT_SIGNS or unit_code in ENGLISH_UNITS or _is_code(unit_code)


def _is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and text not in known_currencies()


def _is_singular(quantity: Decimal, locale: str) -> bool:
    """Says whether CLDR has the number, written without zeros at the end, in the category `one`."""
    whole = quantity.to_integral_value()
    written = int(whole) if whole == quantity else quantity
    return _language(language_of(locale)).plural_form(written) == "one"


@cache
def _language(language: str) -> Locale:
    return Locale.parse(language)
