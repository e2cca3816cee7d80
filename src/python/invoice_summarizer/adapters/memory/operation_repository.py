"""Operations of one tenant, within a transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from invoice_summarizer.adapters.memory.store import QueuedOperation, Tables, require_tenant
from invoice_summarizer.domain.errors import Conflict, LeaseLost, NotFound, OperationNotCancellable
from invoice_summarizer.domain.operation import (
    NOTHING_MORE,
    Claim,
    JsonObject,
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.ports.clock import Clock


class MemoryOperationRepository:
    """`added` is called for each operation that came, and `done` for each that ended: for after the commit."""

    def __init__(
        self,
        tables: Tables,
        tenant: str,
        clock: Clock,
        added: Callable[[], None],
        done: Callable[[str], None],
    ) -> None:
        self._tables = tables
        self._tenant = tenant
        self._clock = clock
        self._added = added
        self._done = done

    async def add(self, operation: Operation) -> None:
        require_tenant(self._tenant, operation.tenant)
        if operation.invoice_id is not None:
            self._tables.require_invoice(self._tenant, operation.tenant, operation.invoice_id)
            if not operation.state.done:
                self._require_none_under_way(operation.invoice_id)
        key = (self._tenant, operation.id)
        number = 1 + max(
            (queued.number for _, queued in self._tables.operations.items()), default=0
        )
        self._tables.operations.put(key, QueuedOperation(operation, number=number))
        if operation.state is OperationState.PENDING:
            self._added()

    async def get(self, operation_id: str) -> Operation:
        return self._queued(operation_id).operation

    async def latest(
        self, invoice_ids: Sequence[str], *, but: OperationKind | None = None
    ) -> Operation | None:
        of_them = [
            queued
            for queued in self._queued_ones()
            if queued.operation.invoice_id in invoice_ids and queued.operation.kind is not but
        ]
        last = max(of_them, key=lambda queued: queued.number, default=None)
        return None if last is None else last.operation

    async def page(
        self, *, states: frozenset[OperationState], after: tuple[str, str] | None, limit: int
    ) -> list[Operation]:
        place = None if after is None else (datetime.fromisoformat(after[0]), after[1])
        return [
            replace(operation, result={}) if operation.kind is OperationKind.REPLAY else operation
            for operation in self._newest_first()
            if (not states or operation.state in states)
            and (place is None or (operation.create_time, operation.id) < place)
        ][:limit]

    async def cancel(self, operation_id: str) -> Operation:
        queued = self._queued(operation_id)
        if queued.operation.state.done:
            raise OperationNotCancellable(
                f"the operation is done already ({queued.operation.state})"
            )
        return self._finish(queued, state=OperationState.CANCELLED)

    async def advance(self, claim: Claim, progress: Progress) -> None:
        queued = self._held(claim)
        operation = replace(queued.operation, update_time=self._clock(), progress=progress)
        self._tables.operations.put(
            (self._tenant, operation.id), replace(queued, operation=operation)
        )

    async def complete(
        self,
        claim: Claim,
        *,
        result: JsonObject | None = None,
        failure_reason: str | None = None,
        failure_metadata: Mapping[str, str] = NOTHING_MORE,
    ) -> None:
        queued = self._held(claim)
        if failure_reason:
            self._finish(
                queued,
                state=OperationState.FAILED,
                failure_reason=failure_reason,
                failure_metadata=failure_metadata,
            )
            return
        progress = queued.operation.progress
        self._finish(
            queued,
            state=OperationState.SUCCEEDED,
            result=result or {},
            progress=replace(progress, done=progress.total),
        )

    def _held(self, claim: Claim) -> QueuedOperation:
        queued = self._tables.operations.get((self._tenant, claim.operation.id))
        if (
            queued is None
            or queued.fencing_token != claim.fencing_token
            or queued.operation.state is not OperationState.RUNNING
        ):
            raise LeaseLost("the operation is no longer this worker's")
        return queued

    def _queued(self, operation_id: str) -> QueuedOperation:
        queued = self._tables.operations.get((self._tenant, operation_id))
        if queued is None:
            raise _not_found()
        return queued

    def _finish(self, queued: QueuedOperation, **changes: Any) -> Operation:
        operation = replace(queued.operation, update_time=self._clock(), **changes)
        key = (self._tenant, operation.id)
        self._tables.operations.put(key, replace(queued, operation=operation))
        self._done(operation.id)
        return operation

    def _require_none_under_way(self, invoice_id: str) -> None:
        operations = (queued.operation for queued in self._queued_ones())
        if any(each.invoice_id == invoice_id and not each.state.done for each in operations):
            raise Conflict("an operation on the invoice is under way")

    def _queued_ones(self) -> Iterator[QueuedOperation]:
        return (queued for _, queued in self._tables.operations.items((self._tenant,)))

    def _newest_first(self) -> list[Operation]:
        mine = (queued.operation for queued in self._queued_ones())
        return sorted(mine, key=lambda o: (o.create_time, o.id), reverse=True)


def _not_found() -> NotFound:
    return NotFound("no such operation")
