"""Where the work of batches runs: a cluster that takes jobs and runs each once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class JobState(StrEnum):
    PENDING = "PENDING"  # it waits for room on the cluster
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    STOPPED = "STOPPED"

    @property
    def ended(self) -> bool:
        return self in (self.SUCCEEDED, self.FAILED, self.STOPPED)


@dataclass(frozen=True, slots=True)
class BatchJob:
    """A job that does what is not done yet of a batch; a batch whose job was lost gets a second one, and so on."""

    tenant: str
    batch_id: str
    number: int = 1  # which job of the batch it is

    @property
    def submission_id(self) -> str:
        """By what the cluster knows the job: the same one, however often it is submitted."""
        return f"{self.batch_id}-{self.number}"


class JobsUnavailable(Exception):
    """The cluster does not answer, or not as a cluster does. The message is one line and names no secret."""


class BatchJobs(Protocol):
    async def submit(self, job: BatchJob) -> None:
        """The cluster has the job; where it has it already, nothing changes. Raises JobsUnavailable."""
        ...

    async def state(self, job: BatchJob) -> JobState | None:
        """Returns the job's state; None where the cluster does not know it, as after a restart. Raises JobsUnavailable."""
        ...

    async def stop(self, job: BatchJob) -> None:
        """The job ends soon, where it runs or waits. Raises JobsUnavailable."""
        ...

    def logs(self, job: BatchJob) -> AsyncIterator[str]:
        """Yields what the job has logged so far, in pieces; nothing where it is not known. Raises JobsUnavailable."""
        ...

    async def aclose(self) -> None:
        """Leaves no connection open."""
        ...
