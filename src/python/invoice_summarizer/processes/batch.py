"""What a job of a batch is made of, wherever it runs: it plans the batch, and does its items."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from invoice_summarizer.adapters.filesystem.import_folder import FilesystemImportFolder
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.processes.assisted_reading import reader_with_model
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.long_work import opened_long_work
from invoice_summarizer.processes.model import opened_model
from invoice_summarizer.processes.object_storage import opened_object_store
from invoice_summarizer.processes.reading import log_walls
from invoice_summarizer.processes.summary_writing import summary_writer
from invoice_summarizer.settings import BatchProcessSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.plan_batch import PlanBatch
from invoice_summarizer.use_cases.run_batch import RunItems
from invoice_summarizer.use_cases.take_in_documents import TakeInDocuments

_SUMMARIES_AT_ONCE = 16  # a model answers many side by side


@dataclass(frozen=True, slots=True)
class BatchRunner:
    """`plan` comes first and says how many items there are; `run` then does any ranges of them, at any place."""

    plan: PlanBatch
    run: RunItems


@asynccontextmanager
async def opened_batch_runner(settings: BatchProcessSettings) -> AsyncIterator[BatchRunner]:
    """Yields a runner; at the end no process of it is left, and no connection. Raises WrongSetting.

    Nobody asks a job for its metrics: what its model takes stands in those of vLLM.
    """
    metrics = Metrics()
    imports = FilesystemImportFolder(settings.import_folder)
    async with (
        opened_object_store(settings) as objects,
        opened_long_work() as work,
        opened_database(settings.database, "batch", work) as database,
        opened_document_reader(settings.reading, log_walls) as reader,
        opened_model(settings.model, metrics) as model,
    ):
        writer = summary_writer(settings.model, model, work)
        transactions = database.transactions
        take_in = TakeInDocuments(
            transactions,
            objects,
            imports,
            reader_with_model(reader, settings.model, model, metrics),
            work,
            utc_now,
            new_uuid,
            at_once=2
            * settings.reading.processes,  # the next ones are fetched while these are read
        )
        yield BatchRunner(
            PlanBatch(transactions, imports),
            RunItems(transactions, take_in, writer, utc_now, new_uuid, at_once=_SUMMARIES_AT_ONCE),
        )
