"""Storing invoices and listing them, page by page, for tests of queries."""

from collections.abc import Sequence

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.invoice import Invoice
from storage_fixture import Storage
from storage_samples import TENANT


async def store_invoices(storage: Storage, invoices: Sequence[Invoice]) -> None:
    for invoice in invoices:
        async with storage.transactions.begin(invoice.tenant) as transaction:
            await transaction.invoices.add(invoice)


async def paged_ids(
    storage: Storage, filter: Expression | None, order: Sequence[OrderTerm], limit: int
) -> list[str]:
    found: list[str] = []
    after: Cursor | None = None
    while True:
        page = await storage.query.page(
            TENANT, filter=filter, order=order, after=after, limit=limit
        )
        assert len(page.invoices) <= limit
        found += [invoice.id for invoice in page.invoices]
        after = page.next_cursor
        if after is None:
            assert len(found) == page.total_size
            return found
