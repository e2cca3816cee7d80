"""What writes summaries: the templates, and a model where the settings name one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.processes.model import opened_model
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.write_summary import SummaryWriter
from invoice_summarizer.version import VERSION


@asynccontextmanager
async def opened_summary_writer(
    settings: ModelSettings | None, work: LongWork, metrics: Metrics
) -> AsyncIterator[SummaryWriter]:
    """Yields a writer; connections to a model are closed at the end."""
    async with opened_model(settings, metrics) as model:
        yield summary_writer(settings, model, work)


def summary_writer(
    settings: ModelSettings | None, model: LanguageModel | None, work: LongWork
) -> SummaryWriter:
    """Returns a writer with the model of these settings."""
    answer_seconds = settings.answer_seconds if settings else 0.0
    return SummaryWriter(work, model, build=VERSION, answer_seconds=answer_seconds)
