"""The process `ingest`: IngestService, ReviewService, ValidateService, PageService and Operations."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.processes.ingest import ingest_services, opened_ingest_adapters
from invoice_summarizer.processes.object_storage import OBJECT_LOOKS
from invoice_summarizer.processes.page_tokens import PAGE_TOKEN_LOOKS
from invoice_summarizer.processes.redis import CACHE_LOOKS, SharedState
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.services.server_process import run_server
from invoice_summarizer.settings import IngestSettings
from invoice_summarizer.telemetry import Metrics


@asynccontextmanager
async def _services(
    settings: IngestSettings,
    database: PostgresDatabase,
    work: LongWork,
    state: SharedState,
    metrics: Metrics,
) -> AsyncIterator[Sequence[Service]]:
    async with opened_ingest_adapters(settings, database, work, metrics, state) as adapters:
        yield ingest_services(adapters)


def main() -> None:
    run_server(
        "ingest", IngestSettings, _services, {**OBJECT_LOOKS, **PAGE_TOKEN_LOOKS, **CACHE_LOOKS}
    )


if __name__ == "__main__":
    main()
