"""The metrics of the queue are what the queue says, and no number where it says nothing."""

import asyncio
import math
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from invoice_summarizer.adapters.memory.operation_queue import MemoryOperationQueue
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.operation_queue import Backlog
from invoice_summarizer.processes.backlog import watch_backlog
from invoice_summarizer.telemetry import QueueMetrics


class Queue(MemoryOperationQueue):
    """Says what it is given to say."""

    def __init__(self, says: Backlog | None) -> None:
        super().__init__(MemoryStore(), max_attempts=3)
        self._says = says

    async def backlog(self) -> Backlog:
        if self._says is None:
            raise Unavailable("away")
        return self._says


@pytest.mark.parametrize(
    ("says", "due", "seconds"),
    [
        (Backlog(due=7, oldest=timedelta(minutes=2)), 7.0, 120.0),
        (Backlog(due=0, oldest=timedelta(0)), 0.0, 0.0),
        (None, math.nan, math.nan),
    ],
)
async def test_metrics_are_what_the_queue_says(
    says: Backlog | None, due: float, seconds: float
) -> None:
    registry, stop = CollectorRegistry(), asyncio.Event()
    metrics = QueueMetrics(registry)
    metrics.set(1, 1)
    stop.set()
    await watch_backlog(Queue(says), metrics, stop)
    told = (
        registry.get_sample_value("invoice_queue_due_operations"),
        registry.get_sample_value("invoice_queue_oldest_due_seconds"),
    )
    assert told == pytest.approx((due, seconds), nan_ok=True)
