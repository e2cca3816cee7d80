"""How workers come by operations, of all tenants."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from invoice_summarizer.domain.operation import Claim

# Who holds an operation that has no attempt left, and for how long: until it is recorded that it has failed.
EXHAUSTED_WORKER = "exhausted"
EXHAUSTED_LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is due and not taken up; `oldest` is how long the first of it has been due, zero where nothing is."""

    due: int
    oldest: timedelta


class OperationQueue(Protocol):
    """At-least-once delivery: an operation whose lease has run out is claimed again, under a larger fencing token.

    A queue is one of some kinds of operations, an argument of the adapter; all others it leaves to those that know them.
    An operation is claimed at most `max_attempts` times, another argument; one whose last lease runs out is handed out by
    `exhausted`, to be failed. Leases are measured by one clock, that of the store.
    """

    async def claim(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        """Returns up to so many due operations, now held by this worker until their leases end, oldest first.

        Tenants take turns: an operation is behind as many of its tenant as are under way or older, and among those
        with equally many before them the oldest comes first. So nobody waits for more than one of another's.
        """

    async def heartbeat(self, claim: Claim, lease: timedelta) -> bool:
        """Extends the lease. False where the claim is void (fenced off or cancelled): the worker must stop."""

    async def retry_later(self, claim: Claim, delay: timedelta, failure: str) -> bool:
        """Gives the operation back, due after the delay; `failure` says why, and is the operation's `last_failure`.

        False where the claim is void or no attempt is left.
        """

    async def exhausted(self, limit: int) -> list[Claim]:
        """Returns void claims, freshly fenced, on operations whose last allowed lease has run out.

        The caller completes each with a failure in a transaction of its tenant.
        """

    async def wait(self, timeout: timedelta) -> None:
        """Returns when an operation may have become due, at the latest after the timeout."""

    async def forget_requests(self, before: datetime, limit: int) -> int:
        """The oldest request ids that were recorded before that time bind nothing any more; returns how many went.

        Those are at most `limit`, but that what was recorded at one moment goes together. None went where none is left.
        """

    async def backlog(self) -> Backlog:
        """Returns how many operations of all tenants are due now, those of lost leases included."""
