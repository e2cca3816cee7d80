"""Operations of one tenant, within a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, literal_column, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.column_types import JsonDocument
from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.held_operation import update_of_held
from invoice_summarizer.adapters.postgres.json_records import encode
from invoice_summarizer.adapters.postgres.listening import DONE_CHANNEL, WORK_CHANNEL
from invoice_summarizer.adapters.postgres.rows import operation_of, operation_row
from invoice_summarizer.adapters.postgres.tables import operations
from invoice_summarizer.adapters.postgres.waking import Waking
from invoice_summarizer.domain.errors import LeaseLost, NotFound, OperationNotCancellable
from invoice_summarizer.domain.operation import (
    NOTHING_MORE,
    Claim,
    JsonObject,
    Operation,
    OperationKind,
    OperationState,
    Progress,
)

_CANCELLABLE = (OperationState.PENDING.value, OperationState.RUNNING.value)


# The result of a replay is not fetched, nor even read from where PostgreSQL keeps what is large.
_LISTED: list[ColumnElement[Any]] = [
    *(column for column in operations.c if column.name != "result"),
    case(
        (
            operations.c.kind == OperationKind.REPLAY.value,
            literal_column("'{}'::jsonb", JsonDocument()),
        ),
        else_=operations.c.result,
    ).label("result"),
]


class PostgresOperationRepository:
    def __init__(self, connection: AsyncConnection, waking: Waking) -> None:
        self._connection = connection
        self._waking = waking

    async def add(self, operation: Operation) -> None:
        insertion = insert(operations).values(operation_row(operation))
        if operation.state is OperationState.PENDING:
            wake = self._waking.on_commit(WORK_CHANNEL, "")
            insertion = insertion.returning(operations.c.id, *wake)
        async with translated_errors():
            await self._connection.execute(insertion)

    async def get(self, operation_id: str) -> Operation:
        query = select(operations).where(operations.c.id == operation_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return operation_of(row)

    async def latest(
        self, invoice_ids: Sequence[str], *, but: OperationKind | None = None
    ) -> Operation | None:
        query = select(operations).where(operations.c.invoice_id.in_(invoice_ids))
        if but is not None:
            query = query.where(operations.c.kind != but.value)
        query = query.order_by(operations.c.number.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else operation_of(row)

    async def page(
        self, *, states: frozenset[OperationState], after: tuple[str, str] | None, limit: int
    ) -> list[Operation]:
        place = tuple_(operations.c.created_at, operations.c.id)
        query = (
            select(*_LISTED)
            .order_by(operations.c.created_at.desc(), operations.c.id.desc())
            .limit(limit)
        )
        if states:
            query = query.where(operations.c.state.in_(state.value for state in states))
        if after is not None:
            query = query.where(place < (datetime.fromisoformat(after[0]), after[1]))
        return [operation_of(row) for row in await self._connection.execute(query)]

    async def cancel(self, operation_id: str) -> Operation:
        row = (
            await self._connection.execute(
                update(operations)
                .where(operations.c.id == operation_id, operations.c.state.in_(_CANCELLABLE))
                .values(state=OperationState.CANCELLED.value, updated_at=func.now())
                .returning(operations, *self._waking.on_commit(DONE_CHANNEL, operation_id))
            )
        ).one_or_none()
        if row is None:
            found = await self.get(operation_id)
            raise OperationNotCancellable(f"the operation is done already ({found.state})")
        return operation_of(row)

    async def advance(self, claim: Claim, progress: Progress) -> None:
        advanced = await self._connection.execute(
            update_of_held(claim)
            .values(
                updated_at=func.now(),
                progress_done=progress.done,
                progress_total=progress.total,
                progress_failed=progress.failed,
            )
            .returning(operations.c.id)
        )
        if advanced.first() is None:
            raise _lost()

    async def complete(
        self,
        claim: Claim,
        *,
        result: JsonObject | None = None,
        failure_reason: str | None = None,
        failure_metadata: Mapping[str, str] = NOTHING_MORE,
    ) -> None:
        outcome: dict[str, object] = (
            {
                "state": OperationState.FAILED.value,
                "failure_reason": failure_reason,
                "failure_metadata": encode(dict(failure_metadata)),
            }
            if failure_reason
            else {
                "state": OperationState.SUCCEEDED.value,
                "result": encode(result or {}),
                "progress_done": operations.c.progress_total,
            }
        )
        completed = await self._connection.execute(
            update_of_held(claim)
            .values(updated_at=func.now(), **outcome)
            .returning(operations.c.id, *self._waking.on_commit(DONE_CHANNEL, claim.operation.id))
        )
        if completed.first() is None:
            raise _lost()


def _lost() -> LeaseLost:
    return LeaseLost("the operation is no longer this worker's")


def _not_found() -> NotFound:
    return NotFound("no such operation")
