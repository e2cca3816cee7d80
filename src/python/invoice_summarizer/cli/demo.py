"""The demo: real services on this machine read the sample invoices and answer questions about them.

It needs nothing and leaves nothing: everything lives in a temporary folder, and ends with this process.
"""

import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from rich.console import Console
from rich.text import Text

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import (
    Invoice,
    InvoiceClient,
    Operation,
    connected,
)
from invoice_summarizer.cli.documents import stable_id
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.outgoing_document import OutgoingDocument
from invoice_summarizer.cli.presentation.aggregates import aggregates_view
from invoice_summarizer.cli.presentation.document import document_rule
from invoice_summarizer.cli.presentation.findings import findings_view
from invoice_summarizer.cli.presentation.invoice import (
    completeness_line,
    review_reasons_view,
    status_text,
)
from invoice_summarizer.cli.presentation.lists import (
    failure_reason,
    invoices_view,
    metadata_of,
    state_text,
)
from invoice_summarizer.cli.presentation.sum_notes import sum_notes
from invoice_summarizer.cli.presentation.summary import SummaryView
from invoice_summarizer.cli.presentation.terminal import terminal
from invoice_summarizer.local_stack import LocalStack, local_stack
from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices
from invoice_summarizer.telemetry import configure_logging
from invoices.v1 import summary_pb2

_REVIEW_FILTER = 'status="review_pending"'
_POLL_SECONDS = 0.05
_LONGEST_READING_SECONDS = 60


def main() -> None:
    """Exits with 0 where every sample was read and everything was asked and answered."""
    console = terminal()
    started = time.monotonic()
    try:
        asyncio.run(_until_signalled(console))
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
    except CommandFailed as failure:
        print(f"demo: {failure}", file=sys.stderr)
        sys.exit(failure.exit_code)
    seconds = time.monotonic() - started
    console.print(f"Done in {seconds:.0f} s: nothing is left running, and no file.")


async def _until_signalled(console: Console) -> None:
    """SIGTERM ends the demo as Ctrl-C does: by the way of every `finally`."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with tempfile.TemporaryDirectory(prefix="invoices-demo-") as name:
        folder = Path(name)
        with (folder / "demo.log").open("w", encoding="utf-8") as log:
            configure_logging("demo", file=log)
            await _demo(console, folder)


async def _demo(console: Console, folder: Path) -> None:
    samples = sample_invoices()
    console.print(f"Made {len(samples)} sample invoices.")
    async with AsyncExitStack() as stack:
        with console.status("Starting PostgreSQL, three services and a worker ..."):
            running = await stack.enter_async_context(
                local_stack(folder, one_server=False, throwaway=True)
            )
        endpoint = _endpoint(running)
        console.print(
            "Started PostgreSQL, a worker, and on loopback"
            f" ingest {endpoint.ingest_address}, summarize {endpoint.summarize_address},"
            f" query {endpoint.query_address}."
        )
        client = await stack.enter_async_context(connected(endpoint))
        names = await _ingest(console, client, samples)
        invoices = [
            await _show(console, client, sample, names[sample.file_name]) for sample in samples
        ]
        await _ask(console, client, invoices)
        with console.status("Stopping ..."):
            await stack.aclose()


def _endpoint(running: LocalStack) -> Endpoint:
    return Endpoint(
        ingest_address=f"127.0.0.1:{running.ingest_port}",
        summarize_address=f"127.0.0.1:{running.summarize_port}",
        query_address=f"127.0.0.1:{running.query_port}",
        token=running.token,
        tenant=running.tenant,
    )


async def _ingest(
    console: Console, client: InvoiceClient, samples: Sequence[SampleInvoice]
) -> Mapping[str, str]:
    """Returns the invoice's name for each sample's, once all have been read; says each change as it comes."""
    console.print("Sending them through gRPC, and watching the operations:")
    watched: dict[str, Operation] = {}
    for sample in samples:
        document = OutgoingDocument(
            data=sample.data,
            file_name=sample.file_name,
            media_type=sample.media_type,
            request_id=stable_id(sample.data),
        )
        watched[sample.file_name] = await client.ingest(document)
        _say_state(console, sample.file_name, watched[sample.file_name])
    end = time.monotonic() + _LONGEST_READING_SECONDS
    with console.status("Reading ..."):
        while waiting := [name for name, operation in watched.items() if not operation.done]:
            if time.monotonic() > end:
                raise _failed("READING_TOO_LONG", f"not read in time: {', '.join(waiting)}")
            await asyncio.sleep(_POLL_SECONDS)
            for name in waiting:
                before, after = watched[name], await client.get_operation(watched[name].name)
                if state_text(before) != state_text(after):
                    _say_state(console, name, after)
                watched[name] = after
    failed = [name for name, operation in watched.items() if operation.HasField("error")]
    if failed:
        raise _failed("DOCUMENT_NOT_READ", f"not read: {', '.join(failed)}")
    return {name: metadata_of(operation).invoice for name, operation in watched.items()}


def _say_state(console: Console, name: str, operation: Operation) -> None:
    line = Text(f"  {name:<28}").append_text(state_text(operation))
    console.print(line.append(f" {failure_reason(operation)}".rstrip()))


async def _show(
    console: Console, client: InvoiceClient, sample: SampleInvoice, name: str
) -> Invoice:
    invoice = await client.get_invoice(name)
    summary = await client.summarize(name, "en", summary_pb2.Summary.SHORT)
    console.print()
    console.print(document_rule(sample.file_name))
    console.print(Text("status: ").append_text(status_text(invoice.status)))
    console.print(SummaryView(summary))
    console.print()
    console.print(findings_view(invoice.findings, invoice.other_rules))
    console.print(completeness_line(invoice.completeness))
    reasons = invoice.review_reasons
    console.print(review_reasons_view(reasons, invoice.status, findings=invoice.findings))
    return invoice


async def _ask(console: Console, client: InvoiceClient, invoices: Sequence[Invoice]) -> None:
    found = await client.list_invoices(filter=_REVIEW_FILTER)
    console.print()
    console.print(document_rule(f"list, filter {_REVIEW_FILTER}"))
    console.print(invoices_view(found.invoices, found.total_size, more=False))
    sums = await client.aggregate("", [])
    console.print()
    console.print(document_rule("sums for each currency"))
    console.print(aggregates_view(sums))
    for note in sum_notes(sums.aggregates, invoices):
        console.print(note)
    console.print()


def _failed(reason: str, message: str) -> CommandFailed:
    return CommandFailed(ExitCode.FINDING, reason, message)


if __name__ == "__main__":
    main()
