"""How a value of the content is printed in a locale, and which texts are accepted as it.

What is printed is the value that the document has: every digit of a Decimal but zeros at the end, every character of an
identifier. Of long terms of payment it is the beginning, with an ellipsis. An amount has the decimals of its currency at least. An IBAN is printed in groups of four, a date with the
month's name; a country, a kind of document, and the category of VAT by their words.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from en16931.field_path import Leaf
from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.kinds import kind_word
from invoice_summarizer.domain.summarizing.language import language_of
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.printable import printable, printable_beginning
from invoice_summarizer.domain.summarizing.units import can_be_named, unit_name

_PERCENTAGES = frozenset({"percentage", "rate"})
_QUANTITIES = frozenset({"invoiced_quantity", "base_quantity"})
_PLAIN_NUMBERS = frozenset({"exchange_rate"})
_ACCOUNTS = frozenset({"account_identifier", "debited_account_identifier"})
_KINDS = frozenset({"type_code", "document_kind"})
_LONG_TEXTS = frozenset({"payment_terms"})  # of which the beginning tells much
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_CURRENCY_CODE = re.compile(r"[A-Z]{3}")
_HARD_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def renderings(
    value: Leaf, field_path: str, locale: str, companion: str | None = None
) -> frozenset[str]:
    """Returns every text that is accepted as the value; none where the value is left unsaid.

    `companion` is the currency code of an amount or the unit code of a quantity (see `companion_path`).
    """
    printed = rendering(value, field_path, locale, companion)
    if printed is None:
        return frozenset()
    accepted = {printed, printed.translate(_HARD_SPACES)}
    if isinstance(value, date):
        accepted.add(value.isoformat())
    if _name(field_path) in _ACCOUNTS and _IBAN.fullmatch(printed.replace(" ", "")):
        accepted.add(printed.replace(" ", ""))
    return frozenset(accepted)


def rendering(
    value: Leaf, field_path: str, locale: str, companion: str | None = None
) -> str | None:
    """Returns the text that is printed for the value; None where the value is left unsaid."""
    name = _name(field_path)
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal | int):
        return _number(Decimal(value), name, locale, companion, isinstance(value, int))
    if isinstance(value, date):
        return locale_format.long_date(value, locale)
    if name in _KINDS:
        return kind_word(value, language_of(locale))
    if name == "category_code":
        return PHRASES[language_of(locale)].vat_categories.get(value)
    if isinstance(value, StrEnum):
        return None
    text = printable(value) or (printable_beginning(value) if name in _LONG_TEXTS else None)
    if text is None:
        return None
    if name.endswith("country_code") or name == "country_of_origin_code":
        return locale_format.country_name(text, locale) or text
    return _grouped_iban(text) if name in _ACCOUNTS else text


def amount_renderings(value: Decimal, locale: str, currency_code: str | None) -> frozenset[str]:
    """Returns every text that is accepted as an amount that stands in no field, such as a residual."""
    return renderings(value, "amount", locale, currency_code)


def count_renderings(value: int, locale: str) -> frozenset[str]:
    """Returns every text that is accepted as how many there are of something."""
    return renderings(value, "count", locale)


def can_accompany(code: str, field_path: str) -> bool:
    """Says whether a currency or unit code is printed beside the number at the path.

    A currency must have the form of an ISO 4217 code, a unit something to be said by (see `units`).
    """
    if _name(field_path) in _QUANTITIES:
        return can_be_named(code)
    return bool(_CURRENCY_CODE.fullmatch(code))


def companion_path(field_path: str) -> str | None:
    """Returns the path of the currency of an amount or of the unit of a quantity; None for other numbers."""
    name = _name(field_path)
    if name in _QUANTITIES:
        group = field_path.removesuffix(name)
        unit = "quantity_unit_code" if name == "invoiced_quantity" else f"{name}_unit_code"
        return f"{group}{unit}"
    if name in _PERCENTAGES or name in _PLAIN_NUMBERS:
        return None
    accounting = name.endswith("in_accounting_currency")
    return "vat_accounting_currency_code" if accounting else "currency_code"


def _number(
    value: Decimal, name: str, locale: str, companion: str | None, is_count: bool
) -> str | None:
    if not locale_format.can_be_written(value):
        return None
    if name in _PERCENTAGES:
        return locale_format.percentage(value, locale)
    if is_count or name in _PLAIN_NUMBERS:
        return locale_format.number(value, locale)
    if name in _QUANTITIES:
        return _quantity(value, locale, companion)
    return locale_format.amount(value, companion, locale)


def _quantity(value: Decimal, locale: str, unit_code: str | None) -> str:
    digits = locale_format.number(value, locale)
    unit = unit_name(unit_code, value, locale) if unit_code else None
    return f"{digits}\N{NO-BREAK SPACE}{unit}" if unit else digits


def _grouped_iban(text: str) -> str:
    compact = text.replace(" ", "")
    if not _IBAN.fullmatch(compact):
        return text
    return " ".join(compact[begin : begin + 4] for begin in range(0, len(compact), 4))


def _name(field_path: str) -> str:
    return field_path.rsplit(".", 1)[-1]
