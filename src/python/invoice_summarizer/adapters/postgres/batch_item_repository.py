"""Items of batches of one tenant, within a transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Row,
    TableValuedAlias,
    and_,
    column,
    func,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from aip.filter_expression import Expression
from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.filter_predicates import predicate
from invoice_summarizer.adapters.postgres.scope import MAY_TAKE_LONG
from invoice_summarizer.adapters.postgres.tables import (
    ORIGIN_COLUMNS,
    batch_items,
    batches,
    invoices,
    summaries,
)
from invoice_summarizer.domain.batch import BatchItem, ItemState, counts_of

_PENDING = ItemState.PENDING.value


class PostgresBatchItemRepository:
    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def add_matching(self, batch_id: str, filter: Expression | None, limit: int) -> int:
        in_order = func.row_number().over(order_by=(invoices.c.created_at, invoices.c.id))
        found = (
            select(
                invoices.c.tenant,
                literal(batch_id, StorableText()),
                in_order - 1,
                invoices.c.id,
            )
            .where(true() if filter is None else predicate(filter))
            .order_by(invoices.c.created_at, invoices.c.id)
            .limit(limit)
        )
        await self._connection.execute(MAY_TAKE_LONG)
        inserted = await self._connection.execute(
            insert(batch_items).from_select(["tenant", "batch_id", "ordinal", "invoice_id"], found),
            execution_options={"preserve_rowcount": True},
        )
        return inserted.rowcount

    async def add(self, batch_id: str, items: Sequence[BatchItem]) -> None:
        rows = _rows(
            items, {"document_uri": lambda i: i.document_uri, "invoice_id": lambda i: i.invoice_id}
        )
        values = select(
            literal(self._tenant, StorableText()), literal(batch_id, StorableText()), *rows.c
        )
        columns = ["tenant", "batch_id", *rows.c.keys()]
        await self._connection.execute(insert(batch_items).from_select(columns, values))

    async def pending(self, batch_id: str, first: int, last: int) -> list[BatchItem]:
        query = (
            select(batch_items)
            .where(
                batch_items.c.batch_id == batch_id,
                batch_items.c.ordinal >= first,
                batch_items.c.ordinal < last,
                batch_items.c.state == _PENDING,
            )
            .order_by(batch_items.c.ordinal)
        )
        return [_item_of(row) for row in await self._connection.execute(query)]

    async def finish(self, batch_id: str, items: Sequence[BatchItem]) -> list[BatchItem]:
        # In one order, so that no two who finish the same items wait for each other.
        locked = (
            select(batch_items.c.ordinal)
            .where(
                batch_items.c.batch_id == batch_id,
                batch_items.c.ordinal.in_([item.ordinal for item in items]),
                batch_items.c.state == _PENDING,
            )
            .order_by(batch_items.c.ordinal)
            .with_for_update()
        )
        open_ones = set((await self._connection.execute(locked)).scalars())
        finished = [item for item in items if item.ordinal in open_ones]
        if finished:
            await self._update(batch_id, finished)
            await self._count(batch_id, finished)
        return finished

    async def _update(self, batch_id: str, items: Sequence[BatchItem]) -> None:
        done = _rows(
            items,
            {
                "document_uri": lambda item: item.document_uri,
                "state": lambda item: item.state.value,
                "invoice_id": lambda item: item.invoice_id,
                "summary_id": lambda item: item.summary_id,
                "failure_reason": lambda item: item.failure_reason,
            },
        )
        await self._connection.execute(
            update(batch_items)
            .where(
                batch_items.c.tenant == self._tenant,
                batch_items.c.batch_id == batch_id,
                batch_items.c.ordinal == done.c.ordinal,
            )
            .values({name: column for name, column in done.c.items() if name != "ordinal"})
        )

    async def _count(self, batch_id: str, items: Sequence[BatchItem]) -> None:
        counts = counts_of(items)
        added = {ORIGIN_COLUMNS[origin]: count for origin, count in counts.by_origin.items()}
        added["failed"] = counts.failed
        await self._connection.execute(
            update(batches)
            .where(batches.c.id == batch_id)
            .values({name: batches.c[name] + count for name, count in added.items()})
        )

    async def page(
        self, batch_id: str, *, states: frozenset[ItemState], after: int | None, limit: int
    ) -> list[BatchItem]:
        its_summary = and_(
            summaries.c.tenant == batch_items.c.tenant,
            summaries.c.invoice_id == batch_items.c.invoice_id,
            summaries.c.id == batch_items.c.summary_id,
        )
        columns: list[ColumnElement[Any]] = [
            *(each for each in batch_items.c if each.name != "summary_id"),
            summaries.c.id.label("summary_id"),
        ]
        query = (
            select(*columns)
            .select_from(batch_items.outerjoin(summaries, its_summary))
            .where(batch_items.c.batch_id == batch_id)
            .order_by(batch_items.c.ordinal)
            .limit(limit)
        )
        if states:
            query = query.where(batch_items.c.state.in_(state.value for state in states))
        if after is not None:
            query = query.where(batch_items.c.ordinal > after)
        return [_item_of(row) for row in await self._connection.execute(query)]


def _rows(
    items: Sequence[BatchItem], texts: Mapping[str, Callable[[BatchItem], str | None]]
) -> TableValuedAlias:
    """Returns a row of the ordinal and those texts for each of the items, which are sent as a few arrays."""
    arrays = [
        literal([item.ordinal for item in items], ARRAY(BigInteger())),
        *(
            literal([text_of(item) for item in items], ARRAY(StorableText()))
            for text_of in texts.values()
        ),
    ]
    columns: list[ColumnElement[Any]] = [
        column("ordinal", BigInteger()),
        *(column(name, StorableText()) for name in texts),
    ]
    return func.unnest(*arrays).table_valued(*columns, name="done").render_derived()


def _item_of(row: Row[Any]) -> BatchItem:
    return BatchItem(
        ordinal=row.ordinal,
        document_uri=row.document_uri,
        invoice_id=row.invoice_id,
        state=ItemState(row.state),
        summary_id=row.summary_id,
        failure_reason=row.failure_reason,
    )
