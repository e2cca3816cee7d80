"""The operations that read one document: what a worker must know of it, as the payload of the operation."""

from dataclasses import dataclass
from datetime import datetime

from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.domain.operation import (
    JsonObject,
    Operation,
    OperationKind,
    OperationState,
)


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """Which document to read, and which version of its invoice the reading replaces."""

    sha256: str
    media_type: str
    invoice_version: int

    @classmethod
    def of(cls, payload: JsonObject) -> "DocumentTask":
        """Returns the task of a payload that `payload` made."""
        sha256, media_type = payload["document_sha256"], payload["media_type"]
        version = payload["invoice_version"]
        assert isinstance(sha256, str) and isinstance(media_type, str) and isinstance(version, int)
        return cls(sha256, media_type, version)

    @property
    def payload(self) -> JsonObject:
        return {
            "document_sha256": self.sha256,
            "media_type": self.media_type,
            "invoice_version": self.invoice_version,
        }


def reading_operation(
    operation_id: str, kind: OperationKind, invoice: InvoiceHeader, now: datetime
) -> Operation:
    """Returns a new operation, due now, that reads the invoice's document."""
    document = invoice.document
    return Operation(
        id=operation_id,
        tenant=invoice.tenant,
        kind=kind,
        invoice_id=invoice.id,
        state=OperationState.PENDING,
        create_time=now,
        update_time=now,
        due_time=now,
        payload=DocumentTask(document.sha256, document.media_type, invoice.version).payload,
    )
