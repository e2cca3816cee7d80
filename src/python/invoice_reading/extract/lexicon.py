"""The words by which invoices name their fields: meanings as enumerations, phrases as tables beside this file.

Each language is a file (`language_en.toml` and its neighbours) with the tables `labels`, `captions`, `columns`, `titles`,
`attached` and `words`, and in each table a line for every meaning. Another language is another file, and its code in `LANGUAGES`.
"""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

from en16931.model import DocumentKind

# ISO 639-1. Swedish has the word for VAT alone.
LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pt", "pl", "sv")

Phrases = Mapping[str, tuple[str, ...]]  # ISO 639-1 language code to phrases

M = TypeVar("M", bound=StrEnum)


class Label(StrEnum):
    """What the value beside or below a phrase is."""

    INVOICE_NUMBER = "INVOICE_NUMBER"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"  # "No.": of the document where nothing better is printed
    OWN_REFERENCE = "OWN_REFERENCE"  # "Our reference": of the document where no number is printed
    ANY_REFERENCE = "ANY_REFERENCE"  # "Reference": of the document where its date is the next label
    PRECEDING_INVOICE = "PRECEDING_INVOICE"
    ISSUE_DATE = "ISSUE_DATE"
    ANY_DATE = "ANY_DATE"  # "Date:": of issue where nothing better is printed
    DUE_DATE = "DUE_DATE"
    OTHER_DATE = "OTHER_DATE"
    PURCHASE_ORDER = "PURCHASE_ORDER"
    BUYER_REFERENCE = "BUYER_REFERENCE"
    OTHER_REFERENCE = "OTHER_REFERENCE"
    SELLER = "SELLER"
    BUYER = "BUYER"
    OTHER_PARTY = "OTHER_PARTY"
    RECIPIENT = "RECIPIENT"  # the buyer where no label says who that is
    VAT_IDENTIFIER = "VAT_IDENTIFIER"
    BUYER_VAT_IDENTIFIER = "BUYER_VAT_IDENTIFIER"
    IBAN = "IBAN"
    BIC = "BIC"
    CURRENCY = "CURRENCY"


class CaptionWord(StrEnum):
    """What a word contributes to the meaning of an amount's caption; see `amount_captions`."""

    NET = "NET"
    TAX = "TAX"
    EXCLUDING = "EXCLUDING"
    INCLUDING = "INCLUDING"
    GROSS = "GROSS"
    TOTAL = "TOTAL"
    LINES = "LINES"
    DUE = "DUE"
    PAID = "PAID"
    PRIOR = "PRIOR"
    ALLOWANCE = "ALLOWANCE"
    CHARGE = "CHARGE"
    ROUNDING = "ROUNDING"
    CARRIED = "CARRIED"
    TAXABLE = "TAXABLE"
    OTHER = "OTHER"  # an amount of another kind, whatever else the caption says


class Column(StrEnum):
    """What a column of the table of invoice lines holds."""

    POSITION = "POSITION"
    ARTICLE = "ARTICLE"
    DESCRIPTION = "DESCRIPTION"
    QUANTITY = "QUANTITY"
    UNIT = "UNIT"
    UNIT_PRICE = "UNIT_PRICE"
    PRICE_BASE = "PRICE_BASE"  # how many units the price is of
    DISCOUNT = "DISCOUNT"
    VAT_RATE = "VAT_RATE"
    TAX_AMOUNT = "TAX_AMOUNT"
    AMOUNT = "AMOUNT"
    GROSS_AMOUNT = "GROSS_AMOUNT"
    OTHER = "OTHER"


class Word(StrEnum):
    """What a single word tells that names no field by itself."""

    FILLER = "FILLER"  # between a label and its value, or before a date
    DEBIT = "DEBIT"  # money is taken from an account
    SOURCE = "SOURCE"  # money comes from the account that follows
    YOUR = "YOUR"  # what follows is the buyer's
    FUNCTION = "FUNCTION"  # it is frequent in sentences of its language
    PAGE = "PAGE"  # the number of a page follows
    PAGE_OF = "PAGE_OF"  # between the number of a page and the number of pages


class Title(StrEnum):
    """The kinds of document that a title can name."""

    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"
    CORRECTED = "CORRECTED"
    SELF_BILLED = "SELF_BILLED"
    PREPAYMENT = "PREPAYMENT"
    PROFORMA = "PROFORMA"
    REMINDER = "REMINDER"
    STATEMENT = "STATEMENT"
    RECEIPT = "RECEIPT"


TITLE_CODES: Mapping[Title, str] = (
    {  # UNTDID 1001; a title without a code is no invoice in its sense
        Title.INVOICE: "380",
        Title.CREDIT_NOTE: "381",
        Title.CORRECTED: "384",
        Title.SELF_BILLED: "389",
        Title.PREPAYMENT: "386",
        Title.PROFORMA: "325",
    }
)

TITLE_KINDS: Mapping[Title, DocumentKind] = {
    Title.INVOICE: DocumentKind.INVOICE,
    Title.CREDIT_NOTE: DocumentKind.CREDIT_NOTE,
    Title.CORRECTED: DocumentKind.INVOICE,
    Title.SELF_BILLED: DocumentKind.INVOICE,
    Title.PREPAYMENT: DocumentKind.PREPAYMENT,
    Title.PROFORMA: DocumentKind.PROFORMA,
    Title.REMINDER: DocumentKind.REMINDER,
    Title.STATEMENT: DocumentKind.STATEMENT,
    Title.RECEIPT: DocumentKind.RECEIPT,
}


def phrase_table(name: str, meanings: type[M]) -> Mapping[M, Phrases]:
    """Returns the table of that name; ValueError where a language has a line in it that is no such meaning."""
    found: dict[M, dict[str, tuple[str, ...]]] = {}
    for language in LANGUAGES:
        for line, phrases in _tables(language).get(name, {}).items():
            split = tuple(phrase.strip() for phrase in phrases.split(","))
            found.setdefault(meanings(line), {})[language] = split
    return found


@cache
def _tables(language: str) -> Mapping[str, Mapping[str, str]]:
    source = resources.files("invoice_reading.extract").joinpath(f"language_{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
