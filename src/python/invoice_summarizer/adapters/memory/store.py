"""The rows of the memory adapters, with transactions that are isolated and that roll back.

A transaction has the store to itself and writes to a layer of its own, which becomes part of the store when it
commits; whoever reads without a transaction sees committed rows only. All of it belongs to one event loop.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import count
from typing import Any, Generic, TypeVar

from invoice_summarizer.domain.batch import Batch, BatchItem
from invoice_summarizer.domain.errors import NotFound, Unavailable
from invoice_summarizer.domain.event import Event
from invoice_summarizer.domain.invoice import Document, Invoice
from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.summary import Summary

Row = TypeVar("Row")
Key = tuple[str, ...]  # the tenant first


@dataclass(frozen=True, slots=True)
class QueuedOperation:
    """An operation with what the queue knows of it."""

    operation: Operation
    number: int  # grows with every operation
    fencing_token: int = 0
    worker: str | None = None
    lease_expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoundRequest:
    fingerprint: str
    operation_id: str
    time: datetime


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    tenant: str
    number: int  # grows with every event
    event: Event


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    turn: int
    due_time: datetime  # of a turn that is taken, when it runs out


class Table(Generic[Row]):
    """Rows by key; a layer over `below` where that is given."""

    def __init__(self, below: "Table[Row] | None" = None) -> None:
        self._below = below
        self._rows: dict[Key, Row | None] = {}  # None: removed from what is below

    def get(self, key: Key) -> Row | None:
        if key in self._rows:
            return self._rows[key]
        return self._below.get(key) if self._below else None

    def put(self, key: Key, row: Row) -> None:
        self._rows[key] = row

    def remove(self, key: Key) -> None:
        self._rows[key] = None

    def items(self, prefix: Key = ()) -> Iterator[tuple[Key, Row]]:
        """Yields the rows whose keys begin so."""
        if self._below:
            for key, row in self._below.items(prefix):
                if key not in self._rows:
                    yield key, row
        for key, mine in self._rows.items():
            if mine is not None and key[: len(prefix)] == prefix:
                yield key, mine

    def merge_down(self) -> None:
        assert self._below is not None
        for key, row in self._rows.items():
            if row is None:
                self._below._rows.pop(key, None)
            else:
                self._below._rows[key] = row


@dataclass(frozen=True, slots=True)
class Tables:
    documents: Table[Document] = field(default_factory=Table)  # by tenant and hash
    invoices: Table[Invoice] = field(default_factory=Table)
    operations: Table[QueuedOperation] = field(default_factory=Table)
    summaries: Table[Summary] = field(default_factory=Table)
    requests: Table[BoundRequest] = field(default_factory=Table)
    events: Table[LoggedEvent] = field(default_factory=Table)
    batches: Table[Batch] = field(default_factory=Table)
    batch_items: Table[BatchItem] = field(default_factory=Table)

    def require_invoice(self, tenant: str, named_tenant: str, invoice_id: str) -> None:
        """Raises NotFound where the tenant has no such invoice."""
        require_tenant(tenant, named_tenant)
        if self.invoices.get((tenant, invoice_id)) is None:
            raise NotFound("the invoice is no longer there")

    def logged(self, tenant: str, invoice_id: str) -> Iterator[Event]:
        """Yields what happened to the invoice, newest first."""
        rows = sorted((row for _, row in self.events.items((tenant,))), key=lambda row: -row.number)
        return (row.event for row in rows if row.event.invoice_id == invoice_id)

    def layer(self) -> "Tables":
        return Tables(*(Table(table) for table in self._tables()))

    def merge_down(self) -> None:
        for table in self._tables():
            table.merge_down()

    def _tables(self) -> Iterator[Table[Any]]:
        return (getattr(self, each.name) for each in fields(self))


def require_tenant(tenant: str, named_tenant: str) -> None:
    """Raises ValueError where a transaction is to write what belongs to another tenant: a defect of the caller."""
    if tenant != named_tenant:
        raise ValueError("a transaction writes rows of its own tenant only")


def forget_requests(tables: Tables, tenant: str, operation_id: str) -> None:
    """Request ids that are bound to the operation bind nothing any more."""
    for key, bound in [*tables.requests.items((tenant,))]:
        if bound.operation_id == operation_id:
            tables.requests.remove(key)


class Completions:
    """Who waits for which operation."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[asyncio.Event]] = {}

    def listen(self, operation_id: str) -> asyncio.Event:
        woken = asyncio.Event()
        self._waiting.setdefault(operation_id, []).append(woken)
        return woken

    def forget(self, operation_id: str, woken: asyncio.Event) -> None:
        waiting = self._waiting[operation_id]
        waiting.remove(woken)
        if not waiting:
            del self._waiting[operation_id]

    def wake(self, operation_id: str) -> None:
        for woken in self._waiting.get(operation_id, ()):
            woken.set()


class MemoryStore:
    """What the memory adapters of one process share. A transaction waits `patience_seconds` for the one before it."""

    def __init__(self, *, patience_seconds: float = 10.0) -> None:
        self.committed = Tables()
        self.work_arrived = asyncio.Event()
        self.done = Completions()
        self.scheduled_tasks: dict[str, ScheduledTask] = {}  # by name
        self._turn = asyncio.Lock()
        self._patience_seconds = patience_seconds
        self._events = count(1)

    @property
    def events(self) -> tuple[Event, ...]:
        """The whole log, of all tenants, oldest first."""
        logged = sorted(
            (row for _, row in self.committed.events.items()), key=lambda row: row.number
        )
        return tuple(row.event for row in logged)

    def log(self, tables: Tables, tenant: str, event: Event) -> None:
        number = next(self._events)
        tables.events.put((tenant, str(number)), LoggedEvent(tenant, number, event))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tables]:
        """Opens a layer that becomes part of the store unless the block raises. Raises Unavailable."""
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._turn.acquire()
        except TimeoutError:
            raise Unavailable("another transaction is open for too long") from None
        try:
            layer = self.committed.layer()
            yield layer
            layer.merge_down()
        finally:
            self._turn.release()
