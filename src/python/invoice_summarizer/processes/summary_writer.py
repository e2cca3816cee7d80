"""What writes summaries: the templates, and a model where one is configured."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.domain.summarizing.model_request import DECODE_PARAMETERS
from invoice_summarizer.ports.language_model import LanguageModel, ModelIdentity
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.use_cases.write_summary import SummaryWriter
from invoice_summarizer.version import VERSION


@asynccontextmanager
async def opened_summary_writer(
    settings: ModelSettings | None, work: LongWork
) -> AsyncIterator[SummaryWriter]:
    """Yields the writer; connections to a model are closed at the end."""
    async with _opened_model(settings) as model:
        answer_seconds = settings.answer_seconds if settings else 0.0
        yield SummaryWriter(work, model, build=VERSION, answer_seconds=answer_seconds)


@asynccontextmanager
async def _opened_model(settings: ModelSettings | None) -> AsyncIterator[LanguageModel | None]:
    if settings is None:
        yield None
        return
    model = OpenAiLanguageModel(
        ModelIdentity(
            engine=settings.engine,
            model=settings.name,
            weights_sha256=settings.weights_sha256 or "",
            tokenizer_sha256=settings.tokenizer_sha256 or "",
            decode_parameters=DECODE_PARAMETERS,
        ),
        base_url=settings.url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else "",
    )
    try:
        yield model
    finally:
        await model.aclose()
