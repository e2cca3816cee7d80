"""Reads of invoices, over what was committed."""

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Context, Decimal

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.credit_notes import states_credit_as_positive
from invoice_summarizer.adapters.memory.filter_matching import matches
from invoice_summarizer.adapters.memory.invoice_order import behind, cursor_after, sorted_invoices
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document, Invoice
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS
from invoice_summarizer.ports.invoice_reader import (
    Aggregate,
    Aggregates,
    GroupKey,
    InvoiceLines,
    InvoicePage,
    number_within,
)
from invoice_summarizer.ports.invoice_views import InvoiceView, ViewRenderer, rendered

_LINE = re.compile(r"lines\[([0-9]+)\]")
_EXACT = Context(prec=1_000)  # never rounds a sum of amounts


class MemoryInvoiceReader:
    def __init__(self, store: MemoryStore, renderer: ViewRenderer) -> None:
        self._store = store
        self._renderer = renderer

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        return rendered(self._renderer, self._invoice(tenant, invoice_id), view)

    async def document(self, tenant: str, invoice_id: str) -> Document:
        return self._invoice(tenant, invoice_id).document

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> InvoiceLines:
        invoice = self._invoice(tenant, invoice_id)
        lines = invoice.content.lines
        wanted = range(first, first + limit)
        known = invoice.reading.annotations if invoice.reading else {}
        return InvoiceLines(
            version=invoice.version,
            total_size=len(lines),
            first=first,
            lines=lines[first : first + limit],
            annotations={
                path: annotation
                for path, annotation in known.items()
                if (found := _LINE.match(path)) and int(found[1]) in wanted
            },
        )

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
        groups: dict[tuple[str | None, ...], list[Invoice]] = defaultdict(list)
        wanted = group_by | {GroupKey.CURRENCY}
        for invoice in self._matching(tenant, filter):
            keys = tuple(_group_of(invoice, key) if key in wanted else None for key in GroupKey)
            groups[keys].append(invoice)
        ranked = sorted(
            groups.items(),
            key=lambda g: (-len(g[1]), [(key is None, key or "") for key in g[0]]),
        )
        first = (_aggregate(keys, invoices) for keys, invoices in ranked[:limit])
        return Aggregates(tuple(first), len(ranked))

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


def _group_of(invoice: Invoice, key: GroupKey) -> str | None:
    match key:
        case GroupKey.CURRENCY:
            return invoice.content.currency_code
        case GroupKey.SUPPLIER:
            return invoice.content.seller.name if invoice.content.seller else None
        case GroupKey.MONTH:
            issued = invoice.content.issue_date
            return issued.isoformat()[:7] if issued else None
        case GroupKey.STATUS:
            return invoice.status.value


def _aggregate(keys: tuple[str | None, ...], invoices: list[Invoice]) -> Aggregate:
    group = dict(zip(GroupKey, keys, strict=True))
    return Aggregate(
        currency=group[GroupKey.CURRENCY],
        supplier=group[GroupKey.SUPPLIER],
        month=group[GroupKey.MONTH],
        status=group[GroupKey.STATUS],
        count=len(invoices),
        amount_without_vat=_sum(invoices, "totals.amount_without_vat"),
        vat_amount=_sum(invoices, "totals.vat_amount"),
        amount_with_vat=_sum(invoices, "totals.amount_with_vat"),
        amount_due=_sum(invoices, "totals.amount_due"),
    )


def _sum(invoices: list[Invoice], field: str) -> Decimal | None:
    total = None
    for invoice in invoices:
        amount = INVOICE_FIELDS[field].value(invoice)
        if isinstance(amount, Decimal):
            credited = states_credit_as_positive(invoice.content)
            total = (_EXACT.subtract if credited else _EXACT.add)(total or Decimal(0), amount)
    return total
