"""What reading a document gives, whatever its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.completeness import Completeness
from invoice_reading.review_reason import ReviewReason


class DocumentForm(StrEnum):
    """What the bytes turned out to be."""

    XML = "XML"
    PDF_WITH_XML = "PDF_WITH_XML"
    PDF_TEXT = "PDF_TEXT"
    SCAN = "SCAN"  # pages of which some are pictures, in a PDF or by themselves
    OTHER = "OTHER"  # any that a later version of the program has found

    @classmethod
    def _missing_(cls, value: object) -> "DocumentForm":
        return cls.OTHER


# Read from what stands on pages, and from nothing else.
PAGE_FORMS = frozenset({DocumentForm.PDF_TEXT, DocumentForm.SCAN})
KNOWN_FORMS = tuple(form for form in DocumentForm if form is not DocumentForm.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An extraction with the outcome of all checks."""

    form: DocumentForm
    content: InvoiceContent
    annotations: Mapping[str, FieldAnnotation]
    findings: tuple[Finding, ...]  # see `RuleOutcomes`; those on the document are all here
    completeness: Completeness
    review_reasons: tuple[ReviewReason, ...]  # empty: the invoice may pass without a person
    # The ids of all rules without a finding, by what they said.
    other_rules: Mapping[Outcome, tuple[str, ...]] = field(default_factory=dict)
