"""Reads of invoices, of which those that cost most are kept."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document
from invoice_summarizer.ports.cache import Cache, Cached
from invoice_summarizer.ports.invoice_reader import (
    Aggregates,
    GroupKey,
    InvoicePage,
    InvoiceReader,
    LinesPage,
)
from invoice_summarizer.ports.invoice_views import InvoiceView

Read = TypeVar("Read", InvoicePage, Aggregates)


class CachedInvoiceReader:
    """Reads as the other reader does. Pages and aggregates are kept under the revision of the tenant's invoices.

    The reader is asked for the revision each time: what was committed before a read began is in what it returns.
    `form` names the form of the views that pages have.
    """

    def __init__(self, reader: InvoiceReader, cache: Cache, *, form: str) -> None:
        self._reader = reader
        self._cache = cache
        self._form = form

    async def revision(self, tenant: str) -> str:
        return await self._reader.revision(tenant)

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        return await self._reader.view(tenant, invoice_id, view)

    async def document(self, tenant: str, invoice_id: str) -> Document:
        return await self._reader.document(tenant, invoice_id)

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> LinesPage:
        return await self._reader.lines(tenant, invoice_id, first=first, limit=limit)

    async def events(
        self, tenant: str, invoice_id: str, *, before: str | None, limit: int
    ) -> list[RecordedEvent]:
        return await self._reader.events(tenant, invoice_id, before=before, limit=limit)

    async def page(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        order: Sequence[OrderTerm],
        after: Cursor | None,
        limit: int,
        view: InvoiceView = InvoiceView.BASIC,
        max_bytes: int | None = None,
    ) -> InvoicePage:
        async def load() -> bytes:
            page = await self._reader.page(
                tenant,
                filter=filter,
                order=order,
                after=after,
                limit=limit,
                view=view,
                max_bytes=max_bytes,
            )
            return msgspec.msgpack.encode(page)

        asked = (filter, (*order,), after, limit, view, max_bytes)
        kept = await self._cache.read(Cached.PAGE, await self._name(tenant, asked), load)
        return _decoded(kept, InvoicePage) or msgspec.msgpack.decode(await load(), type=InvoicePage)

    async def aggregate(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        group_by: frozenset[GroupKey],
        limit: int,
    ) -> Aggregates:
        async def load() -> bytes:
            return msgspec.msgpack.encode(
                await self._reader.aggregate(tenant, filter=filter, group_by=group_by, limit=limit)
            )

        asked = (filter, sorted(group_by), limit)
        kept = await self._cache.read(Cached.AGGREGATE, await self._name(tenant, asked), load)
        return _decoded(kept, Aggregates) or msgspec.msgpack.decode(await load(), type=Aggregates)

    async def _name(self, tenant: str, asked: object) -> tuple[str, ...]:
        # Of filters that differ the representations differ, as they tell the classes too.
        return self._form, tenant, await self._reader.revision(tenant), repr(asked)


def _decoded(kept: bytes, kind: type[Read]) -> Read | None:
    """Returns what was kept; None where another version of the program kept it in another form."""
    try:
        return msgspec.msgpack.decode(kept, type=kind)
    except msgspec.DecodeError:
        return None
