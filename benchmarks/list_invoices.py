"""ListInvoices of 1,000 invoices of 100 lines, against the bare SQL of the same bytes, and what it does to others."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import grpc.aio
import psycopg

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.postgres.engine import create_engine
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.domain.invoice import Document, InvoiceHeader, InvoiceStatus, read_as
from invoice_summarizer.local_stack import TENANT
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoices.v1 import query_service_pb2, query_service_pb2_grpc
from long_invoice import long_invoices
from measurement import interleaved, percentile, ratios, report, row
from served_system import ServedSystem, served_system

INVOICES = 1000
QUIET_CALLS = 200
ROUNDS = 5
_SAME_BYTES = """
    SELECT header_view || basic FROM invoices
    JOIN invoice_views ON invoice_id = id AND invoice_views.tenant = invoices.tenant
    ORDER BY created_at DESC, id LIMIT 1000
"""


async def _read(document: bytes) -> Reading:
    reader = ProcessDocumentReader(processes=1)
    try:
        return (await reader.read(document))[0].unpacked()
    finally:
        await reader.aclose()


async def fill(dsn: str, document: bytes, invoices: int) -> None:
    """Stores as many invoices, each with the reading of the document."""
    reading, now = await _read(document), utc_now()
    engine = create_engine(dsn, application_name="benchmark")
    transactions = PostgresTransactions(engine, ProtobufViewRenderer())
    stored = transactions.storable(reading)
    async with transactions.begin(TENANT) as transaction:
        for number in range(invoices):
            own_document = Document(
                tenant=TENANT,
                sha256=f"{number:064x}",
                size_bytes=1,
                media_type="application/xml",
                create_time=now,
            )
            await transaction.documents.add(own_document)
            received = InvoiceHeader(
                id=f"invoice-{number}",
                tenant=TENANT,
                document=own_document,
                status=InvoiceStatus.RECEIVED,
                create_time=now,
                update_time=now,
            )
            await transaction.invoices.add(received)
            await transaction.invoices.put_reading(
                read_as(received, now, needs_review=stored.needs_review), stored
            )
    await engine.dispose()


async def _timed(call: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await call()
    return time.perf_counter() - started


async def _compare(served: ServedSystem) -> None:
    await fill(served.dsn, long_invoices()["CII"], INVOICES)
    before = served.peak_mebibytes()
    options = [("grpc.max_receive_message_length", -1)]
    async with (
        grpc.aio.insecure_channel(f"127.0.0.1:{served.port}", options=options) as channel,
        grpc.aio.insecure_channel(f"127.0.0.1:{served.port}") as other,
        await psycopg.AsyncConnection.connect(served.superuser_dsn, autocommit=True) as connection,
    ):
        query: Any = query_service_pb2_grpc.QueryServiceStub(channel)
        query_of_another: Any = query_service_pb2_grpc.QueryServiceStub(other)
        listed = 0

        async def list_all() -> None:
            nonlocal listed
            request = query_service_pb2.ListInvoicesRequest(
                parent=f"tenants/{TENANT}", page_size=INVOICES
            )
            answer = await query.ListInvoices(request, metadata=served.credentials)
            listed = len(answer.invoices)

        async def bare() -> None:
            cursor = connection.cursor(binary=True)
            await cursor.execute(_SAME_BYTES)
            assert len(await cursor.fetchall()) == INVOICES

        async def get() -> None:
            request = query_service_pb2.GetInvoiceRequest(
                name=f"tenants/{TENANT}/invoices/invoice-1"
            )
            await query_of_another.GetInvoice(request, metadata=served.credentials)

        async def slowest_gets(until: asyncio.Task[None] | None) -> float:
            single: list[float] = []
            while len(single) < QUIET_CALLS or (until is not None and not until.done()):
                single.append(await _timed(get))
            return percentile(single, 99)

        async def lists() -> None:
            for _ in range(ROUNDS):
                await list_all()

        seconds = await interleaved({"list": list_all, "bare": bare}, ROUNDS)
        quiet, meanwhile = [], []
        for _ in range(ROUNDS):
            quiet.append(await slowest_gets(None))
            listing = asyncio.create_task(lists())
            meanwhile.append(await slowest_gets(listing))
            await listing
    report(
        "list_invoices",
        [
            row("invoices in the answer", "invoices", [float(listed)]),
            row("ListInvoices", "ms", [s * 1000 for s in seconds["list"]]),
            row("bare SQL of the same bytes", "ms", [s * 1000 for s in seconds["bare"]]),
            row("to the bare SQL", "ratio", ratios(seconds["list"], seconds["bare"])),
            row("GetInvoice of another, 99th percentile", "ms", [s * 1000 for s in quiet]),
            row("the same meanwhile", "ms", [s * 1000 for s in meanwhile]),
            row("meanwhile to quiet", "ratio", ratios(meanwhile, quiet), "at most 3"),
            row("peak memory of the system before", "MiB", [before]),
            row("peak memory of the system after", "MiB", [served.peak_mebibytes()]),
        ],
    )


def main() -> None:
    with served_system() as served:
        asyncio.run(_compare(served))


if __name__ == "__main__":
    main()
