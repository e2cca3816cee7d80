"""A model that is served beside `serve`, on the same machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
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


@asynccontextmanager
async def model_beside(folder: Path, report: Callable[[str], None]) -> AsyncIterator[ModelSettings]:
    """Serves the installed model until the block ends; then nothing of it is left running.

    `report` is told what takes its time, where the model answers, and where it ends by itself: the templates write until
    it is up again, at the same place. Raises CommandFailed where it cannot be started.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cluster = LocalCluster(default_place(), log=folder / LOG_FILE_NAME)
    try:
        manifest = await cluster.start(report)
    except InferenceFailed as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "MODEL_NOT_STARTED", str(error)) from None
    report(f"the model answers at {cluster.base_url}; its metrics: {cluster.metrics_url}")
    keeping_up = asyncio.create_task(_kept_up(cluster, report))
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
        keeping_up.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await keeping_up
        finally:
            await cluster.stop()


async def _kept_up(cluster: LocalCluster, report: Callable[[str], None]) -> None:
    """Starts the model again wherever it has ended; ends itself where that fails."""
    while True:
        await cluster.wait()
        report(
            f"the model has ended ({LOG_FILE_NAME} says more); it is started again, and templates write meanwhile"
        )
        await cluster.stop()
        try:
            await cluster.start(report)
        except InferenceFailed as error:
            report(
                f"templates write the summaries from now on, since the model cannot be started: {error}"
            )
            return
        report("the model answers again")
