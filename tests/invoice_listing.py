"""Storing invoices and listing them, page by page, for tests of queries."""

from collections.abc import Sequence

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.ports.invoice_reader import InvoicePage
from invoices.v1 import invoice_pb2
from storage_fixture import Storage
from storage_samples import TENANT, add_invoice


async def store_invoices(storage: Storage, invoices: Sequence[Invoice]) -> None:
    for invoice in invoices:
        async with storage.transactions.begin(invoice.tenant) as transaction:
            await add_invoice(transaction, invoice)


def ids_of(page: InvoicePage) -> list[str]:
    names = (invoice_pb2.Invoice.FromString(view).name for view in page.views)
    return [name.rpartition("/")[2] for name in names]


async def paged_ids(
    storage: Storage, filter: Expression | None, order: Sequence[OrderTerm], limit: int
) -> list[str]:
    found: list[str] = []
    after: Cursor | None = None
    while True:
        page = await storage.reader.page(
            TENANT, filter=filter, order=order, after=after, limit=limit
        )
        assert len(page.views) <= limit
        found += ids_of(page)
        after = page.next_cursor
        if after is None:
            assert len(found) == page.total_size
            return found
