"""The queue of operations, of all tenants. Leases are measured by the database's clock alone."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, Select, TextualSelect, Update, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.engine import plain_dsn
from invoice_summarizer.adapters.postgres.failures import Contended
from invoice_summarizer.adapters.postgres.held_operation import update_of_held
from invoice_summarizer.adapters.postgres.listening import WORK_CHANNEL, Listening
from invoice_summarizer.adapters.postgres.rows import claim_of
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.tables import idempotency_keys, operations
from invoice_summarizer.adapters.postgres.tenants_in_turn import IN_TURN, TENANTS_EACH, WAITING
from invoice_summarizer.domain.operation import (
    READING_KINDS,
    Claim,
    OperationKind,
    OperationState,
)
from invoice_summarizer.ports.operation_queue import EXHAUSTED_LEASE, EXHAUSTED_WORKER, Backlog
from invoice_summarizer.ports.wake_ups import WakeUps

_PENDING, _RUNNING = OperationState.PENDING.value, OperationState.RUNNING.value
_CLAIMED_BY_OTHERS = 20  # at the same moment

# A commit of a claim is durable before the claim is handed out: after a crash, an equal fencing token must not be
# given to somebody else. Hence no asynchronous commit here.


class PostgresOperationQueue:
    """`aclose` ends the connection on which it listens; `listening_failed` is told of errors there that nobody foresaw."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        max_attempts: int,
        listening_failed: Callable[[Exception], None],
        kinds: frozenset[OperationKind] = READING_KINDS,
        limits: Limits | None = None,
        application_name: str = "worker-wake-up",
        wake_ups: WakeUps | None = None,
    ) -> None:
        self._kinds = sorted(kinds)
        self._limits = limits or Limits()
        self._engine = engine
        self._max_attempts = max_attempts
        self._after = ""  # the tenant behind which the next claim begins to look
        self._work_arrived = asyncio.Event()
        self._listening = Listening.to(
            plain_dsn(engine),
            WORK_CHANNEL,
            lambda payload: self._work_arrived.set(),
            application_name=application_name,
            failed=listening_failed,
            wake_ups=wake_ups,
        )

    async def claim(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        looked_at: set[str] = set()
        while not (claims := await self._claimed(worker, lease, limit)):
            # Where many tenants wait for a time to come, those behind them may have something that is due.
            seen = [row.tenant for row in await self._execute(WAITING, self._place())]
            if len(seen) < TENANTS_EACH or not looked_at.isdisjoint(seen):
                return []
            looked_at.update(seen)
            self._after = seen[-1]
        self._after = claims[-1].operation.tenant
        return claims

    async def _claimed(self, worker: str, lease: timedelta, limit: int) -> list[Claim]:
        claiming = _take(IN_TURN, worker, lease).values(attempt=operations.c.attempt + 1)
        parameters = {
            "kinds": self._kinds,
            "max_attempts": self._max_attempts,
            "candidates": limit + _CLAIMED_BY_OTHERS,
            "wanted": limit,
            **self._place(),
        }
        rows = await self._execute(claiming.returning(operations), parameters)
        claims = map(claim_of, rows)
        return sorted(claims, key=lambda claim: (claim.operation.due_time, claim.operation.id))

    def _place(self) -> Mapping[str, object]:
        return {"after": self._after, "tenants": TENANTS_EACH}

    async def heartbeat(self, claim: Claim, lease: timedelta) -> bool:
        extension = update_of_held(claim).values(lease_expires_at=func.now() + lease)
        return bool(await self._execute(extension.returning(operations.c.id)))

    async def retry_later(self, claim: Claim, delay: timedelta, failure: str) -> bool:
        release = (
            update_of_held(claim)
            .where(operations.c.attempt < self._max_attempts)
            .values(
                state=_PENDING,
                due_at=func.now() + delay,
                last_failure=failure,
                updated_at=func.now(),
                worker=None,
                lease_expires_at=None,
            )
        )
        return bool(await self._execute(release.returning(operations.c.id)))

    async def exhausted(self, limit: int) -> list[Claim]:
        overdue = (
            _claimable(self._kinds).where(operations.c.attempt >= self._max_attempts).limit(limit)
        )
        taking = _take(overdue, EXHAUSTED_WORKER, EXHAUSTED_LEASE)
        rows = await self._execute(taking.returning(operations))
        return [claim_of(row) for row in rows]

    async def backlog(self) -> Backlog:
        since = operations.c.claimable_at
        counting = select(
            func.count().label("due"), (func.now() - func.min(since)).label("oldest")
        ).where(since <= func.now(), operations.c.kind.in_(self._kinds))
        [row] = await self._execute(counting)
        return Backlog(due=row.due, oldest=row.oldest or timedelta(0))

    async def wait(self, timeout: timedelta) -> None:
        self._listening.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout.total_seconds()):
                await self._work_arrived.wait()
        self._work_arrived.clear()

    async def forget_requests(self, before: datetime, limit: int) -> int:
        # By time alone: it is the only column that the worker's role may read.
        time = idempotency_keys.c.created_at
        oldest = select(time).where(time < before).order_by(time).limit(limit).subquery()
        last = select(func.max(oldest.c.created_at)).scalar_subquery()
        forgetting = delete(idempotency_keys).where(time <= last)
        async with transaction(
            self._engine, DatabaseRole.WORKER, limits=self._limits
        ) as connection:
            return (await connection.execute(forgetting)).rowcount

    async def aclose(self) -> None:
        await self._listening.aclose()

    @retry(
        retry=retry_if_exception_type(Contended),
        stop=stop_after_attempt(3),
        wait=wait_random(0, 0.05),
        reraise=True,
    )
    async def _execute(
        self, statement: Executable, parameters: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        async with transaction(
            self._engine, DatabaseRole.WORKER, limits=self._limits
        ) as connection:
            return (await connection.execute(statement, parameters)).all()


def _claimable(kinds: Sequence[OperationKind]) -> Select[tuple[str, str]]:
    """Due operations, oldest first, without those that another worker is claiming just now."""
    return (
        select(operations.c.tenant, operations.c.id)
        .where(operations.c.claimable_at <= func.now(), operations.c.kind.in_(kinds))
        .order_by(operations.c.claimable_at, operations.c.id)
        .with_for_update(skip_locked=True)
    )


def _take(chosen: Select[tuple[str, str]] | TextualSelect, worker: str, lease: timedelta) -> Update:
    taken = chosen.cte("taken")
    return (
        update(operations)
        .where(operations.c.tenant == taken.c.tenant, operations.c.id == taken.c.id)
        .values(
            state=_RUNNING,
            fencing_token=operations.c.fencing_token + 1,
            worker=worker,
            lease_expires_at=func.now() + lease,
            updated_at=func.now(),
        )
    )
