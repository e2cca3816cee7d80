"""`ingest` and `reprocess`: documents on their way to invoices."""

import sys
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient, Operation
from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.documents import documents_in
from invoice_summarizer.cli.duplicates import suspected
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.in_turn import exit_code_of
from invoice_summarizer.cli.ingestion import Ingested, Tally, ingested
from invoice_summarizer.cli.options import EtagOption, Options, call, options_of
from invoice_summarizer.cli.presentation.ingestion import (
    counted,
    ingested_line,
    invoice_of,
    short_record,
    whole_record,
)
from invoice_summarizer.cli.presentation.lists import operation_view
from invoice_summarizer.cli.presentation.progress import reading_progress
from invoice_summarizer.cli.presentation.replay import differs, replay_of, replay_view
from invoice_summarizer.cli.waiting import waited

_WaitOption = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Wait until the documents have been read.")
]
_TimeoutOption = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="How long to wait for each document at most."),
]


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Files, folders of XML, PDF and picture files, or - for standard input.",
        ),
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
) -> None:
    """Send documents to be read and kept. The same document again gives the same invoice.

    Prints each result as it comes. Where a document cannot be taken in, goes on with the others, and exits with the
    code of its failure; with 1 where failures differ. It is 1 where a document was refused or could not be read, and 3
    where a file was not there. Where it is cut off, says how far it came: running it again takes nothing in twice.
    """
    options = options_of(context)
    shown = options.output()
    documents = documents_in(paths)
    tally = Tally(total=len(documents.files))
    answers: list[Ingested] = []

    async def run(client: InvoiceClient) -> None:
        with reading_progress(shown, "reading" if wait else "sending", tally.total) as bar:
            each = ingested(
                client,
                documents.files,
                tally,
                wait_seconds=timeout if wait else None,
                stable_request_id=stable_request_id,
                told=bar.pages if shown.errors.is_terminal else None,
            )
            async with aclosing(each) as coming:
                async for answer in coming:
                    answers.append(answer)
                    others = await suspected(client, [invoice_of(answer)], shown.format)
                    shown.piece(short_record(answer), partial(ingested_line, answer, others))
                    bar.advance(answer.file)

    lost = _interrupted_or_lost(options, run, tally)
    shown.rest(
        [whole_record(answer) for answer in answers],
        documents.records(),
        lambda: counted(answers, str(documents)),
    )
    failures = [each.exit_code for each in answers if each.exit_code]
    if lost is not None:
        shown.failure(lost)
        if lost.exit_code is ExitCode.INTERRUPTED:
            raise typer.Exit(lost.exit_code)
        failures.append(lost.exit_code)
    if failures:
        raise typer.Exit(exit_code_of(failures))


def _interrupted_or_lost(
    options: Options, run: Callable[[InvoiceClient], Awaitable[None]], tally: Tally
) -> CommandFailed | None:
    """Returns what cut the run off, with how far it came; None where nothing did.

    Raises CommandFailed where nothing was sent before.
    """
    try:
        call(options, run)
    except CommandFailed as failure:
        if not tally.sent:
            raise
        failure.message = f"{failure.message}; {tally}"
        return failure
    except KeyboardInterrupt:
        return CommandFailed(ExitCode.INTERRUPTED, "INTERRUPTED", f"interrupted; {tally}")
    return None


def reprocess(
    context: typer.Context,
    invoice: InvoiceArgument,
    wait: _WaitOption = True,
    timeout: _TimeoutOption = 300,
    etag: EtagOption = "",
    replay: Annotated[
        bool,
        typer.Option(
            "--replay",
            help="Change nothing: read it and write its summaries again, and say what is not as it is stored.",
        ),
    ] = False,
    discard_corrections: Annotated[
        bool, typer.Option("--discard-corrections", help="Do not ask whether they may be lost.")
    ] = False,
) -> None:
    """Read the document of an invoice once more. Where people have corrected the invoice, asks whether that may be lost.

    Exits with 1 where it failed, and where a replay differs from what is stored.
    """
    options = options_of(context)

    def reprocessed(discard: bool) -> Operation:
        async def run(client: InvoiceClient, name: str) -> Operation:
            operation = await client.reprocess(
                name, etag, replay=replay, discard_corrections=discard
            )
            return await waited(client, operation.name, timeout) if wait else operation

        return call_on(options, invoice, run)

    try:
        operation = reprocessed(discard_corrections)
    except CommandFailed as failure:
        if failure.reason != "CORRECTIONS_AT_STAKE":
            raise
        _ask_whether_corrections_go(failure)
        operation = reprocessed(True)
    result = replay_of(operation)
    options.output().one(
        operation, lambda: operation_view(operation) if result is None else replay_view(result)
    )
    if operation.HasField("error") or (result is not None and differs(result)):
        raise typer.Exit(ExitCode.FINDING)


def _ask_whether_corrections_go(failure: CommandFailed) -> None:
    """Returns where a person says so; ends the command where not. Raises the failure where nobody is there to be asked."""
    if not sys.stdin.isatty():
        failure.message = (
            "people have corrected the invoice, and reading it again loses that (`invoicectl history` has the fields):"
            " --discard-corrections reads it all the same"
        )
        raise failure
    typer.confirm(
        "People have corrected this invoice. Read it again, and lose what they corrected?",
        abort=True,
        err=True,
    )
