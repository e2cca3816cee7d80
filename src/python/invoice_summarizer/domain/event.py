"""What happened: typed, with who, when and why, and the ids of what changed. Content of a document is never copied here."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """The words that the column `audit_log.kind` holds."""

    INVOICE_RECEIVED = "invoice.received"
    INVOICE_REPROCESS_REQUESTED = "invoice.reprocess_requested"
    INVOICE_READY = "invoice.ready"
    INVOICE_REVIEW_PENDING = "invoice.review_pending"
    INVOICE_FAILED = "invoice.failed"
    INVOICE_CORRECTED = "invoice.corrected"
    INVOICE_APPROVED = "invoice.approved"
    INVOICE_REJECTED = "invoice.rejected"
    INVOICE_REOPENED = "invoice.reopened"
    INVOICE_SUMMARIZED = "invoice.summarized"
    INVOICE_DELETED = "invoice.deleted"
    BATCH_CREATED = "batch.created"
    BATCH_DELETED = "batch.deleted"
    OPERATION_FAILED = "operation.failed"
    OPERATION_CANCELLED = "operation.cancelled"
    OTHER = "other"  # any that a later version of the program has recorded

    @classmethod
    def _missing_(cls, value: object) -> "EventKind":
        return cls.OTHER


READ = frozenset({EventKind.INVOICE_READY, EventKind.INVOICE_REVIEW_PENDING})
CORRECTED_BY_APPROVER = "CORRECTED_BY_APPROVER"  # the reason of an approval
CORRECTIONS_DISCARDED = (
    "CORRECTIONS_DISCARDED"  # the reason of a request to read the document again
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`invoice_id` and `operation_id` are the resources that it is about; at least one is set.

    `changed` names what changed, field paths or the ids of resources; `reason` is stable and machine-readable;
    `comment` is what the person who did it had to say.
    """

    kind: EventKind
    actor: str  # the subject of the credentials, or `worker`
    time: datetime
    invoice_id: str | None = None
    operation_id: str | None = None
    changed: tuple[str, ...] = ()
    reason: str | None = None
    comment: str | None = field(default=None, repr=False)  # its words are for no log


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event in the log; the ids of a tenant's events grow in the order in which they were recorded."""

    id: str
    event: Event
