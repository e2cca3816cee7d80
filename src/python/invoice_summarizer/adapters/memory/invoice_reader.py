"""Reads of invoices, over what was committed."""

from collections.abc import Sequence

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.field_path import line_index
from invoice_summarizer.adapters.memory.aggregates import aggregates
from invoice_summarizer.adapters.memory.filter_matching import matches
from invoice_summarizer.adapters.memory.in_memory import InMemory
from invoice_summarizer.adapters.memory.invoice_order import behind, cursor_after, sorted_invoices
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document, Invoice
from invoice_summarizer.ports.invoice_reader import (
    Aggregates,
    GroupKey,
    InvoiceLines,
    InvoicePage,
    LinesPage,
    number_within,
)
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer, rendered


class MemoryInvoiceReader:
    def __init__(self, store: MemoryStore, renderer: ViewRenderer) -> None:
        self._store = store
        self._renderer = renderer

    async def revision(self, tenant: str) -> str:
        versions = sorted(
            f"{key[-1]} {invoice.version}"
            for key, invoice in self._store.committed.invoices.items((tenant,))
        )
        return "\n".join(versions)

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        return rendered(self._renderer, self._invoice(tenant, invoice_id), view)

    async def document(self, tenant: str, invoice_id: str) -> Document:
        return self._invoice(tenant, invoice_id).document

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> LinesPage:
        invoice = self._invoice(tenant, invoice_id)
        lines = invoice.content.lines
        wanted = range(first, first + limit)
        known = invoice.reading.annotations if invoice.reading else {}
        page = InvoiceLines(
            first=first,
            lines=lines[first : first + limit],
            annotations={
                path: annotation for path, annotation in known.items() if line_index(path) in wanted
            },
        )
        return LinesPage(version=invoice.version, total_size=len(lines), lines=InMemory(page))

    async def events(
        self, tenant: str, invoice_id: str, *, before: str | None, limit: int
    ) -> list[RecordedEvent]:
        logged = [
            row
            for _, row in self._store.committed.events.items((tenant,))
            if row.event.invoice_id == invoice_id and (before is None or row.number < int(before))
        ]
        logged.sort(key=lambda row: row.number, reverse=True)
        return [RecordedEvent(str(row.number), row.event) for row in logged[:limit]]

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
        matching = sorted_invoices(self._matching(tenant, filter), order)
        rest = matching if after is None else behind(after, matching, order)
        views = tuple(rendered(self._renderer, invoice, view) for invoice in rest[:limit])
        views = views[: number_within(map(len, views), max_bytes)]
        more = len(rest) > len(views)
        return InvoicePage(
            views,
            cursor_after(rest[len(views) - 1], order) if more and views else None,
            len(matching),
        )

    async def aggregate(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        group_by: frozenset[GroupKey],
        limit: int,
    ) -> Aggregates:
        return aggregates(self._matching(tenant, filter), group_by, limit)

    def _invoice(self, tenant: str, invoice_id: str) -> Invoice:
        invoice = self._store.committed.invoices.get((tenant, invoice_id))
        if invoice is None:
            raise NotFound("no such invoice")
        return invoice

    def _matching(self, tenant: str, filter: Expression | None) -> list[Invoice]:
        return [
            invoice
            for _, invoice in self._store.committed.invoices.items((tenant,))
            if filter is None or matches(filter, invoice)
        ]
