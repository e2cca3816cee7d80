"""A batch: many invoices or documents that are summarized by jobs on a cluster. Its operation has the same id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.operation import OperationState, Progress
from invoice_summarizer.domain.summary import Origin, Style, Summary

MOST_ITEMS = 1_000_000
MOST_NAMED_INVOICES = 10_000


class BatchTooLarge(InvalidInput):
    reason = "BATCH_TOO_LARGE"

    def __init__(self, most: int, named: str) -> None:
        super().__init__(
            f"a batch has at most {most:,} of these", field=named, metadata={"limit": str(most)}
        )


class BatchEmpty(InvalidInput):
    """There is nothing to summarize."""

    reason = "BATCH_EMPTY"


class BatchFailure(StrEnum):
    """Why a batch has failed that says nothing of its items."""

    JOB_GOT_NO_FURTHER = "BATCH_JOB_GOT_NO_FURTHER"  # many jobs in a row did nothing
    TOO_MANY_JOBS = "BATCH_TOO_MANY_JOBS"
    FOLDER_NOT_FOUND = "IMPORT_NOT_FOUND"  # or it cannot be read
    FOLDER_NOT_ALLOWED = "IMPORT_NOT_ALLOWED"  # the import folder is another one by now
    FOLDER_TOO_LARGE = "IMPORT_TOO_LARGE"  # more is nested there, or in one folder, than is listed
    TOO_LARGE = BatchTooLarge.reason  # more documents lie there than a batch may have
    EMPTY = BatchEmpty.reason  # the folder has no document


class SourceKind(StrEnum):
    """Where the items come from: the words that the column `batches.source` holds."""

    FILTER = "filter"
    INVOICES = "invoices"
    URI_PREFIX = "uri_prefix"


@dataclass(frozen=True, slots=True)
class BatchSource:
    """`text` is the filter or the URI; empty of named invoices, which the items tell."""

    kind: SourceKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many items were done, those that failed apart."""

    by_origin: Mapping[Origin, int] = field(default_factory=dict)
    failed: int = 0

    @property
    def summarized(self) -> int:
        return sum(self.by_origin.values())

    @property
    def done(self) -> int:
        return self.summarized + self.failed

    def __add__(self, other: "ItemCounts") -> "ItemCounts":
        origins = dict.fromkeys((*self.by_origin, *other.by_origin))
        return ItemCounts(
            {
                origin: self.by_origin.get(origin, 0) + other.by_origin.get(origin, 0)
                for origin in origins
            },
            self.failed + other.failed,
        )


NOTHING_DONE = ItemCounts()


@dataclass(frozen=True, slots=True)
class JobRecord:
    """The last job of a batch. `done_before` is how many items were done when it began."""

    number: int = 0  # 0: there was none yet
    done_before: int = 0
    stalled: int = 0  # how many jobs before it, one after the other, got no further

    def next(self, done: int) -> "JobRecord":
        """Returns the one that follows, now that so many items are done."""
        got_further = self.number == 0 or done > self.done_before
        return JobRecord(self.number + 1, done, 0 if got_further else self.stalled + 1)


NO_JOB = JobRecord()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`state`, `update_time` and the failures are those of its operation."""

    id: str
    tenant: str
    source: BatchSource
    language_code: str
    style: Style
    instruction: str = ""
    creator: str  # the subject of the credentials
    create_time: datetime
    total: int | None = None  # items; None until the documents of a URI are listed
    counts: ItemCounts = NOTHING_DONE
    job: JobRecord = NO_JOB
    plan_failure: str | None = None  # why its documents could not be listed
    state: OperationState = OperationState.PENDING
    update_time: datetime
    failure_reason: str | None = None
    last_failure: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether no item is left."""
        return self.total is not None and self.counts.done >= self.total

    @property
    def jobs_begun(self) -> int:
        """The number of the last job that the cluster was given; the next one may be recorded, and wait for its time."""
        waits = self.state is OperationState.PENDING and bool(self.job.stalled)
        pauses = waits and self.last_failure == BatchFailure.JOB_GOT_NO_FURTHER
        return self.job.number - 1 if pauses else self.job.number

    @property
    def progress(self) -> Progress:
        return Progress(self.counts.done, self.total or 0, self.counts.failed)


class ItemState(StrEnum):
    """The words that the column `batch_items.state` holds."""

    PENDING = "pending"
    SUMMARIZED = "summarized"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchItem:
    """One of the items 0 to total - 1: an invoice, or a document that is to become one.

    The URI of a document says as much as the name of a file does: it goes with the invoice.
    """

    ordinal: int
    document_uri: str | None = None
    invoice_id: str | None = None
    state: ItemState = ItemState.PENDING
    summary_id: str | None = None
    origin: Origin | None = None  # of the summary
    failure_reason: str | None = None

    def of_invoice(self, invoice_id: str) -> "BatchItem":
        """Returns the item of a document that has become this invoice."""
        return replace(self, invoice_id=invoice_id)

    def of_deleted_invoice(self) -> "BatchItem":
        """Returns the item once its invoice is gone: what became of it is still counted."""
        return replace(self, document_uri=None)

    def summarized(self, summary: Summary) -> "BatchItem":
        return replace(
            self, state=ItemState.SUMMARIZED, summary_id=summary.id, origin=summary.origin
        )

    def failed(self, reason: str, invoice_id: str | None = None) -> "BatchItem":
        return replace(
            self,
            invoice_id=invoice_id or self.invoice_id,
            state=ItemState.FAILED,
            failure_reason=reason,
        )


def counts_of(items: Sequence[BatchItem]) -> ItemCounts:
    """Returns what items that are done add to the counts of their batch."""
    by_origin: dict[Origin, int] = {}
    for item in items:
        if item.origin is not None:
            by_origin[item.origin] = by_origin.get(item.origin, 0) + 1
    failed = sum(item.state is ItemState.FAILED for item in items)
    return ItemCounts(by_origin, failed)
