"""An operation: a unit of asynchronous work on one invoice (google.longrunning)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OperationKind(StrEnum):
    INGEST = "ingest"
    REPROCESS = "reprocess"


class OperationState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def done(self) -> bool:
        return self in (self.SUCCEEDED, self.FAILED, self.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    id: str
    tenant: str
    kind: OperationKind
    invoice_id: str
    state: OperationState
    create_time: datetime
    update_time: datetime
    due_time: datetime  # not claimed before
    attempt: int = 0  # how often a worker has claimed it
    failure_reason: str | None = None  # set where it failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A worker's hold on an operation. It is void once a later claim has a larger `fencing_token`."""

    operation: Operation
    worker: str
    fencing_token: int
    lease_expires: datetime
