"""The model of a benchmark: the one that is installed on this machine, served meanwhile, or one that answers elsewhere."""

import argparse
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.cli.local_model import model_beside
from invoice_summarizer.domain.summarizing.model_request import DECODE_PARAMETERS
from invoice_summarizer.ports.language_model import LanguageModel, ModelIdentity
from invoice_summarizer.settings import ModelSettings


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """The parser takes the options that `asked_model` reads."""
    parser.add_argument("--model-url", help="of a model that answers by the OpenAI protocol")
    parser.add_argument("--model-name", help="its name there")


@asynccontextmanager
async def asked_model(arguments: argparse.Namespace) -> AsyncIterator[LanguageModel]:
    """Yields the model at the URL; without one, that of `scripts/install-inference`, which is served until the block ends."""
    async with AsyncExitStack() as stack:
        settings = await _settings(arguments.model_url, arguments.model_name, stack)
        model = OpenAiLanguageModel(
            ModelIdentity(
                engine=settings.engine, model=settings.name, decode_parameters=DECODE_PARAMETERS
            ),
            base_url=settings.url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else "",
        )
        stack.push_async_callback(model.aclose)
        yield model


async def _settings(url: str | None, name: str | None, stack: AsyncExitStack) -> ModelSettings:
    if url and name:
        return ModelSettings(url=url, name=name)
    if url or name:
        raise SystemExit("--model-url and --model-name go together")
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    return await stack.enter_async_context(model_beside(Path(folder), print))
