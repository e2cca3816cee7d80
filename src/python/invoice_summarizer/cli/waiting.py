"""Waiting for an operation, in calls that are shorter than any deadline."""

import math
import time
from collections.abc import Callable

import grpc

from invoice_summarizer.cli.client import InvoiceClient, Operation
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.lists import metadata_of

PagesTold = Callable[[int, int], None]


_LOOK_SECONDS = 2.0  # for the pages of a scan, which take a second each


async def waited(
    client: InvoiceClient, name: str, seconds: float, told: PagesTold | None = None
) -> Operation:
    """Returns the operation once it is done; `told` learns of its pages, where there are some to be read.

    Raises CommandFailed where the time is over before.
    """
    most = math.inf if told is None else _LOOK_SECONDS
    end = time.monotonic() + seconds
    while True:
        left = max(end - time.monotonic(), 0)
        operation = await client.wait_operation(name, min(left, most))
        if operation.done:
            return operation
        progress = metadata_of(operation).progress
        if told is not None and progress.total > 1:
            told(progress.done, progress.total)
        if time.monotonic() >= end:
            raise CommandFailed(
                ExitCode.UNAVAILABLE,
                "WAIT_TOO_LONG",
                f"{short_id(name)} is not done yet",
                grpc.StatusCode.DEADLINE_EXCEEDED,
            )
