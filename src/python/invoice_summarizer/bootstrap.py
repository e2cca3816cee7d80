"""Puts the system together: the only place that knows every adapter."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf.descriptor import ServiceDescriptor

from aip.page_token import KEY_BYTES, PageTokenCodec
from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.adapters.postgres.engine import PoolSettings, create_engine, plain_dsn
from invoice_summarizer.adapters.postgres.invoice_reader import PostgresInvoiceReader
from invoice_summarizer.adapters.postgres.leadership import PostgresLeadership
from invoice_summarizer.adapters.postgres.operation_completions import PostgresOperationCompletions
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.token_file.token_list import TokenFileError
from invoice_summarizer.adapters.token_file.verifier import TokenFileVerifier
from invoice_summarizer.document_reading import opened_pdf_reader, read_document
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.leadership import Leadership
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.operation_completions import OperationCompletions
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.pdf_reader import PdfReader
from invoice_summarizer.ports.token_verifier import TokenVerifier
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.ingest_servicer import IngestServicer
from invoice_summarizer.rpc.interceptor import CallInterceptor
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.rpc.operations_servicer import OperationsServicer
from invoice_summarizer.rpc.query_servicer import QueryServicer
from invoice_summarizer.rpc.review_servicer import ReviewServicer
from invoice_summarizer.rpc.server import ApiServer, Register
from invoice_summarizer.rpc.summarize_servicer import SummarizeServicer
from invoice_summarizer.rpc.validate_servicer import ValidateServicer
from invoice_summarizer.settings import ServerSettings, Settings, WrongSetting
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from invoice_summarizer.use_cases.decide_review import ApproveInvoice, RejectInvoice
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.housekeeping import KeepHouse
from invoice_summarizer.use_cases.ingest_document import IngestDocument
from invoice_summarizer.use_cases.process_operation import ProcessOperation, Step
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.use_cases.sweep_objects import SweepObjects
from invoice_summarizer.use_cases.wait_for_operation import WaitForOperation
from invoice_summarizer.use_cases.work import LEASE, Work
from invoice_summarizer.version import VERSION
from invoices.v1 import (
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
    summarize_service_pb2,
    summarize_service_pb2_grpc,
    validate_service_pb2,
    validate_service_pb2_grpc,
)

Service = tuple[ServiceDescriptor, Register]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapters:
    """One adapter for each port."""

    transactions: Transactions
    reader: InvoiceReader
    queue: OperationQueue
    completions: OperationCompletions
    leadership: Leadership
    objects: ObjectStore
    pdf_reader: PdfReader
    tokens: TokenVerifier
    page_tokens: PageTokenCodec


@asynccontextmanager
async def opened_adapters(settings: Settings, application_name: str) -> AsyncIterator[Adapters]:
    """Yields the adapters that the settings name, and closes what they opened at the end."""
    database = settings.database
    limits = Limits(statement=timedelta(seconds=database.statement_timeout_seconds))
    engine = create_engine(
        database.dsn.get_secret_value(),
        application_name=application_name,
        settings=PoolSettings(
            pool_size=database.pool_size,
            max_overflow=database.max_overflow,
            pool_timeout_seconds=database.pool_timeout_seconds,
        ),
    )
    renderer = ProtobufViewRenderer()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        queue = PostgresOperationQueue(
            engine, max_attempts=settings.worker.max_attempts, limits=limits
        )
        stack.push_async_callback(queue.aclose)
        completions = PostgresOperationCompletions(plain_dsn(engine))
        stack.push_async_callback(completions.aclose)
        pdf_reader = await stack.enter_async_context(opened_pdf_reader(settings.pdf))
        yield Adapters(
            transactions=PostgresTransactions(engine, renderer, limits=limits),
            reader=PostgresInvoiceReader(engine, renderer, limits=limits),
            queue=queue,
            completions=completions,
            leadership=PostgresLeadership(engine, limits=limits),
            objects=FilesystemObjectStore(_writable(settings.object_folder)),
            pdf_reader=pdf_reader,
            tokens=_token_verifier(settings.token_file),
            page_tokens=_page_token_codec(settings.page_token_key_file),
        )


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongSetting(("INVOICES_OBJECT_FOLDER", error.strerror or "cannot be made")) from None
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise WrongSetting(("INVOICES_OBJECT_FOLDER", "cannot be written to"))
    return folder


def _token_verifier(path: Path) -> TokenFileVerifier:
    try:
        return TokenFileVerifier(path)
    except TokenFileError as error:
        raise WrongSetting(("INVOICES_TOKEN_FILE", str(error))) from None


def _page_token_codec(path: Path) -> PageTokenCodec:
    try:
        return PageTokenCodec(bytes.fromhex(path.read_text().strip()))
    except (OSError, ValueError):
        problem = f"must name a file of {2 * KEY_BYTES} hex digits"
        raise WrongSetting(("INVOICES_PAGE_TOKEN_KEY_FILE", problem)) from None


def ingest_services(adapters: Adapters, settings: Settings) -> list[Service]:
    """IngestService, ReviewService, ValidateService and Operations."""
    transactions = adapters.transactions
    ingest = IngestServicer(
        reader=adapters.reader,
        ingest=IngestDocument(transactions, adapters.objects, utc_now, new_uuid),
        correct=CorrectInvoice(transactions, utc_now),
        delete=DeleteInvoice(transactions, utc_now),
        reprocess=ReprocessInvoice(transactions, utc_now, new_uuid),
    )
    review = ReviewServicer(
        reader=adapters.reader,
        approve=ApproveInvoice(transactions, utc_now),
        reject=RejectInvoice(transactions, utc_now),
    )
    validate = ValidateServicer(read_document=read_document(adapters.pdf_reader, settings.pdf))
    operations = OperationsServicer(
        transactions=transactions,
        reader=adapters.reader,
        cancel=CancelOperation(transactions, utc_now),
        wait=WaitForOperation(transactions, adapters.completions),
        page_tokens=adapters.page_tokens,
    )
    return [
        (
            ingest_service_pb2.DESCRIPTOR.services_by_name["IngestService"],
            lambda s: ingest_service_pb2_grpc.add_IngestServiceServicer_to_server(ingest, s),
        ),
        (
            review_service_pb2.DESCRIPTOR.services_by_name["ReviewService"],
            lambda s: review_service_pb2_grpc.add_ReviewServiceServicer_to_server(review, s),
        ),
        (
            validate_service_pb2.DESCRIPTOR.services_by_name["ValidateService"],
            lambda s: validate_service_pb2_grpc.add_ValidateServiceServicer_to_server(validate, s),
        ),
        (
            operations_pb2.DESCRIPTOR.services_by_name["Operations"],
            lambda s: operations_pb2_grpc.add_OperationsServicer_to_server(operations, s),
        ),
    ]


def summarize_services(adapters: Adapters, metrics: Metrics) -> list[Service]:
    """SummarizeService."""
    summarize = SummarizeServicer(
        summarize=SummarizeInvoice(adapters.transactions, utc_now, new_uuid, build=VERSION),
        metrics=metrics,
    )
    return [
        (
            summarize_service_pb2.DESCRIPTOR.services_by_name["SummarizeService"],
            lambda s: summarize_service_pb2_grpc.add_SummarizeServiceServicer_to_server(
                summarize, s
            ),
        )
    ]


def query_services(adapters: Adapters) -> list[Service]:
    """QueryService."""
    query = QueryServicer(
        transactions=adapters.transactions,
        reader=adapters.reader,
        objects=adapters.objects,
        page_tokens=adapters.page_tokens,
    )
    return [
        (
            query_service_pb2.DESCRIPTOR.services_by_name["QueryService"],
            lambda s: query_service_pb2_grpc.add_QueryServiceServicer_to_server(query, s),
        )
    ]


def api_server(
    settings: ServerSettings, adapters: Adapters, metrics: Metrics, services: Sequence[Service]
) -> ApiServer:
    interceptor = CallInterceptor(
        adapters.tokens,
        metrics,
        new_uuid,
        default_deadline_seconds=settings.default_deadline_seconds,
        longest_deadline_seconds=settings.longest_deadline_seconds,
    )
    return ApiServer(settings, [interceptor], services)


def keep_house(adapters: Adapters) -> KeepHouse:
    sweep = SweepObjects(adapters.transactions, adapters.objects, utc_now)
    return KeepHouse(adapters.leadership, sweep, adapters.queue, utc_now)


def work(
    adapters: Adapters,
    settings: Settings,
    metrics: Metrics,
    worker: str,
    *,
    lease: timedelta = LEASE,
    reached: Callable[[Step], None] = lambda step: None,
) -> Work:
    """Returns the worker's loop; `reached` is called at each step of an operation."""
    process = ProcessOperation(
        adapters.transactions,
        adapters.queue,
        adapters.objects,
        read_document(adapters.pdf_reader, settings.pdf),
        utc_now,
        reached,
    )
    return Work(
        adapters.queue,
        process,
        worker=worker,
        slots=settings.worker.slots,
        lease=lease,
        on_done=lambda claim, outcome: metrics.operations.labels(
            claim.operation.kind, outcome
        ).inc(),
    )
