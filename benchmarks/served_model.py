"""The model of a benchmark: the one that is installed on this machine, served meanwhile, or one that answers elsewhere."""

import argparse
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from invoice_summarizer.cli.local_model import model_beside
from invoice_summarizer.cli.model_elsewhere import model_settings
from invoice_summarizer.ports.language_model import LanguageModel
from invoice_summarizer.processes.model import opened_model
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.telemetry import Metrics


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """The parser takes the options that `asked_model` reads."""
    parser.add_argument("--model-url", help="of a model that answers by the OpenAI protocol")
    parser.add_argument("--model-name", help="its name there")


@asynccontextmanager
async def asked_model(arguments: argparse.Namespace) -> AsyncIterator[LanguageModel]:
    """Yields the model at the URL; without one, that of `scripts/install-inference`, which is served until the block ends."""
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(
            opened_model(
                await _settings(arguments.model_url, arguments.model_name, stack), Metrics()
            )
        )
        assert model is not None
        yield model


async def _settings(url: str | None, name: str | None, stack: AsyncExitStack) -> ModelSettings:
    if url and name:
        return model_settings(url, name, None)
    if url or name:
        raise SystemExit("--model-url and --model-name go together")
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    return await stack.enter_async_context(model_beside(Path(folder), print))
