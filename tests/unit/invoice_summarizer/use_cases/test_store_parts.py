"""Several invoices in one file: each becomes an invoice of its own, once."""

from collections.abc import AsyncIterator
from datetime import timedelta

from summarizing import summary_writer

from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import Operation, OperationFailure
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument, TakenIn
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from small_invoice import fatturapa_invoices
from storage_samples import found_invoice

TENANT = "acme"
OWNER = Principal(subject="olga", tenant=TENANT, roles=frozenset(Role))


class System:
    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self.queue = MemoryOperationQueue(self.store, max_attempts=3)
        self.objects = MemoryObjectStore()
        self.process = ProcessOperation(
            self.transactions,
            self.queue,
            self.objects,
            MemoryDocumentReader({}),
            in_a_thread,
            utc_now,
            summary_writer(),
            new_uuid,
        )

    async def take_in(self, document: bytes) -> TakenIn:
        async def once() -> AsyncIterator[bytes]:
            yield document

        ingest = IngestDocument(self.transactions, self.objects, utc_now, new_uuid)
        return await ingest(OWNER, once(), IncomingDocument())

    async def done(self) -> Operation:
        [claim] = await self.queue.claim("worker", timedelta(seconds=30), 1)
        await self.process(claim)
        async with self.transactions.begin(TENANT) as transaction:
            return await transaction.operations.get(claim.operation.id)

    async def reprocess(self, invoice_id: str) -> Operation:
        await ReprocessInvoice(self.transactions, utc_now, new_uuid)(OWNER, invoice_id)
        return await self.done()

    async def invoices(self, operation: Operation) -> list[Invoice]:
        ids = operation.result["invoice_ids"]
        assert isinstance(ids, list)
        async with self.transactions.begin(TENANT) as transaction:
            return [await found_invoice(transaction, each) for each in ids]


def numbers(invoices: list[Invoice]) -> list[tuple[int, str | None]]:
    return [(each.part, each.content.invoice_number) for each in invoices]


async def test_each_invoice_in_the_file_is_stored_with_its_part() -> None:
    system = System()
    await system.take_in(fatturapa_invoices("7", "8", "9"))
    operation = await system.done()
    invoices = await system.invoices(operation)
    assert numbers(invoices) == [(1, "7"), (2, "8"), (3, "9")]
    assert operation.invoice_id == invoices[0].id
    assert {each.status for each in invoices} == {InvoiceStatus.READY}
    kinds = [event.kind for event in system.store.events]
    assert kinds.count(EventKind.INVOICE_RECEIVED) == kinds.count(EventKind.INVOICE_READY) == 3


async def test_the_same_file_again_and_a_second_reading_make_no_more_invoices() -> None:
    system = System()
    await system.take_in(fatturapa_invoices("7", "8"))
    first, second = await system.invoices(await system.done())
    assert (await system.take_in(fatturapa_invoices("7", "8"))).known
    assert numbers(await system.invoices(await system.reprocess(second.id))) == [(2, "8")]
    assert numbers(await system.invoices(await system.reprocess(first.id))) == [(1, "7")]
    async with system.transactions.begin(TENANT) as transaction:
        there = await transaction.invoices.of_document(first.document.sha256)
    assert [each.id for each in there] == [first.id, second.id]


async def test_an_invoice_that_was_deleted_comes_back_when_the_document_is_read_again() -> None:
    system = System()
    await system.take_in(fatturapa_invoices("7", "8"))
    first, second = await system.invoices(await system.done())
    await DeleteInvoice(system.transactions, utc_now)(OWNER, second.id)
    again = await system.invoices(await system.reprocess(first.id))
    assert numbers(again) == [(1, "7"), (2, "8")] and again[1].id != second.id


async def test_two_invoices_of_one_number_in_a_file_wait_for_a_person() -> None:
    system = System()
    await system.take_in(fatturapa_invoices("7", "7"))
    first, second = await system.invoices(await system.done())
    for one, other in ((first, second), (second, first)):
        assert one.status is InvoiceStatus.REVIEW_PENDING and one.reading is not None
        assert f"DUPLICATE_SUSPECTED:{other.id}" in map(str, one.reading.review_reasons)


async def test_a_part_that_is_not_read_any_more_fails_and_keeps_its_reading() -> None:
    system = System()
    await system.take_in(fatturapa_invoices("7", "8"))
    _, second = await system.invoices(await system.done())
    now_alone = fatturapa_invoices("7")

    async def one_invoice(*_: object, **__: object) -> object:
        return await MemoryDocumentReader({}).read(now_alone)

    system.process._reader = type("Reads", (), {"read": staticmethod(one_invoice)})()
    operation = await system.reprocess(second.id)
    assert operation.failure_reason == OperationFailure.PART_NOT_FOUND
    async with system.transactions.begin(TENANT) as transaction:
        kept = await found_invoice(transaction, second.id)
    assert kept.content.invoice_number == "8"
