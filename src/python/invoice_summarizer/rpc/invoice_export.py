"""A page of invoices as a stream of files."""

from collections.abc import AsyncGenerator, Sequence

from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.mapping.export import Format, exported_reading, unread
from invoice_summarizer.rpc.mapping.names import INVOICE
from invoices.v1 import invoice_pb2, query_service_pb2

CHUNK_BYTES = 512 * 1024

Part = query_service_pb2.ExportInvoicesResponse


class InvoiceExport:
    """Yields the parts of the invoices, each taken up when the caller has room for it; one is held at a time.

    An invoice that was deleted since it was listed is left out. Raises Unavailable.
    """

    def __init__(self, transactions: Transactions, work: LongWork) -> None:
        self._transactions = transactions
        self._work = work

    async def __call__(
        self, tenant: str, views: Sequence[bytes], format: Format.ValueType
    ) -> AsyncGenerator[query_service_pb2.ExportInvoicesResponse, None]:
        for view in views:
            name = invoice_pb2.Invoice.FromString(view).name
            try:
                header, data = await self._exported(tenant, name, format)
            except NotFound:
                continue
            yield Part(invoice=header)
            for begin in range(0, len(data), CHUNK_BYTES):
                yield Part(chunk=data[begin : begin + CHUNK_BYTES])

    async def _exported(
        self, tenant: str, name: str, format: Format.ValueType
    ) -> tuple[query_service_pb2.ExportedInvoice, bytes]:
        async with self._transactions.begin(tenant) as transaction:
            invoice = await transaction.invoices.get(INVOICE.parse(name)["invoice"])
        if invoice.reading is None:
            return unread(name), b""
        header, data = await self._work(tenant, invoice.reading, exported_reading, name, format)
        return query_service_pb2.ExportedInvoice.FromString(header), data
