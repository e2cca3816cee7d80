"""The process `summarize`: SummarizeService."""

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.rpc.summarize_servicer import SummarizeServicer
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from invoice_summarizer.version import VERSION
from invoices.v1 import summarize_service_pb2, summarize_service_pb2_grpc


def summarize_adapters(database: PostgresDatabase) -> Transactions:
    """Returns the one adapter that the service needs."""
    return database.transactions


def summarize_services(
    transactions: Transactions, work: LongWork, metrics: Metrics
) -> list[Service]:
    """SummarizeService."""
    summarize = SummarizeServicer(
        summarize=SummarizeInvoice(transactions, work, utc_now, new_uuid, build=VERSION),
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
