"""The queue of operations, of all tenants."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from invoice_summarizer.adapters.memory.store import Key, MemoryStore, QueuedOperation, Tables
from invoice_summarizer.domain.operation import (
    READING_KINDS,
    Claim,
    OperationKind,
    OperationState,
)
from invoice_summarizer.ports.clock import Clock, utc_now
from invoice_summarizer.ports.operation_queue import EXHAUSTED_LEASE, EXHAUSTED_WORKER, Backlog


class MemoryOperationQueue:
    def __init__(
        self,
        store: MemoryStore,
        *,
        max_attempts: int,
        kinds: frozenset[OperationKind] = READING_KINDS,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._kinds = kinds
        self._max_attempts = max_attempts
        self._clock = clock

    async def claim(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        async with self._store.transaction() as tables:
            now = self._clock()
            due = [
                (key, queued)
                for key, queued in self._claimable(tables, now)
                if queued.operation.attempt < self._max_attempts
            ]
            claims = [
                _take(tables, key, queued, worker, now, lease, queued.operation.attempt + 1)
                for key, queued in _in_turn(due, self._under_way(tables, now))[:limit]
            ]
        return sorted(claims, key=lambda claim: (claim.operation.due_time, claim.operation.id))

    async def heartbeat(self, claim: Claim, lease: timedelta) -> bool:
        async with self._store.transaction() as tables:
            key, queued = _held(tables, claim)
            if queued is None:
                return False
            tables.operations.put(key, replace(queued, lease_expires=self._clock() + lease))
        return True

    async def retry_later(self, claim: Claim, delay: timedelta, failure: str) -> bool:
        async with self._store.transaction() as tables:
            key, queued = _held(tables, claim)
            if queued is None or queued.operation.attempt >= self._max_attempts:
                return False
            now = self._clock()
            operation = replace(
                queued.operation,
                state=OperationState.PENDING,
                due_time=now + delay,
                update_time=now,
                last_failure=failure,
            )
            released = QueuedOperation(operation, queued.number, queued.fencing_token)
            tables.operations.put(key, released)
        return True

    async def exhausted(self, limit: int) -> list[Claim]:
        async with self._store.transaction() as tables:
            now = self._clock()
            overdue = [
                (key, queued)
                for key, queued in self._claimable(tables, now)
                if queued.operation.attempt >= self._max_attempts
            ]
            return [
                _take(
                    tables,
                    key,
                    queued,
                    EXHAUSTED_WORKER,
                    now,
                    EXHAUSTED_LEASE,
                    queued.operation.attempt,
                )
                for key, queued in overdue[:limit]
            ]

    async def backlog(self) -> Backlog:
        async with self._store.transaction() as tables:
            now = self._clock()
            due = self._claimable(tables, now)
        since = _claimable_since(due[0][1]) if due else None
        return Backlog(due=len(due), oldest=now - since if since else timedelta(0))

    def _of_these_kinds(self, tables: Tables) -> Iterator[tuple[Key, QueuedOperation]]:
        return (
            (key, queued)
            for key, queued in tables.operations.items()
            if queued.operation.kind in self._kinds
        )

    def _under_way(self, tables: Tables, now: datetime) -> Counter[str]:
        """Returns how many operations of each tenant a worker holds."""
        return Counter(
            tenant
            for (tenant, *_), queued in self._of_these_kinds(tables)
            if queued.operation.state is OperationState.RUNNING
            and queued.lease_expires is not None
            and queued.lease_expires > now
        )

    def _claimable(self, tables: Tables, now: datetime) -> list[tuple[Key, QueuedOperation]]:
        """Due operations, oldest first."""
        due = [
            (since, key, queued)
            for key, queued in self._of_these_kinds(tables)
            if (since := _claimable_since(queued)) is not None and since <= now
        ]
        due.sort(key=lambda found: (found[0], found[2].operation.id))
        return [(key, queued) for _, key, queued in due]

    async def wait(self, timeout: timedelta) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout.total_seconds()):
                await self._store.work_arrived.wait()
        self._store.work_arrived.clear()

    async def forget_requests(self, before: datetime, limit: int) -> int:
        async with self._store.transaction() as tables:
            old = sorted(
                (bound.time, key) for key, bound in tables.requests.items() if bound.time < before
            )
            for _, key in old[:limit]:
                tables.requests.remove(key)
        return len(old[:limit])


def _in_turn(
    due: Sequence[tuple[Key, QueuedOperation]], before: Counter[str]
) -> list[tuple[Key, QueuedOperation]]:
    """Returns what is due, oldest first, by how many of the same tenant come before each."""
    turns = []
    for key, queued in due:
        before[key[0]] += 1
        turns.append((before[key[0]], key, queued))
    return [(key, queued) for _, key, queued in sorted(turns, key=lambda turn: turn[0])]


def _claimable_since(queued: QueuedOperation) -> datetime | None:
    match queued.operation.state:
        case OperationState.PENDING:
            return queued.operation.due_time
        case OperationState.RUNNING:
            return queued.lease_expires
        case _:
            return None


def _take(
    tables: Tables,
    key: Key,
    queued: QueuedOperation,
    worker: str,
    now: datetime,
    lease: timedelta,
    attempt: int,
) -> Claim:
    operation = replace(
        queued.operation, state=OperationState.RUNNING, attempt=attempt, update_time=now
    )
    token, expires = queued.fencing_token + 1, now + lease
    tables.operations.put(key, QueuedOperation(operation, queued.number, token, worker, expires))
    return Claim(operation=operation, worker=worker, fencing_token=token, lease_expires=expires)


def _held(tables: Tables, claim: Claim) -> tuple[Key, QueuedOperation | None]:
    """Returns the operation of the claim, or None where the claim is void."""
    key = (claim.operation.tenant, claim.operation.id)
    queued = tables.operations.get(key)
    valid = (
        queued is not None
        and queued.fencing_token == claim.fencing_token
        and queued.operation.state is OperationState.RUNNING
    )
    return key, queued if valid else None
