"""Batches of one tenant, within a transaction."""

from dataclasses import replace
from datetime import datetime

from invoice_summarizer.adapters.memory.store import Tables, forget_requests, require_tenant
from invoice_summarizer.domain.batch import Batch, JobRecord
from invoice_summarizer.domain.errors import NotFound


class MemoryBatchRepository:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def add(self, batch: Batch) -> None:
        require_tenant(self._tenant, batch.tenant)
        if self._tables.operations.get((self._tenant, batch.id)) is None:
            raise NotFound("the operation of the batch is not there")
        self._tables.batches.put((self._tenant, batch.id), batch)

    async def get(self, batch_id: str, *, lock: bool = False) -> Batch:
        # Nobody else has a transaction open, so every batch is locked.
        return self._of_its_operation(self._found(batch_id))

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[Batch]:
        place = None if after is None else (datetime.fromisoformat(after[0]), after[1])
        newest_first = sorted(
            (batch for _, batch in self._tables.batches.items((self._tenant,))),
            key=lambda batch: (batch.create_time, batch.id),
            reverse=True,
        )
        found = [b for b in newest_first if place is None or (b.create_time, b.id) < place]
        return [self._of_its_operation(batch) for batch in found[:limit]]

    async def put_plan(self, batch_id: str, *, total: int | None, failure: str | None) -> None:
        self._put(replace(self._found(batch_id), total=total, plan_failure=failure))

    async def put_job(self, batch_id: str, job: JobRecord) -> None:
        self._put(replace(self._found(batch_id), job=job))

    async def delete(self, batch_id: str) -> None:
        self._found(batch_id)
        for key, _ in [*self._tables.batch_items.items((self._tenant, batch_id))]:
            self._tables.batch_items.remove(key)
        self._tables.batches.remove((self._tenant, batch_id))
        self._tables.operations.remove((self._tenant, batch_id))
        forget_requests(self._tables, self._tenant, batch_id)

    def _found(self, batch_id: str) -> Batch:
        batch = self._tables.batches.get((self._tenant, batch_id))
        if batch is None:
            raise NotFound("no such batch")
        return batch

    def _put(self, batch: Batch) -> None:
        self._tables.batches.put((self._tenant, batch.id), batch)

    def _of_its_operation(self, batch: Batch) -> Batch:
        queued = self._tables.operations.get((self._tenant, batch.id))
        assert queued is not None, "an operation of no invoice stays"
        operation = queued.operation
        return replace(
            batch,
            state=operation.state,
            update_time=operation.update_time,
            failure_reason=operation.failure_reason,
            last_failure=operation.last_failure,
        )
