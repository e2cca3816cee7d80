"""What is known of a field beside its value: where it stands, how sure it is, what else it could be."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from invoice_reading.page import Box, Layer


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Characters [begin, end) of a word of the page; OCR words may hold more than one value."""

    word: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRegion:
    page: int  # from 1
    box: Box
    layer: Layer
    words: tuple[WordSpan, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlNode:
    xpath: str
    line: int
    attachment_sha256: str | None = None  # set where the XML lay inside a PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """An expression over field paths that anyone can evaluate again: "sum(lines[*].net_amount)"."""

    expression: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanEdit:
    actor: str
    time: datetime


Evidence = PageRegion | XmlNode | Derivation | HumanEdit


class FieldStatus(StrEnum):
    PRESENT = "PRESENT"
    ABSENT = "ABSENT"
    ILLEGIBLE = "ILLEGIBLE"
    AMBIGUOUS = "AMBIGUOUS"  # see the candidates
    CONFLICT = "CONFLICT"  # sources or sums disagree
    DERIVED = "DERIVED"  # computed: stands beside the declared content, never in it
    NOT_ATTEMPTED = "NOT_ATTEMPTED"


class AnnotationReason(StrEnum):
    """What reading pages has to say of a field; of e-invoices, `UnreadableReason` has."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that the field might have: `value` is the canonical text of the field's type."""

    value: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAnnotation:
    """A PRESENT field has at least one evidence. Other statuses say in `reasons` why (stable, machine-readable)."""

    status: FieldStatus
    raw_text: str | None = None
    confidence: float | None = None
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()
