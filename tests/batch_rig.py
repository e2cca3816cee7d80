"""Jobs of batches over any adapters of the ports, in this process."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from summarizing import summary_writer

from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.import_source import ROOT, MemoryImportSource
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.domain.batch import Batch, BatchItem, BatchSource, SourceKind
from invoice_summarizer.domain.operation import Claim, Operation
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.import_source import ImportSource
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.processes.batch import BatchRunner
from invoice_summarizer.use_cases.create_batch import CreateBatch, Submission
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.plan_batch import PlanBatch
from invoice_summarizer.use_cases.process_batch import BatchStep, ProcessBatch
from invoice_summarizer.use_cases.process_operation import ProcessOperation
from invoice_summarizer.use_cases.run_batch import RunItems
from invoice_summarizer.use_cases.take_in_documents import TakeInDocuments
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted
from storage_fixture import Storage

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
FOLDER = f"{ROOT}/{OWNER.tenant}"
SHORT = Wanted(language_code="en", style=Style.SHORT)
LEASE = timedelta(seconds=30)
_RANGE = 40  # items that a job does by one call


def batch_runner(
    transactions: Transactions,
    objects: ObjectStore,
    imports: ImportSource,
    reader: DocumentReader,
    writer: SummaryWriter,
) -> BatchRunner:
    take_in = TakeInDocuments(
        transactions, objects, imports, reader, in_a_thread, utc_now, new_uuid, at_once=4
    )
    run = RunItems(transactions, take_in, writer, utc_now, new_uuid, at_once=4, sleep=_do_not_sleep)
    return BatchRunner(PlanBatch(transactions, imports), run)


async def _do_not_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


async def run_whole_batch(runner: BatchRunner, job: BatchJob) -> None:
    """Does what a job on a cluster does: plans, and then all items."""
    total = await runner.plan(job.tenant, job.batch_id)
    for first in range(0, total, _RANGE):
        await runner.run(job.tenant, job.batch_id, first, min(first + _RANGE, total))


def all_invoices() -> Submission:
    return Submission(BatchSource(SourceKind.FILTER), SHORT)


def all_documents(folder: str = FOLDER) -> Submission:
    return Submission(BatchSource(SourceKind.URI_PREFIX, folder), SHORT)


class Died(BaseException):
    """A worker is no more."""


class BatchRig:
    """Batches over a storage, whose jobs run here where no others are given."""

    def __init__(self, storage: Storage, *, writer: SummaryWriter | None = None) -> None:
        self.storage = storage
        self.transactions = storage.transactions
        self.objects = MemoryObjectStore()
        self.imports = MemoryImportSource()
        self.reader: DocumentReader = MemoryDocumentReader({})
        self.writer = writer or summary_writer()
        self.jobs = MemoryBatchJobs(self.run_job)
        self.stop = asyncio.Event()

    @property
    def runner(self) -> BatchRunner:
        return batch_runner(self.transactions, self.objects, self.imports, self.reader, self.writer)

    async def run_job(self, job: BatchJob) -> None:
        await run_whole_batch(self.runner, job)

    async def create(self, submission: Submission, request_id: str = "") -> Operation:
        use_case = CreateBatch(self.transactions, self.imports, self.writer, utc_now, new_uuid)
        return await use_case(OWNER, submission, request_id=request_id)

    async def ingest(self, *documents: bytes) -> list[str]:
        """Takes documents in and reads them, as the services do; returns the ids of their invoices."""
        process = ProcessOperation(
            self.transactions,
            self.storage.queue,
            self.objects,
            self.reader,
            in_a_thread,
            utc_now,
            self.writer,
            new_uuid,
        )
        ids = []
        for document in documents:
            ids.append(str((await self.take_in(document)).invoice_id))
        while claims := await self.storage.queue.claim("reader", LEASE, 10):
            for claim in claims:
                await process(claim)
        return ids

    async def take_in(self, document: bytes) -> Operation:
        """Returns what IngestInvoice does; nobody reads yet."""
        ingest = IngestDocument(self.transactions, self.objects, utc_now, new_uuid)
        return (await ingest(OWNER, _once(document), IncomingDocument())).operation

    async def claim(self) -> Claim:
        [claim] = await self.storage.batch_queue.claim("worker", LEASE, 1)
        return claim

    async def work_on(
        self, claim: Claim, jobs: BatchJobs | None = None, *, die_at: BatchStep | None = None
    ) -> None:
        """A worker does the batch; it dies where that is said."""

        def reached(step: BatchStep) -> None:
            if step is die_at:
                raise Died

        process = ProcessBatch(
            self.transactions,
            self.storage.batch_queue,
            jobs or self.jobs,
            utc_now,
            self.stop,
            look=timedelta(milliseconds=1),
            reached=reached,
        )
        with suppress(Died):
            await process(claim)

    async def batch(self, batch_id: str) -> Batch:
        async with self.transactions.begin(OWNER.tenant) as transaction:
            return await transaction.batches.get(batch_id)

    async def items(self, batch_id: str) -> list[BatchItem]:
        async with self.transactions.begin(OWNER.tenant) as transaction:
            return await transaction.batch_items.page(
                batch_id, states=frozenset(), after=None, limit=1000
            )


async def due_rig(storage: Storage) -> BatchRig:
    """Returns a rig to which what comes now is due: the clock of the memory stands, and long ago."""
    await storage.time.pass_by(timedelta(days=10_000))
    return BatchRig(storage)


def documents_at(folder: str, documents: Iterable[bytes]) -> dict[str, bytes]:
    """Returns the documents by URIs in the folder, in their order."""
    return {f"{folder}/{number:03}.xml": data for number, data in enumerate(documents)}


@asynccontextmanager
async def running_worker(rig: BatchRig, jobs: BatchJobs | None = None) -> AsyncIterator[None]:
    """A worker looks after the one batch that is due until the block ends, where it is stopped."""
    working = asyncio.create_task(rig.work_on(await rig.claim(), jobs))
    try:
        yield
    finally:
        rig.stop.set()
        await working
        rig.stop.clear()


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
