"""Waiting for a batch, which can go on for days: how far it is shows meanwhile."""

import asyncio
import time
from collections.abc import Callable

import grpc

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import short_id
from invoices.v1 import batch_pb2

LOOK_SECONDS = 2.0
_State = batch_pb2.Batch.State
_OPEN = (_State.PENDING, _State.RUNNING)


async def done_batch(
    client: InvoiceClient,
    name: str,
    seconds: float,
    show: Callable[[batch_pb2.Batch], None],
    *,
    look_seconds: float = LOOK_SECONDS,
) -> batch_pb2.Batch:
    """Returns the batch once it is done; `show` is given it at each look. Raises CommandFailed where the time is over."""
    end = time.monotonic() + seconds
    while True:
        batch = await client.batches.get(name)
        show(batch)
        if batch.state not in _OPEN:
            return batch
        if time.monotonic() >= end:
            raise CommandFailed(
                ExitCode.UNAVAILABLE,
                "WAIT_TOO_LONG",
                f"batch {short_id(name)} is not done yet: {_where(batch)}",
                grpc.StatusCode.DEADLINE_EXCEEDED,
            )
        await asyncio.sleep(min(look_seconds, max(end - time.monotonic(), 0.0)))


def _where(batch: batch_pb2.Batch) -> str:
    counts = batch.counts
    if batch.state == _State.RUNNING:
        return f"{counts.summarized + counts.failed} of {counts.total} items are"
    if batch.last_failure:
        return f"it waits to be taken up again [{batch.last_failure}]"
    return "no worker that has a cluster has taken it up; `invoicectl serve --batches` has one"
