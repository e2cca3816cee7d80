"""What is known of a field beside its value: where it stands, how sure it is, what else it could be.

All of it are trees of structs that the codec writes and reads by itself. A reading holds ten of them for each line, so
that the garbage collector is told to leave them alone: no tree has a cycle.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from invoice_reading.page import Box, Layer


class WordSpan(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Characters [begin, end) of a word of the page; OCR words may hold more than one value."""

    word: int
    begin: int
    end: int


class PageRegion(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag="page_region"):
    page: int  # from 1
    box: Box
    layer: Layer
    words: tuple[WordSpan, ...]
    text: str


class XmlNode(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag="xml_node"
):
    xpath: str
    line: int
    attachment_sha256: str | None = None  # set where the XML lay inside a PDF


class Derivation(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag="derivation"):
    """An expression over field paths that anyone can evaluate again: "sum(lines[*].net_amount)"."""

    expression: str
    value: Decimal


class DateDerivation(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag="date_derivation"):
    """An expression of a day: "issue_date + 14 days"."""

    expression: str
    value: date


class HumanEdit(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag="human_edit"):
    actor: str
    time: datetime


Evidence = PageRegion | XmlNode | Derivation | DateDerivation | HumanEdit


class FieldStatus(StrEnum):
    PRESENT = "PRESENT"
    ABSENT = "ABSENT"
    ILLEGIBLE = "ILLEGIBLE"
    AMBIGUOUS = "AMBIGUOUS"  # see the candidates
    CONFLICT = "CONFLICT"  # sources or sums disagree
    DERIVED = "DERIVED"  # computed: stands beside the declared content, never in it
    NOT_ATTEMPTED = "NOT_ATTEMPTED"


class AnnotationReason(StrEnum):
    """Why a field has no value, or why its value is in doubt."""

    # Of pages.
    NOT_FOUND = "NOT_FOUND"
    SEVERAL_NUMBERS = "SEVERAL_NUMBERS"
    SEVERAL_REFERENCES = "SEVERAL_REFERENCES"
    SEVERAL_DATES = "SEVERAL_DATES"
    SEVERAL_AMOUNTS = "SEVERAL_AMOUNTS"
    SUMS_DO_NOT_CLOSE = "SUMS_DO_NOT_CLOSE"
    DAY_MONTH_ORDER_UNKNOWN = "DAY_MONTH_ORDER_UNKNOWN"
    SYMBOL_OF_SEVERAL_CURRENCIES = "SYMBOL_OF_SEVERAL_CURRENCIES"
    SYMBOL_READ_BY_ADDRESS = "SYMBOL_READ_BY_ADDRESS"
    IBAN_CHECK_FAILED = "IBAN_CHECK_FAILED"
    VAT_IDENTIFIER_CHECK_FAILED = "VAT_IDENTIFIER_CHECK_FAILED"
    POINTED_AT_BY_MODEL = "POINTED_AT_BY_MODEL"  # the value, or one of the candidates
    TEXT_LAYER_DISAGREES = "TEXT_LAYER_DISAGREES"  # with the picture over which it lies unseen
    # Of e-invoices: those of `en16931.xml_reading.UnreadableReason`.
    NOT_A_DECIMAL = "NOT_A_DECIMAL"
    NOT_A_DATE = "NOT_A_DATE"
    DATE_WITHOUT_DAY = "DATE_WITHOUT_DAY"
    NOT_A_WHOLE_NUMBER = "NOT_A_WHOLE_NUMBER"
    NOT_A_BOOLEAN = "NOT_A_BOOLEAN"
    NOT_BASE64 = "NOT_BASE64"
    DECLARED_TWICE = "DECLARED_TWICE"
    DATE_OF_DISCOUNT = "DATE_OF_DISCOUNT"
    NO_INDICATOR = "NO_INDICATOR"
    OTHER_CURRENCY = "OTHER_CURRENCY"
    # Of a person.
    CLEARED_BY_PERSON = "CLEARED_BY_PERSON"  # what the document says is a candidate
    OTHER = "OTHER"  # any that a later version of the program gives

    @classmethod
    def _missing_(cls, value: object) -> "AnnotationReason":
        return cls.OTHER


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A value that the field might have: `value` is the canonical text of the field's type."""

    value: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


class FieldAnnotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A PRESENT field has at least one evidence. Other statuses say in `reasons` why (stable, machine-readable)."""

    status: FieldStatus
    raw_text: str | None = None
    confidence: float | None = (
        None  # the score of extraction; `calibrated_confidence` is what callers get
    )
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[AnnotationReason, ...] = ()
