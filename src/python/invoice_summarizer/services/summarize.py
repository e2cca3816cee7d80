"""The process `summarize`: SummarizeService."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.processes.page_tokens import PAGE_TOKEN_LOOKS
from invoice_summarizer.processes.redis import SharedState
from invoice_summarizer.processes.summarize import opened_summarize_adapters, summarize_services
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.services.server_process import run_server
from invoice_summarizer.settings import SummarizeSettings
from invoice_summarizer.telemetry import Metrics


@asynccontextmanager
async def _services(
    settings: SummarizeSettings,
    database: PostgresDatabase,
    work: LongWork,
    _: SharedState,
    metrics: Metrics,
) -> AsyncIterator[Sequence[Service]]:
    async with opened_summarize_adapters(settings, database, work, metrics) as adapters:
        yield summarize_services(adapters, metrics)


def main() -> None:
    run_server("summarize", SummarizeSettings, _services, PAGE_TOKEN_LOOKS)


if __name__ == "__main__":
    main()
