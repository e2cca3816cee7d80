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
PATIENCE_SECONDS = 5.0  # with a batch that no worker has taken up; a free one takes it up at once
WITHOUT_CLUSTER = (
    "no worker with a cluster has taken it up; `invoicectl serve --batches` has one, "
    "and else whoever runs the system gives a worker one by INVOICES_BATCHES__URL"
)
_State = batch_pb2.Batch.State
_OPEN = (_State.PENDING, _State.RUNNING)


async def done_batch(
    client: InvoiceClient,
    name: str,
    seconds: float,
    show: Callable[[batch_pb2.Batch], None],
    say: Callable[[str], None],
    *,
    look_seconds: float = LOOK_SECONDS,
) -> batch_pb2.Batch:
    """Returns the batch once it is done; `show` is given it at each look. Raises CommandFailed where the time is over.

    `say` is given a sentence, once, where nobody takes the batch up, and how somebody would.
    """
    begin = time.monotonic()
    end = begin + seconds
    said = False
    while True:
        batch = await client.batches.get(name)
        show(batch)
        if batch.state not in _OPEN:
            return batch
        waits = batch.state == _State.PENDING and time.monotonic() >= begin + PATIENCE_SECONDS
        if waits and not said:
            say(f"batch {short_id(name)} waits: {_where(batch)}")
            said = True
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
    return WITHOUT_CLUSTER


def interrupted(batch: batch_pb2.Batch) -> CommandFailed:
    """Returns what a person is told who stops waiting: which batch it is, that it stays, and how to go on."""
    name = short_id(batch.name)
    return CommandFailed(
        ExitCode.INTERRUPTED,
        "INTERRUPTED",
        f"interrupted; batch {name} goes on without you: `invoicectl batch status {name} --wait` waits again,"
        f" `invoicectl batch cancel {name}` stops it",
    )
