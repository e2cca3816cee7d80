"""The process `ingest`: IngestService, ReviewService, ValidateService, PageService and Operations."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from google.longrunning import operations_pb2, operations_pb2_grpc

from aip.page_token import PageTokenCodec
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.adapters.postgres.operation_completions import PostgresOperationCompletions
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.ports.cache import Cache, Uncached
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.operation_completions import OperationCompletions
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.processes.listening_failures import log_listening_failure
from invoice_summarizer.processes.object_storage import opened_object_store
from invoice_summarizer.processes.page_tokens import page_token_codec
from invoice_summarizer.processes.reading import log_walls
from invoice_summarizer.processes.redis import NOTHING_SHARED, SharedState, opened_cache
from invoice_summarizer.rpc.ingest_servicer import IngestServicer
from invoice_summarizer.rpc.operations_servicer import OperationsServicer
from invoice_summarizer.rpc.page_servicer import PageServicer
from invoice_summarizer.rpc.review_servicer import ReviewServicer
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.rpc.validate_servicer import ValidateServicer
from invoice_summarizer.settings import IngestSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from invoice_summarizer.use_cases.decide_review import (
    ApproveInvoice,
    RejectInvoice,
    ReopenInvoice,
)
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.get_attachment import GetAttachment
from invoice_summarizer.use_cases.ingest_document import IngestDocument
from invoice_summarizer.use_cases.render_page import RenderPage
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from invoice_summarizer.use_cases.validate_document import ValidateDocument
from invoice_summarizer.use_cases.wait_for_operation import WaitForOperation
from invoices.v1 import (
    ingest_service_pb2,
    ingest_service_pb2_grpc,
    page_service_pb2,
    page_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
    validate_service_pb2,
    validate_service_pb2_grpc,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestAdapters:
    transactions: Transactions
    work: LongWork
    reader: InvoiceReader
    completions: OperationCompletions
    objects: ObjectStore
    page_tokens: PageTokenCodec
    document_reader: DocumentReader
    cache: Cache


@asynccontextmanager
async def opened_ingest_adapters(
    settings: IngestSettings,
    database: PostgresDatabase,
    work: LongWork,
    metrics: Metrics,
    state: SharedState = NOTHING_SHARED,
) -> AsyncIterator[IngestAdapters]:
    """Yields the adapters; at the end no reading process is left, and nobody waits for operations."""
    page_tokens = page_token_codec(settings.page_token_key_file)
    completions = PostgresOperationCompletions(
        database.engine, listening_failed=log_listening_failure, wake_ups=state.wake_ups
    )
    try:
        async with (
            opened_object_store(settings) as objects,
            opened_document_reader(settings.reading, log_walls) as document_reader,
            opened_cache(settings.cache, metrics) as cache,
        ):
            yield IngestAdapters(
                transactions=database.transactions,
                work=work,
                reader=database.reader,
                completions=completions,
                objects=objects,
                page_tokens=page_tokens,
                document_reader=document_reader,
                cache=cache or Uncached(),
            )
    finally:
        await completions.aclose()


def ingest_services(adapters: IngestAdapters) -> list[Service]:
    """IngestService, ReviewService, ValidateService, PageService and Operations."""
    transactions, reader = adapters.transactions, adapters.reader
    ingest = IngestServicer(
        reader=reader,
        ingest=IngestDocument(transactions, adapters.objects, utc_now, new_uuid),
        delete=DeleteInvoice(transactions, utc_now),
        reprocess=ReprocessInvoice(transactions, utc_now, new_uuid),
    )
    review = ReviewServicer(
        reader=reader,
        correct=CorrectInvoice(transactions, adapters.work, utc_now),
        approve=ApproveInvoice(transactions, utc_now),
        reject=RejectInvoice(transactions, utc_now),
        reopen=ReopenInvoice(transactions, utc_now),
    )
    validate = ValidateServicer(validate=ValidateDocument(adapters.document_reader, adapters.work))
    pages = PageServicer(
        render=RenderPage(
            transactions,
            reader,
            adapters.objects,
            adapters.document_reader,
            adapters.work,
            adapters.cache,
        ),
        attachment=GetAttachment(reader, adapters.objects, adapters.document_reader),
    )
    operations = OperationsServicer(
        transactions=transactions,
        reader=reader,
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
            page_service_pb2.DESCRIPTOR.services_by_name["PageService"],
            lambda s: page_service_pb2_grpc.add_PageServiceServicer_to_server(pages, s),
        ),
        (
            operations_pb2.DESCRIPTOR.services_by_name["Operations"],
            lambda s: operations_pb2_grpc.add_OperationsServicer_to_server(operations, s),
        ),
    ]
