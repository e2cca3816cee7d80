"""The model of `serve`: one that is served beside it, or one that answers somewhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from invoice_inference.local_cluster import InferenceFailed, LocalCluster
from invoice_inference.place import ENGINE, default_place
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.settings import ModelSettings

LOG_FILE_NAME = "inference.log"
# On a processor an answer takes its time, and more where others are answered too.
_ANSWER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ModelElsewhere:
    """An endpoint by the OpenAI protocol, and the model's name there."""

    url: str
    name: str
    api_key: str | None = None

    @property
    def settings(self) -> ModelSettings:
        return ModelSettings(
            url=self.url,
            name=self.name,
            api_key=SecretStr(self.api_key) if self.api_key else None,
        )


@asynccontextmanager
async def model_beside(folder: Path, report: Callable[[str], None]) -> AsyncIterator[ModelSettings]:
    """Serves the installed model until the block ends; then nothing of it is left running.

    `report` is told what takes its time, and that the model has ended, where it ends by itself: the templates write
    from then on. Raises CommandFailed where it cannot be started.
    """
    cluster = LocalCluster(default_place(), log=folder / LOG_FILE_NAME)
    try:
        manifest = await cluster.start(report)
    except InferenceFailed as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "MODEL_NOT_STARTED", str(error)) from None
    watching = asyncio.create_task(_told_of_its_end(cluster, report))
    try:
        yield ModelSettings(
            url=cluster.base_url,
            name=manifest.name,
            engine=ENGINE,
            api_key=SecretStr(cluster.token),
            weights_sha256=manifest.weights_digest,
            tokenizer_sha256=manifest.tokenizer_digest,
            answer_seconds=_ANSWER_SECONDS,
        )
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await cluster.stop()


async def _told_of_its_end(cluster: LocalCluster, report: Callable[[str], None]) -> None:
    await cluster.wait()
    report(f"the model has ended ({LOG_FILE_NAME} says more); templates write the summaries now")
