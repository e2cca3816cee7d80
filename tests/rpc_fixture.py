"""The API on a real grpc.aio server over the memory adapters, with a worker.

from rpc_fixture import api, idle_api
"""

from __future__ import annotations  # the asynchronous stubs are classes of the type stubs only

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import grpc.aio
import pytest
from batch_rig import batch_runner, run_whole_batch
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf.duration_pb2 import Duration
from summarizing import summary_writer

from aip.page_token import PageTokenCodec
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.object_store import FaultyObjectStore
from invoice_summarizer.adapters.memory.batch_jobs import MemoryBatchJobs
from invoice_summarizer.adapters.memory.cache import MemoryCache
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.import_source import MemoryImportSource
from invoice_summarizer.adapters.memory.invoice_reader import MemoryInvoiceReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.operation_completions import MemoryOperationCompletions
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.task_schedule import MemoryTaskSchedule
from invoice_summarizer.adapters.memory.token_verifier import MemoryTokenVerifier
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.adapters.memory.view_renewal import MemoryViewRenewal
from invoice_summarizer.domain.operation import BATCH_KINDS
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.ingest import IngestAdapters, ingest_services
from invoice_summarizer.processes.query import QueryAdapters, query_services
from invoice_summarizer.processes.redis import cached_reader
from invoice_summarizer.processes.serving import api_server
from invoice_summarizer.processes.summarize import SummarizeAdapters, summarize_services
from invoice_summarizer.processes.worker import WorkerAdapters, look_after_batches, work
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings
from invoice_summarizer.telemetry import Metrics
from invoices.v1 import (
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    input_document_pb2,
    invoice_pb2,
    operation_pb2,
    page_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    review_service_pb2_grpc,
    summarize_service_pb2_grpc,
    validate_service_pb2_grpc,
)
from refusal import Refusal, refusal_of_upload

TENANT = "tenants/acme"
OTHER_TENANT = "tenants/other"

Metadata = tuple[tuple[str, str], ...]


def bearer(token: str) -> Metadata:
    return (("authorization", f"Bearer {token}"),)


