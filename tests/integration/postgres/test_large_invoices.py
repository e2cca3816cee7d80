"""Nothing that is large is unpacked in the process of a server, whatever is done with it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from summarizing import summary_writer

from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.stored_lines import StoredLines
from invoice_summarizer.adapters.postgres.stored_reading import PostgresReading
from invoice_summarizer.adapters.postgres.stored_summaries import StoredSummaries
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.postgres.view_renewal import PostgresViewRenewal
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.adapters.reading_process.reading_pieces import ReadingPieces
from invoice_summarizer.adapters.work_process.long_work import ProcessLongWork
from invoice_summarizer.domain.correction import Correction
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.rpc.mapping.lines import lines_answer
from invoice_summarizer.rpc.mapping.reading import validated_answer
from invoice_summarizer.rpc.mapping.summary import summaries_answer
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.use_cases.validate_document import ValidateDocument
from invoice_summarizer.use_cases.work import LEASE
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted
from invoices.v1 import invoice_pb2, query_service_pb2, validate_service_pb2
from small_invoice import ubl_invoice
from storage_fixture import fail_the_test

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
LINES = 300
DOCUMENT = ubl_invoice(lines=LINES)


class LaterRenderer(ProtobufViewRenderer):
    """Of a later version of the mapping, so that what is stored has to be rendered again."""

    @property
    def version(self) -> str:
        return "later"


@pytest.fixture
async def work(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ProcessLongWork]:
    """Works on everything in a child; nothing can be unpacked here."""

    def unpacked(_: object) -> None:
        raise AssertionError("it is unpacked in the server's process")

    for kind in (PostgresReading, StoredLines, StoredSummaries, ReadingPieces):
        monkeypatch.setattr(kind, "unpacked", unpacked)
    work = ProcessLongWork(large_bytes=1)
    yield work
    await work.aclose()


async def once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def test_large_invoice_goes_its_way_without_being_unpacked_in_the_server(
    engine: AsyncEngine, work: ProcessLongWork
) -> None:
    renderer = ProtobufViewRenderer()
    transactions, objects = PostgresTransactions(engine, renderer), MemoryObjectStore()
    queue = PostgresOperationQueue(engine, max_attempts=1, listening_failed=fail_the_test)
    documents = ProcessDocumentReader(processes=1)
    reader = PostgresInvoiceReader(engine, renderer, work)
    later = PostgresInvoiceReader(engine, LaterRenderer(), work)
    try:
        ingest = IngestDocument(transactions, objects, utc_now, new_uuid)
        operation = (await ingest(OWNER, once(DOCUMENT), IncomingDocument())).operation
        [claim] = await queue.claim("worker", LEASE, 1)
        await ProcessOperation(
            transactions, queue, objects, documents, work, utc_now, summary_writer(), new_uuid
        )(claim)
        invoice_id = operation.invoice_id
        assert invoice_id is not None

        page = await reader.lines("acme", invoice_id, first=150, limit=100)
        answer, count = await work("acme", page.lines, lines_answer)
        lines = query_service_pb2.ListLinesResponse.FromString(answer).lines
        assert [line.index for line in lines] == [*range(150, 250)] and count == 100

        writer = SummaryWriter(work, None, build="1", answer_seconds=1.0)
        summarize = SummarizeInvoice(transactions, writer, utc_now, new_uuid)
        wanted = Wanted(language_code="en", style=Style.FULL)
        summarized = await summarize(OWNER, invoice_id, wanted, seconds_left=60.0)
        assert summarized.is_new and str(LINES - 10) in summarized.summary.text

        async with transactions.begin("acme") as transaction:
            found = await transaction.summaries.page(invoice_id, after=None, limit=9)
        answer, count = await work("acme", found.summaries, summaries_answer, OWNER, 9)
        summaries = query_service_pb2.ListSummariesResponse.FromString(answer).summaries
        assert [each.text for each in summaries] == [summarized.summary.text] and count == 1

        correct = CorrectInvoice(transactions, work, utc_now)
        corrected = await correct(
            OWNER, invoice_id, corrections=[Correction("buyer_reference", "4711")]
        )
        assert corrected.header.status is InvoiceStatus.READY
        for each in (reader, later):
            view = await each.view("acme", invoice_id, InvoiceView.FULL)
            assert invoice_pb2.Invoice.FromString(view).content.buyer_reference == "4711"
        [batch] = [
            each async for each in PostgresViewRenewal(engine, LaterRenderer(), work).renew()
        ]
        assert batch.renewed == 1

        validated = await ValidateDocument(documents, work)(
            DOCUMENT, answer=validated_answer, style=Style.SHORT
        )
        message = validate_service_pb2.ValidateInvoiceResponse.FromString(validated)
        assert message.line_count == LINES and message.summary.text
    finally:
        for opened in (reader, later, documents, queue):
            await opened.aclose()
