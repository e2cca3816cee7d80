"""How the unit of a quantity is said: by a sign that every language has, by a word of the language, or not at all."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from babel import Locale

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


def unit_name(unit_code: str, quantity: Decimal, locale: str) -> str | None:
    """Returns how the unit is said of so many: `hours`, `kg`; None for a code that the language has no word for."""
    if unit_code in UNIT_SIGNS:
        return UNIT_SIGNS[unit_code]
    words = UNIT_WORDS[language_of(locale)].get(unit_code)
    if words is None:
        return None
    one, other = words
    return one if _is_singular(quantity, locale) else other


def can_be_named(unit_code: str) -> bool:
    """Says whether `unit_name` has something to say of the code, in whatever language."""
    return unit_code in UNIT_SIGNS or unit_code in ENGLISH_UNITS


def _is_singular(quantity: Decimal, locale: str) -> bool:
    """Says whether CLDR has the number, written without zeros at the end, in the category `one`."""
    whole = quantity.to_integral_value()
    written = int(whole) if whole == quantity else quantity
    return _language(language_of(locale)).plural_form(written) == "one"


@cache
def _language(language: str) -> Locale:
    return Locale.parse(language)