# One token for each set of roles; their tokens are their names.
OWNER = bearer("owner")
STRANGER = bearer("stranger")
_PRINCIPALS = {
    "owner": Principal(subject="olga", tenant="acme", roles=frozenset(Role)),
    "stranger": Principal(subject="sam", tenant="other", roles=frozenset(Role)),
    **{
        role.value: Principal(subject=f"one {role}", tenant="acme", roles=frozenset({role}))
        for role in Role
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The running server, its stubs, and what lies behind it."""

    server: ApiServer
    port: int
    store: MemoryStore
    objects: MemoryObjectStore
    imports: MemoryImportSource
    jobs: MemoryBatchJobs
    faults: Faults  # of the object store
    metrics: Metrics
    channel: grpc.aio.Channel
    ingest: ingest_service_pb2_grpc.IngestServiceAsyncStub
    review: review_service_pb2_grpc.ReviewServiceAsyncStub
    validate: validate_service_pb2_grpc.ValidateServiceAsyncStub
    summarize: summarize_service_pb2_grpc.SummarizeServiceAsyncStub
    query: query_service_pb2_grpc.QueryServiceAsyncStub
    pages: page_service_pb2_grpc.PageServiceAsyncStub
    operations: operations_pb2_grpc.OperationsStub

    async def ingested(
        self, data: bytes, *, metadata: Metadata = OWNER, parent: str = TENANT
    ) -> operations_pb2.Operation:
        """Sends the document and returns the operation as the call answered it."""
        return await self.ingest.IngestInvoice(ingest_request(data, parent), metadata=metadata)

    async def read(self, data: bytes, *, metadata: Metadata = OWNER) -> invoice_pb2.Invoice:
        """Sends the document, waits until it is read, and returns the invoice."""
        parent = OTHER_TENANT if metadata == STRANGER else TENANT
        operation = await self.ingested(data, metadata=metadata, parent=parent)
        await self.done(operation.name, metadata=metadata)
        return await self.invoice(invoice_name(operation), metadata=metadata)

    async def refused_upload(
        self, messages: Iterable[ingest_service_pb2.UploadInvoiceRequest]
    ) -> Refusal:
        """Sends the messages and returns how the upload is refused."""
        kept = [*messages]
        return await refusal_of_upload(
            lambda: self.ingest.UploadInvoice(iter(kept), metadata=OWNER)
        )

    async def done(self, operation: str, *, metadata: Metadata = OWNER) -> operations_pb2.Operation:
        request = operations_pb2.WaitOperationRequest(name=operation, timeout=Duration(seconds=20))
        answer: operations_pb2.Operation = await self.operations.WaitOperation(
            request, metadata=metadata
        )
        assert answer.done
        return answer

    async def invoice(self, name: str, *, metadata: Metadata = OWNER) -> invoice_pb2.Invoice:
        return await self.query.GetInvoice(
            query_service_pb2.GetInvoiceRequest(name=name), metadata=metadata
        )

    @property
    def object_count(self) -> int:
        return len(self.objects._objects)

    @property
    def row_count(self) -> int:
        tables = self.store.committed
        return sum(
            len([*table.items()])
            for table in (tables.invoices, tables.operations, tables.summaries, tables.requests)
        )


def ingest_request(
    data: bytes, parent: str = TENANT, *, media_type: str = "", request_id: str = ""
) -> ingest_service_pb2.IngestInvoiceRequest:
    return ingest_service_pb2.IngestInvoiceRequest(
        parent=parent,
        document=input_document_pb2.InputDocument(data=data, media_type=media_type),
        request_id=request_id,
    )


def upload(
    *chunks: bytes, parent: str = TENANT, media_type: str = "", request_id: str = ""
) -> Iterator[ingest_service_pb2.UploadInvoiceRequest]:
    """Yields the messages of an upload."""
    yield ingest_service_pb2.UploadInvoiceRequest(
        header=ingest_service_pb2.UploadHeader(
            parent=parent, media_type=media_type, request_id=request_id
        )
    )
    for chunk in chunks:
        yield ingest_service_pb2.UploadInvoiceRequest(chunk=chunk)


def invoice_name(operation: operations_pb2.Operation) -> str:
    return operation_metadata(operation).invoice


def operation_metadata(operation: operations_pb2.Operation) -> operation_pb2.OperationMetadata:
    metadata = operation_pb2.OperationMetadata()
    assert operation.metadata.Unpack(metadata)
    return metadata


@asynccontextmanager
async def running_api(
    *,
    worker: bool = True,
    server: ServerSettings | None = None,
    model: LanguageModel | None = None,
    document_reader: DocumentReader | None = None,
) -> AsyncIterator[Api]:
    """Serves all services until the block ends; without a worker, what is ingested stays pending.

    A `document_reader` is for PDFs: the one in memory knows none.
    """
    store, objects, metrics = MemoryStore(), MemoryObjectStore(), Metrics()
    faults = Faults()
    faulty_objects = FaultyObjectStore(objects, faults)
    transactions, page_tokens = MemoryTransactions(store), PageTokenCodec(bytes(32))
    cache = MemoryCache()
    reader = cached_reader(MemoryInvoiceReader(store, ProtobufViewRenderer()), cache)
    document_reader = document_reader or MemoryDocumentReader({})
    writer, imports = summary_writer(model), MemoryImportSource()
    runner = batch_runner(transactions, objects, imports, document_reader, writer)
    jobs = MemoryBatchJobs(partial(run_whole_batch, runner))
    ingest = IngestAdapters(
        transactions=transactions,
        reader=reader,
        completions=MemoryOperationCompletions(store),
        objects=faulty_objects,
        page_tokens=page_tokens,
        document_reader=document_reader,
        work=in_a_thread,
        cache=cache,
    )
    query = QueryAdapters(
        transactions=transactions,
        reader=reader,
        objects=faulty_objects,
        page_tokens=page_tokens,
        work=in_a_thread,
    )
    working_on = WorkerAdapters(
        transactions=transactions,
        queue=MemoryOperationQueue(store, max_attempts=3),
        schedule=MemoryTaskSchedule(store),
        view_renewal=MemoryViewRenewal(),
        objects=faulty_objects,
        document_reader=document_reader,
        work=in_a_thread,
        writer=writer,
        batch_queue=MemoryOperationQueue(store, max_attempts=3, kinds=BATCH_KINDS),
        batch_jobs=jobs,
    )
    summarize = SummarizeAdapters(
        transactions=transactions,
        work=in_a_thread,
        writer=writer,
        imports=imports,
        page_tokens=page_tokens,
    )
    services = [
        *ingest_services(ingest),
        *summarize_services(summarize, metrics),
        *query_services(query),
    ]
    api_under_test = api_server(
        server or ServerSettings(grace_seconds=1),
        MemoryTokenVerifier(_PRINCIPALS),
        metrics,
        services,
    )
    port = await api_under_test.start()
    stop = asyncio.Event()
    working = asyncio.create_task(work(working_on, metrics, worker="worker", slots=2)(stop))
    looking_after = asyncio.create_task(
        look_after_batches(working_on, metrics, stop, worker="worker")
    )
    if not worker:
        stop.set()
    # It takes what clients take without options of their own, so that every test holds the bounds of answers.
    options = [("grpc.max_send_message_length", -1)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
        try:
            yield Api(
                server=api_under_test,
                port=port,
                store=store,
                objects=objects,
                imports=imports,
                jobs=jobs,
                faults=faults,
                metrics=metrics,
                channel=channel,
                ingest=ingest_service_pb2_grpc.IngestServiceStub(channel),
                review=review_service_pb2_grpc.ReviewServiceStub(channel),
                validate=validate_service_pb2_grpc.ValidateServiceStub(channel),
                pages=page_service_pb2_grpc.PageServiceStub(channel),
                summarize=summarize_service_pb2_grpc.SummarizeServiceStub(channel),
                query=query_service_pb2_grpc.QueryServiceStub(channel),
                operations=operations_pb2_grpc.OperationsStub(channel),
            )
        finally:
            await api_under_test.stop()
            stop.set()
            await working
            await looking_after
            await jobs.aclose()


@asynccontextmanager
async def held_calls(api: Api, *callers: Metadata) -> AsyncIterator[None]:
    """Keeps a call of each of them under way until the block ends: one whose message does not come."""
    multi: Any = api.channel.stream_unary("/invoices.v1.QueryService/GetInvoice")
    calls = [multi(_nothing(), metadata=metadata) for metadata in callers]
    await under_way(api, len(calls))
    try:
        yield
    finally:
        for call in calls:
            call.cancel()
        await under_way(api, 0)


async def under_way(api: Api, count: int) -> None:
    """The server has so many calls under way."""
    async with asyncio.timeout(20):
        while api.metrics.calls_in_flight._value.get() != count:
            await asyncio.sleep(0.001)


async def _nothing() -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with running_api() as running:
        yield running


@pytest.fixture
async def idle_api() -> AsyncIterator[Api]:
    """Without a worker: what is ingested stays pending."""
    async with running_api(worker=False) as running:
        yield running
