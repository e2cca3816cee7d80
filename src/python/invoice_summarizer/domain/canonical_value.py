"""Values of the content as text: the one form in which a value is entered, and in which it is shown as it was."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from babel import Locale
from babel.numbers import list_currencies

from en16931.document_types import document_type_of
from en16931.field_path import Leaf, leaf_type, steps
from invoice_reading.iban import bare_iban, is_iban
from invoice_reading.vat_identifier import has_right_check_digits, vat_identifier

TEXT_LIMIT = 10_000
DIGITS_LIMIT = 40  # on either side of the point
_DECIMAL = re.compile(rf"-?[0-9]{{1,{DIGITS_LIMIT}}}(?:\.[0-9]{{1,{DIGITS_LIMIT}}})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_IBAN_LIKE = re.compile(r"[A-Za-z]{2}[0-9]{2}")
_BOOLEANS = {"true": True, "false": False}
# What CLDR lists beside the countries of ISO 3166-1: reserved codes, groups of countries, and its own.
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())
_EN_16931_COUNTRIES = frozenset(
    {"1A", "XI"}
)  # Kosovo and Northern Ireland in the code list of BR-CL-14


class NotAValue(ValueError):
    """The text is no value of the field; `wanted` says what would be, as in "a calendar date such as 2026-11-24"."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def canonical_value(path: str, text: str) -> Leaf:
    """Returns the value that the text is for the field at the path, which is no group and no list.

    Types of documents must be those of BR-CL-01, currencies of ISO 4217, old ones included, countries of ISO 3166-1.
    What begins as an IBAN must be one, and so must a VAT identifier of a country whose check digits are known; the
    spaces between its groups are left out. Raises NotAValue, and FieldPathError where the path is none.
    """
    kind = leaf_type(path)
    if issubclass(kind, StrEnum):
        return _member(kind, text)
    return _PARSERS[kind](path, text)


def canonical_text(value: Leaf) -> str:
    """Returns the text from which `canonical_value` makes the value again, as the canonical JSON has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _member(kind: type[StrEnum], text: str) -> StrEnum:
    if text not in kind.__members__:
        raise NotAValue("one of " + ", ".join(kind))
    return kind(text)


def _decimal(path: str, text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise NotAValue(
            f"a decimal number such as -1190.00, of at most {DIGITS_LIMIT} digits on either side"
        )
    return Decimal(text)


def _date(path: str, text: str) -> date:
    try:
        return date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        raise NotAValue("a calendar date such as 2026-11-24") from None


def _whole_number(path: str, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise NotAValue("a whole number of at most 9 digits")
    return int(text)


def _boolean(path: str, text: str) -> bool:
    if text not in _BOOLEANS:
        raise NotAValue("true or false")
    return _BOOLEANS[text]


def _text(path: str, text: str) -> str:
    if not text.strip() or len(text) > TEXT_LIMIT or not text.replace("\n", "").isprintable():
        raise NotAValue(f"printable text of at most {TEXT_LIMIT:,} characters, and not blank")
    check = _TEXT_CHECKS.get(str(steps(path)[-1]))
    return check(text) if check else text


def _document_type(text: str) -> str:
    if document_type_of(text) is None:
        raise NotAValue("a document type of UNTDID 1001 such as 380")
    return text


def _currency(text: str) -> str:
    if text not in list_currencies():
        raise NotAValue("a currency code of ISO 4217 such as EUR")
    return text


def _country(text: str) -> str:
    if text not in countries():
        raise NotAValue("a country code of ISO 3166-1 such as DE")
    return text


def _vat_identifier(text: str) -> str:
    identifier = vat_identifier(text).upper()
    is_right = has_right_check_digits(identifier)
    if is_right is False:
        raise NotAValue(
            "a VAT identifier whose check digits are right, such as DE136695976, or one of a country without them"
        )
    return identifier if is_right else text


def _account(text: str) -> str:
    if not _IBAN_LIKE.match(text):
        return text
    if not is_iban(text):
        raise NotAValue(
            "an IBAN whose check digits are right, or an account number of another kind"
        )
    return bare_iban(text)


@cache
def countries() -> frozenset[str]:
    """Returns the codes of countries that EN 16931 allows (BR-CL-14)."""
    territories = map(str, Locale("en").territories)
    known = {code for code in territories if len(code) == 2 and code.isalpha()}
    return frozenset(known - _NO_COUNTRIES | _EN_16931_COUNTRIES)


_PARSERS: Mapping[type, Callable[[str, str], Leaf]] = {
    str: _text,
    Decimal: _decimal,
    date: _date,
    int: _whole_number,
    bool: _boolean,
}
# By the last name of the path: everywhere in the model it is a value of the same list.
_TEXT_CHECKS: Mapping[str, Callable[[str], str]] = {
    "type_code": _document_type,
    "currency_code": _currency,
    "vat_accounting_currency_code": _currency,
    "country_code": _country,
    "country_of_origin_code": _country,
    "account_identifier": _account,
    "debited_account_identifier": _account,
    "vat_identifier": _vat_identifier,
}
