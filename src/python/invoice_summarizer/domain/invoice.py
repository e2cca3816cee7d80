"""An invoice: what was understood of a document, and where it stands on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.completeness import Completeness
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.domain.errors import WrongState


class InvoiceStatus(StrEnum):
    """The words that the column `invoices.status` holds."""

    RECEIVED = "received"
    PROCESSING = "processing"
    READY = "ready"
    REVIEW_PENDING = "review_pending"
    FAILED = "failed"
    APPROVED = "approved"
    REJECTED = "rejected"
    ARCHIVED = "archived"


_S = InvoiceStatus
TRANSITIONS: Mapping[InvoiceStatus, frozenset[InvoiceStatus]] = {
    _S.RECEIVED: frozenset({_S.PROCESSING, _S.FAILED, _S.ARCHIVED}),
    _S.PROCESSING: frozenset(
        {_S.PROCESSING, _S.RECEIVED, _S.READY, _S.REVIEW_PENDING, _S.FAILED, _S.ARCHIVED}
    ),
    _S.READY: frozenset({_S.APPROVED, _S.REJECTED, _S.REVIEW_PENDING, _S.RECEIVED, _S.ARCHIVED}),
    _S.REVIEW_PENDING: frozenset({_S.APPROVED, _S.REJECTED, _S.READY, _S.RECEIVED, _S.ARCHIVED}),
    _S.FAILED: frozenset({_S.RECEIVED, _S.ARCHIVED}),
    _S.APPROVED: frozenset({_S.ARCHIVED}),
    _S.REJECTED: frozenset({_S.RECEIVED, _S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The bytes as received; they lie in the object store under their hash."""

    sha256: str
    size_bytes: int
    media_type: str
    file_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    id: str
    tenant: str
    document: Document
    status: InvoiceStatus
    create_time: datetime
    update_time: datetime
    version: int = 1  # grows by one with every change; the etag is made of it
    form: DocumentForm | None = None
    content: InvoiceContent = field(default_factory=InvoiceContent)
    annotations: Mapping[str, FieldAnnotation] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    completeness: Completeness | None = None
    review_reasons: tuple[str, ...] = ()
    failure_reason: str | None = None  # set exactly while the status is failed
    decision_comment: str | None = (
        None  # of who approved or rejected; none once it is received again
    )

    def moved(self, status: InvoiceStatus, now: datetime) -> "Invoice":
        """Returns the invoice in the new status, one version on. Raises WrongState where the states forbid it."""
        if status not in TRANSITIONS[self.status]:
            raise WrongState(
                f"an invoice that is {self.status} cannot become {status}",
                metadata={"status": self.status, "wanted": status},
            )
        return replace(
            self,
            status=status,
            update_time=now,
            version=self.version + 1,
            failure_reason=self.failure_reason if status is InvoiceStatus.FAILED else None,
            # A decision was about what had been read then; the audit log keeps that there was one.
            decision_comment=None if status is InvoiceStatus.RECEIVED else self.decision_comment,
        )

    def read_as(self, reading: Reading, now: datetime) -> "Invoice":
        """Returns the invoice with what was read, ready or waiting for review."""
        status = InvoiceStatus.REVIEW_PENDING if reading.review_reasons else InvoiceStatus.READY
        return replace(
            self.moved(status, now),
            form=reading.form,
            content=reading.content,
            annotations=reading.annotations,
            findings=reading.findings,
            completeness=reading.completeness,
            review_reasons=reading.review_reasons,
        )

    def failed(self, reason: str, now: datetime) -> "Invoice":
        """Returns the invoice failed for a typed reason."""
        return replace(self.moved(InvoiceStatus.FAILED, now), failure_reason=reason)
