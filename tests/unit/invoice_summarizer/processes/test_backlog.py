"""The metrics of the queue are what the queue says, and no number where it says nothing."""

import asyncio
import math
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.operation_queue import FaultyOperationQueue
from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.processes.backlog import watch_backlog
from invoice_summarizer.telemetry import QueueMetrics
from storage_samples import add_invoice, pending_operation, received_invoice

AGE = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("due", "fault", "told"),
    [
        (7, None, (7.0, AGE.total_seconds())),
        (0, None, (0.0, 0.0)),
        (7, Unavailable("away"), (math.nan, math.nan)),
    ],
)
async def test_metrics_are_what_the_queue_says(
    due: int, fault: Exception | None, told: tuple[float, float]
) -> None:
    store, faults = MemoryStore(), Faults()
    operations = [pending_operation(received_invoice(number)) for number in range(due)]
    async with MemoryTransactions(store).begin("acme") as transaction:
        for number, operation in enumerate(operations):
            await add_invoice(transaction, received_invoice(number))
            await transaction.operations.add(operation)
    now = pending_operation(received_invoice(0)).due_time + AGE
    queue = MemoryOperationQueue(store, max_attempts=3, clock=lambda: now)
    if fault:
        faults.fail("backlog", fault)
    registry, stop = CollectorRegistry(), asyncio.Event()
    metrics = QueueMetrics(registry)
    metrics.set(1, 1)
    stop.set()
    await watch_backlog(FaultyOperationQueue(queue, faults), metrics, stop)
    said = (
        registry.get_sample_value("invoice_queue_due_operations"),
        registry.get_sample_value("invoice_queue_oldest_due_seconds"),
    )
    assert said == pytest.approx(told, nan_ok=True)
