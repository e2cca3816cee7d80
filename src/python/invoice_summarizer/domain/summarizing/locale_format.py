"""Numbers, dates and names of places as CLDR writes them in a language; digits are never rounded or padded."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date

from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_FEWEST_LETTERS = 3
_MOST_INTEGER_DIGITS = 24
_MOST_FRACTION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class _NumberForm:
    separators: dict[int, str]
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


def number(value: Decimal, language: str) -> str:
    """Returns the value with all its digits, grouped by thousands: `1.234,50`."""
    form = _number_form(language)
    digits = f"{abs(value):,f}".translate(form.separators)
    return f"{form.minus}{digits}" if value.is_signed() else digits


def amount(value: Decimal, currency_code: str, language: str) -> str:
    """Returns the value beside its ISO 4217 code, in the order of the language: `EUR 1,234.50`, `1.234,50 EUR`."""
    digits = number(value, language)
    if _number_form(language).currency_first:
        return f"{currency_code}{_NO_BREAK_SPACE}{digits}"
    return f"{digits}{_NO_BREAK_SPACE}{currency_code}"


def percentage(value: Decimal, language: str) -> str:
    """Returns a value that counts hundredths: `19%`, `19 %`."""
    return f"{number(value, language)}{_number_form(language).percent_suffix}"


@lru_cache(maxsize=4096)
def long_date(value: date, language: str) -> str:
    """Returns the date with the month's name: `March 1, 2024`."""
    return format_date(value, "long", locale=_locale(language))


def country_name(code: str, language: str) -> str | None:
    """Returns the name of an ISO 3166-1 alpha-2 country; None where the code is none."""
    name = _locale(language).territories.get(code) if len(code) == 2 else None
    return str(name) if name else None


@cache
def calendar_words() -> frozenset[str]:
    """Returns the names of months and weekdays in all supported languages, as CLDR spells them and in capitals.

    A whole name may begin with a capital; an abbreviation of fewer than three letters is left out, since it is a word
    in too many sentences.
    """
    names = set[str]()
    for language in SUPPORTED_LANGUAGES:
        for table in (_locale(language).months, _locale(language).days):
            wide = [str(name) for name in table["format"]["wide"].values()]
            short = [str(name).rstrip(".") for name in table["format"]["abbreviated"].values()]
            for name in (*wide, *(name for name in short if len(name) >= _FEWEST_LETTERS)):
                names |= {name, name.upper()}
            names.update(name.capitalize() for name in wide)
    return frozenset(names)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@cache
def _number_form(language: str) -> _NumberForm:
    locale = _locale(language)
    symbols = locale.number_symbols["latn"]
    return _NumberForm(
        separators=str.maketrans({",": symbols["group"], ".": symbols["decimal"]}),
        minus=symbols["minusSign"],
        currency_first=locale.currency_formats["standard"].pattern.startswith("¤"),
        percent_suffix=locale.percent_formats[None].pattern.lstrip("#,0"),
    )
