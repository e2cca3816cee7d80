"""Waiting for an operation, in calls that are shorter than any deadline."""

import time

import grpc

from invoice_summarizer.cli.client import InvoiceClient, Operation
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import short_id


async def waited(client: InvoiceClient, name: str, seconds: float) -> Operation:
    """Returns the operation once it is done. Raises CommandFailed where the time is over before."""
    end = time.monotonic() + seconds
    while True:
        operation = await client.wait_operation(name, max(end - time.monotonic(), 0))
        if operation.done:
            return operation
        if time.monotonic() >= end:
            raise CommandFailed(
                ExitCode.UNAVAILABLE,
                "WAIT_TOO_LONG",
                f"{short_id(name)} is not done yet",
                grpc.StatusCode.DEADLINE_EXCEEDED,
            )
