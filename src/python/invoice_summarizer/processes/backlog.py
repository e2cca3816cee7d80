"""How much waits in the queue, for the metrics of a worker."""

import asyncio
import math

import structlog

from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.operation_queue import OperationQueue
from invoice_summarizer.processes.parts import stopped_within
from invoice_summarizer.telemetry import QueueMetrics

LOOK_SECONDS = 5.0

_log = structlog.get_logger()


async def watch_backlog(
    queue: OperationQueue,
    metrics: QueueMetrics,
    stop: asyncio.Event,
    look_seconds: float = LOOK_SECONDS,
) -> None:
    """Every five seconds, until `stop` is set, the metrics are what the queue says; NaN where it does not answer."""
    while True:
        try:
            backlog = await queue.backlog()
            metrics.set(backlog.due, backlog.oldest.total_seconds())
        except InvoiceSummarizerError as error:
            metrics.set(math.nan, math.nan)
            _log.warning("backlog_unknown", reason=error.reason)
        if await stopped_within(stop, look_seconds):
            return
