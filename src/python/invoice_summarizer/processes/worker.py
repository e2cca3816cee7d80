"""The process `worker`: reads what was ingested, looks after batches, and keeps house. It serves no API."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.adapters.postgres.operation_queue import PostgresOperationQueue
from invoice_summarizer.adapters.postgres.task_schedule import PostgresTaskSchedule
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.domain.operation import BATCH_KINDS, READING_KINDS
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.invoice_views import ViewRenewal
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.ports.task_schedule import TaskSchedule
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.ports.wake_ups import WakeUps
from invoice_summarizer.processes.assisted_reading import reader_with_model
from invoice_summarizer.processes.listening_failures import log_listening_failure
from invoice_summarizer.processes.model import opened_model
from invoice_summarizer.processes.object_storage import opened_object_store
from invoice_summarizer.processes.reading import log_walls
from invoice_summarizer.processes.summary_writing import summary_writer
from invoice_summarizer.settings import WorkerProcessSettings
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.forget_requests import ForgetRequests
from invoice_summarizer.use_cases.housekeeping import HouseTask, KeepHouse
from invoice_summarizer.use_cases.process_batch import BatchStep, ProcessBatch
from invoice_summarizer.use_cases.process_operation import ProcessOperation, Step
from invoice_summarizer.use_cases.renew_views import RenewViews
from invoice_summarizer.use_cases.sweep_objects import SweepObjects
from invoice_summarizer.use_cases.work import LEASE, Work
from invoice_summarizer.use_cases.write_summary import SummaryWriter

_SWEEP_INTERVAL = timedelta(minutes=10)
_FORGET_INTERVAL = timedelta(hours=1)
_RENEW_INTERVAL = timedelta(minutes=10)
_BATCHES_AT_ONCE = 64  # that a worker looks after; the cluster does the work
# A batch goes on for days, and is taken up again whenever a worker is replaced or the cluster was away.
_BATCH_ATTEMPTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAdapters:
    transactions: Transactions
    work: LongWork
    queue: OperationQueue
    schedule: TaskSchedule
    view_renewal: ViewRenewal
    objects: ObjectStore
    document_reader: DocumentReader
    writer: SummaryWriter
    batch_queue: OperationQueue
    batch_jobs: BatchJobs | None  # None: batches are left to workers that have a cluster


@asynccontextmanager
async def opened_worker_adapters(
    settings: WorkerProcessSettings,
    database: PostgresDatabase,
    work: LongWork,
    metrics: Metrics,
    batch_jobs: BatchJobs | None = None,
    wake_ups: WakeUps | None = None,
) -> AsyncIterator[WorkerAdapters]:
    """Yields the adapters; at the end no reading process is left, and nobody listens to the queues."""
    queue = PostgresOperationQueue(
        database.engine,
        max_attempts=settings.worker.max_attempts,
        listening_failed=log_listening_failure,
        kinds=READING_KINDS,
        limits=database.limits,
        wake_ups=wake_ups,
    )
    batch_queue = PostgresOperationQueue(
        database.engine,
        max_attempts=_BATCH_ATTEMPTS,
        listening_failed=log_listening_failure,
        kinds=BATCH_KINDS,
        limits=database.limits,
        application_name="batch-wake-up",
        wake_ups=wake_ups,
    )
    try:
        async with (
            opened_object_store(settings) as objects,
            opened_document_reader(settings.reading, log_walls) as document_reader,
            opened_model(settings.model, metrics) as model,
        ):
            yield WorkerAdapters(
                transactions=database.transactions,
                work=work,
                queue=queue,
                schedule=PostgresTaskSchedule(database.engine, limits=database.limits),
                view_renewal=database.view_renewal,
                objects=objects,
                document_reader=reader_with_model(document_reader, settings.model, model, metrics),
                writer=summary_writer(settings.model, model, work),
                batch_queue=batch_queue,
                batch_jobs=batch_jobs,
            )
    finally:
        await batch_queue.aclose()
        await queue.aclose()


def keep_house(adapters: WorkerAdapters) -> KeepHouse:
    sweep = SweepObjects(adapters.transactions, adapters.objects, utc_now)
    forget = ForgetRequests(adapters.queue, utc_now)
    renew = RenewViews(adapters.view_renewal)
    return KeepHouse(
        adapters.schedule,
        [
            HouseTask(name="sweep_objects", interval=_SWEEP_INTERVAL, run=sweep),
            HouseTask(name="forget_requests", interval=_FORGET_INTERVAL, run=forget),
            HouseTask(name="renew_views", interval=_RENEW_INTERVAL, run=renew),
        ],
    )


def work(
    adapters: WorkerAdapters,
    metrics: Metrics,
    *,
    worker: str,
    slots: int,
    lease: timedelta = LEASE,
    reached: Callable[[Step], None] = lambda step: None,
) -> Work:
    """Returns the worker's loop; `reached` is called at each step of an operation."""
    process = ProcessOperation(
        adapters.transactions,
        adapters.queue,
        adapters.objects,
        adapters.document_reader,
        adapters.work,
        utc_now,
        adapters.writer,
        new_uuid,
        reached,
    )
    return Work(
        adapters.queue,
        process,
        worker=worker,
        slots=slots,
        lease=lease,
        on_done=lambda claim, outcome: metrics.operations.labels(
            claim.operation.kind, outcome
        ).inc(),
    )


async def look_after_batches(
    adapters: WorkerAdapters,
    metrics: Metrics,
    stop: asyncio.Event,
    *,
    worker: str,
    lease: timedelta = LEASE,
    reached: Callable[[BatchStep], None] = lambda step: None,
) -> None:
    """Has the cluster do batches until `stop` is set, then gives back those under way; without a cluster, does nothing."""
    if adapters.batch_jobs is None:
        await stop.wait()
        return
    queue = adapters.batch_queue
    process = ProcessBatch(
        adapters.transactions, queue, adapters.batch_jobs, utc_now, stop, reached=reached
    )
    loop = Work(
        queue,
        process,
        worker=worker,
        slots=_BATCHES_AT_ONCE,
        lease=lease,
        on_done=lambda claim, outcome: metrics.operations.labels(
            claim.operation.kind, outcome
        ).inc(),
    )
    await loop(stop)
