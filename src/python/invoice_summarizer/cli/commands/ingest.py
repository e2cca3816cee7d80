"""`ingest` and `reprocess`: documents on their way to invoices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from invoice_summarizer.cli.client import InvoiceClient, Operation
from invoice_summarizer.cli.commands.operations import waited
from invoice_summarizer.cli.documents import documents_in, outgoing
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.names import invoice_name, short_id
from invoice_summarizer.cli.options import (
    EtagOption,
    InvoiceArgument,
    OutputOption,
    call,
    options_of,
)
from invoice_summarizer.cli.presentation.invoice import status_text
from invoice_summarizer.cli.presentation.lists import (
    failure_reason,
    metadata_of,
    operation_view,
    state_text,
)
from invoice_summarizer.cli.presentation.output import Record, record_of
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.presentation.progress import progress
from invoices.v1 import invoice_pb2

_WaitOption = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Wait until the documents have been read.")
]
_TimeoutOption = Annotated[
    float, typer.Option(min=0, help="Seconds to wait for each document at most.")
]


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file, and its operation or why there is none."""

    file: str
    answer: Operation | CommandFailed

    @property
    def exit_code(self) -> ExitCode:
        if isinstance(self.answer, CommandFailed):
            return self.answer.exit_code_of_document
        return ExitCode.FINDING if self.answer.HasField("error") else ExitCode.OK

    def record(self) -> Record:
        if isinstance(self.answer, CommandFailed):
            return {"file": self.file, "error": self.answer.record()}
        return record_of(self.answer, file=self.file)


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files, and folders of XML and PDF files."),
    ],
    wait: _WaitOption = True,
    timeout: _TimeoutOption = 300,
    stable_request_id: Annotated[
        bool,
        typer.Option(
            "--stable-request-id",
            help="Make each request id of the bytes: a run that is repeated repeats its requests.",
        ),
    ] = False,
    output: OutputOption = None,
) -> None:
    """Send documents to be read and kept. The same document again gives the same invoice.

    Where a document cannot be taken in, goes on with the others, and exits with the code of its failure; with 1 where
    failures differ. It is 1 where a document was refused or could not be read, and 3 where a file was not there. Where
    the server is lost on the way, it says how far it came.
    """
    options = options_of(context)
    shown = options.output(output)
    documents = documents_in(paths)
    files = documents.files

    async def run(client: InvoiceClient) -> tuple[list[Ingested], CommandFailed | None]:
        with progress(shown, "sending", len(files)) as done:

            async def send(file: Path) -> Operation:
                try:
                    document = outgoing(file, stable_request_id=stable_request_id)
                    return await client.ingest(document)
                finally:
                    done()

            answers = await in_turn(files, send)
        sent = [Ingested(str(file), answer) for file, answer in zip(files, answers, strict=True)]
        if not wait:
            return sent, None
        with progress(shown, "reading", len(sent)) as done:
            return await all_read(client, sent, timeout, done)

    answers, lost = call(options, run)
    shown.several(
        (*(each.record() for each in answers), *documents.records()),
        lambda: _view(answers, str(documents)),
    )
    failures = [each.exit_code for each in answers if each.exit_code]
    if lost is not None:
        shown.failure(lost)
        failures.append(lost.exit_code)
    if failures:
        raise typer.Exit(exit_code_of(failures))


def reprocess(
    context: typer.Context,
    invoice: InvoiceArgument,
    wait: _WaitOption = True,
    timeout: _TimeoutOption = 300,
    etag: EtagOption = "",
    output: OutputOption = None,
) -> None:
    """Read the document of an invoice once more. Corrections by people are lost."""
    options = options_of(context)
    name = invoice_name(options.tenant, invoice)

    async def run(client: InvoiceClient) -> Operation:
        operation = await client.reprocess(name, etag)
        return await waited(client, operation.name, timeout) if wait else operation

    operation = call(options, run)
    options.output(output).one(operation, lambda: operation_view(operation))
    if operation.HasField("error"):
        raise typer.Exit(ExitCode.FINDING)


async def all_read(
    client: InvoiceClient, sent: Sequence[Ingested], timeout: float, done: Callable[[], None]
) -> tuple[list[Ingested], CommandFailed | None]:
    """Returns what became of each document, waiting that many seconds for each.

    Where a failure would meet all the others too, returns the failure, and the others as they stood. `done` is called
    after each document.
    """
    answers: list[Ingested] = []
    for each in sent:
        try:
            answers.append(await _read(client, each, timeout))
        except CommandFailed as failure:
            if failure.meets_all:
                return [*answers, *sent[len(answers) :]], failure
            answers.append(Ingested(each.file, failure))
        done()
    return answers, None


async def _read(client: InvoiceClient, sent: Ingested, timeout: float) -> Ingested:
    """Raises CommandFailed."""
    if isinstance(sent.answer, CommandFailed) or sent.answer.done:
        return sent
    return Ingested(sent.file, await waited(client, sent.answer.name, timeout))


def _view(answers: list[Ingested], skipped: str) -> RenderableType:
    """Returns a line for each invoice, and what became of its file below."""
    lines = Text()
    for each in answers:
        if isinstance(each.answer, CommandFailed):
            lines.append(each.answer.reason, style="bold red").append(f"  {each.answer.message}")
        else:
            lines.append(short_id(metadata_of(each.answer).invoice)).append("  ")
            lines.append_text(_state(each.answer))
        lines.append(f"\n  {printable(each.file)}\n", style="dim")
    failed = sum(each.exit_code is not ExitCode.OK for each in answers)
    lines.append(f"{len(answers) - failed} taken in" + (f", {failed} failed" if failed else ""))
    lines.append(f"; {skipped}" if skipped else "")
    return lines


def _state(operation: Operation) -> Text:
    if operation.HasField("error"):
        return Text(failure_reason(operation), style="bold red")
    invoice = invoice_pb2.Invoice()
    if operation.response.Unpack(invoice):
        return status_text(invoice.status)
    return state_text(operation)
