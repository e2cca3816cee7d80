"""Numbers, dates and names of places as CLDR writes them in a locale; no digit but a zero at the end is left out."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_currency_precision

from invoice_summarizer.domain.summarizing.language import language_of, regions_of
from invoice_summarizer.domain.summarizing.number_words import LANGUAGES_OF_EVERY_TEXT

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_FEWEST_LETTERS = 3
_MOST_INTEGER_DIGITS = 24
_MOST_FRACTION_DIGITS = 12
_USUAL_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class _NumberForm:
    group: str
    decimal: str
    group_sizes: tuple[int, int]  # of the last group, and of those before it
    minus: str
    currency_first: bool
    percent_suffix: str


def can_be_written(value: Decimal) -> bool:
    """Says whether the value is a finite number of a size that a reader can take in."""
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value.adjusted() < _MOST_INTEGER_DIGITS and exponent >= -_MOST_FRACTION_DIGITS


def number(value: Decimal, locale: str, fewest_decimals: int = 0) -> str:
    """Returns the value with all its digits, grouped by thousands: `1.234,5`.

    Zeros at the end are left out, or filled in, up to the decimals that are asked for.
    """
    form = _number_form(locale)
    whole, _, part = f"{abs(value):f}".partition(".")
    part = part.rstrip("0").ljust(fewest_decimals, "0")
    digits = form.group.join(_groups(whole, form.group_sizes))
    sign = form.minus if value < 0 else ""
    return f"{sign}{digits}{form.decimal}{part}" if part else f"{sign}{digits}"


def amount(value: Decimal, currency_code: str | None, locale: str) -> str:
    """Returns the value beside its ISO 4217 code, in the order of the locale: `EUR 1,234.50`, `1.234,50 EUR`.

    It has the decimals of the currency, two where none is known, and more only where they are not zeros.
    """
    digits = number(value, locale, _currency_decimals(currency_code))
    if currency_code is None:
        return digits
    if _number_form(locale).currency_first:
        return f"{currency_code}{_NO_BREAK_SPACE}{digits}"
    return f"{digits}{_NO_BREAK_SPACE}{currency_code}"


def percentage(value: Decimal, locale: str) -> str:
    """Returns a value that counts hundredths: `19%`, `19 %`."""
    return f"{number(value, locale)}{_number_form(locale).percent_suffix}"


@lru_cache(maxsize=4096)
def long_date(value: date, locale: str) -> str:
    """Returns the date with the month's name: `March 1, 2024`, `1 March 2024`.

    In French the first of a month is an ordinal, `1er mars 2024`, which CLDR has no pattern for.
    """
    written = format_date(value, "long", locale=_locale(locale))
    return re.sub(r"^1 ", "1er ", written) if language_of(locale) == "fr" else written


def country_name(code: str, locale: str) -> str | None:
    """Returns the name of an ISO 3166-1 alpha-2 country; None where the code is none."""
    name = _locale(locale).territories.get(code) if len(code) == 2 else None
    return str(name) if name else None


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Returns the names of months and weekdays that count in a text of the language, as CLDR spells them and in capitals.

    They are those of the language, and those that count in every text (see `number_words`), in all regions.

    A whole name may begin with a capital; an abbreviation of fewer than three letters is left out, since it is a word
    in too many sentences.
    """
    names = set[str]()
    languages = {*LANGUAGES_OF_EVERY_TEXT, language}
    for locale in (*languages, *(region for each in languages for region in regions_of(each))):
        for table in (_locale(locale).months, _locale(locale).days):
            wide = [str(name) for name in table["format"]["wide"].values()]
            short = [str(name).rstrip(".") for name in table["format"]["abbreviated"].values()]
            for name in (*wide, *(name for name in short if len(name) >= _FEWEST_LETTERS)):
                names |= {name, name.upper()}
            names.update(name.capitalize() for name in wide)
    return frozenset(names)


def _groups(digits: str, sizes: tuple[int, int]) -> list[str]:
    """Returns the digits in groups: the last has the first size, those before it the second."""
    last, other = sizes
    groups = [digits[-last:]]
    for end in range(len(digits) - last, 0, -other):
        groups.insert(0, digits[max(0, end - other) : end])
    return groups


def _currency_decimals(currency_code: str | None) -> int:
    return get_currency_precision(currency_code) if currency_code else _USUAL_DECIMALS


@cache
def _locale(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


@cache
def _number_form(locale: str) -> _NumberForm:
    known = _locale(locale)
    symbols = known.number_symbols["latn"]
    return _NumberForm(
        group=symbols["group"],
        decimal=symbols["decimal"],
        group_sizes=known.decimal_formats[None].grouping,
        minus=symbols["minusSign"],
        currency_first=known.currency_formats["standard"].pattern.startswith("¤"),
        percent_suffix=known.percent_formats[None].pattern.lstrip("#,0"),
    )
