"""An operation: a unit of asynchronous work (google.longrunning)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

JsonObject = Mapping[str, object]  # of plain JSON values
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})  # a reason that says all


class OperationKind(StrEnum):
    INGEST = "ingest"
    REPROCESS = "reprocess"
    BATCH = "batch"
    REPLAY = "replay"  # reads without storing what was read
    OTHER = (
        "other"  # any that this version of the program does not know, and leaves to those that do
    )

    @classmethod
    def _missing_(cls, value: object) -> "OperationKind":
        return cls.OTHER


# Which kinds the workers of this version take up: every worker those that read, and one that has a cluster batches too.
READING_KINDS = frozenset({OperationKind.INGEST, OperationKind.REPROCESS, OperationKind.REPLAY})
BATCH_KINDS = frozenset({OperationKind.BATCH})


class OperationState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def done(self) -> bool:
        return self in (self.SUCCEEDED, self.FAILED, self.CANCELLED)


class OperationFailure(StrEnum):
    """Why an operation failed where that says nothing of the document; all other reasons are the document's."""

    ATTEMPTS_EXHAUSTED = "ATTEMPTS_EXHAUSTED"  # parts of the system failed again and again
    OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND"  # the stored document is not there
    OBJECT_CORRUPT = "OBJECT_CORRUPT"  # the stored document is not what was received
    PART_NOT_FOUND = "PART_NOT_FOUND"  # the document is read as fewer invoices than it was
    INVOICE_CHANGED = "INVOICE_CHANGED"  # somebody changed the invoice while it was read again


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the work is done, in units of the operation's kind: items of batches, and for those that read the pages
    whose pictures are read, or the document where it has none.
    """

    done: int = 0  # those that failed too
    total: int = 1  # 0 where it is not known yet
    failed: int = 0


NOT_BEGUN = Progress()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`payload` is what a worker needs to know, `result` what came of it; their form is the kind's own."""

    id: str
    tenant: str
    kind: OperationKind
    invoice_id: str | None = None  # an operation on one invoice goes with it
    state: OperationState
    create_time: datetime
    update_time: datetime
    due_time: datetime  # not claimed before
    payload: JsonObject = field(default_factory=dict)
    result: JsonObject = field(default_factory=dict)
    progress: Progress = NOT_BEGUN
    attempt: int = 0  # how often a worker has claimed it
    failure_reason: str | None = None  # set where it failed
    failure_metadata: Mapping[str, str] = field(default_factory=dict)  # what the reason says more
    last_failure: str | None = None  # of the last attempt, where that gave the operation back


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A worker's hold on an operation. It is void once a later claim has a larger `fencing_token`."""

    operation: Operation
    worker: str
    fencing_token: int
    lease_expires: datetime
