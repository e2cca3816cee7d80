"""Batches of one tenant, within a transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.failures import translated_errors
from invoice_summarizer.adapters.postgres.scope import MAY_TAKE_LONG
from invoice_summarizer.adapters.postgres.tables import (
    ORIGIN_COLUMNS,
    batch_items,
    batches,
    operations,
)
from invoice_summarizer.domain.batch import Batch, BatchSource, ItemCounts, JobRecord, SourceKind
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.operation import OperationKind, OperationState
from invoice_summarizer.domain.summary import Style


class PostgresBatchRepository:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, batch: Batch) -> None:
        row = {
            "tenant": batch.tenant,
            "id": batch.id,
            "source": batch.source.kind.value,
            "source_text": batch.source.text,
            "language_code": batch.language_code,
            "style": batch.style.value,
            "instruction": batch.instruction,
            "creator": batch.creator,
            "created_at": batch.create_time,
            "total": batch.total,
        }
        async with translated_errors():
            await self._connection.execute(insert(batches).values(row))

    async def get(self, batch_id: str, *, lock: bool = False) -> Batch:
        query = _selected().where(batches.c.id == batch_id)
        if lock:
            query = query.with_for_update(of=batches)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise _not_found()
        return _batch_of(row)

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[Batch]:
        query = _selected().order_by(batches.c.created_at.desc(), batches.c.id.desc()).limit(limit)
        if after is not None:
            place = tuple_(batches.c.created_at, batches.c.id)
            query = query.where(place < (datetime.fromisoformat(after[0]), after[1]))
        return [_batch_of(row) for row in await self._connection.execute(query)]

    async def put_plan(self, batch_id: str, *, total: int | None, failure: str | None) -> None:
        await self._update(batch_id, total=total, plan_failure=failure)

    async def put_job(self, batch_id: str, job: JobRecord) -> None:
        await self._update(
            batch_id,
            job_number=job.number,
            job_done_before=job.done_before,
            jobs_stalled=job.stalled,
        )

    async def delete(self, batch_id: str) -> None:
        await self._connection.execute(MAY_TAKE_LONG)
        # The items first, as jobs lock them, and then those that a job was about to plan, which holds the batch.
        of_the_batch = delete(batch_items).where(batch_items.c.batch_id == batch_id)
        await self._connection.execute(of_the_batch)
        deletion = delete(operations).where(
            operations.c.id == batch_id, operations.c.kind == OperationKind.BATCH.value
        )
        if not (await self._connection.execute(deletion)).rowcount:
            raise _not_found()
        await self._connection.execute(of_the_batch)

    async def _update(self, batch_id: str, **values: object) -> None:
        await self._connection.execute(
            update(batches).where(batches.c.id == batch_id).values(values)
        )


def _not_found() -> NotFound:
    return NotFound("no such batch")


def _selected() -> Select[Any]:
    its_operation = and_(operations.c.tenant == batches.c.tenant, operations.c.id == batches.c.id)
    return select(
        batches,
        *(operations.c[name] for name in ("state", "updated_at", "failure_reason", "last_failure")),
    ).select_from(batches.join(operations, its_operation))


def _batch_of(row: Row[Any]) -> Batch:
    """Returns the batch of a row of `batches` and its operation."""
    by_origin = {origin: getattr(row, name) for origin, name in ORIGIN_COLUMNS.items()}
    return Batch(
        id=row.id,
        tenant=row.tenant,
        source=BatchSource(SourceKind(row.source), row.source_text),
        language_code=row.language_code,
        style=Style(row.style),
        instruction=row.instruction,
        creator=row.creator,
        create_time=row.created_at,
        total=row.total,
        counts=ItemCounts(
            {origin: count for origin, count in by_origin.items() if count}, row.failed
        ),
        job=JobRecord(row.job_number, row.job_done_before, row.jobs_stalled),
        plan_failure=row.plan_failure,
        state=OperationState(row.state),
        update_time=row.updated_at,
        failure_reason=row.failure_reason,
        last_failure=row.last_failure,
    )
