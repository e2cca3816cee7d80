"""What reading a document gives, whatever its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.completeness import Completeness


class DocumentForm(StrEnum):
    """What the bytes turned out to be."""

    XML = "XML"
    PDF_WITH_XML = "PDF_WITH_XML"
    PDF_TEXT = "PDF_TEXT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An extraction with the outcome of all checks."""

    form: DocumentForm
    content: InvoiceContent
    annotations: Mapping[str, FieldAnnotation]
    findings: tuple[Finding, ...]
    completeness: Completeness
    review_reasons: tuple[str, ...]  # empty: the invoice may pass without a person
