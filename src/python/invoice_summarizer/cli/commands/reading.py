"""`read` and `validate`: documents that are not stored."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.documents import Documents, documents_in, outgoing, read_file
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed, CommandFailed
from invoice_summarizer.cli.options import (
    LanguageOption,
    OutputOption,
    Style,
    StyleOption,
    call,
    options_of,
)
from invoice_summarizer.cli.presentation.document import DocumentOutcome, outcomes_view
from invoice_summarizer.cli.presentation.output import Output
from invoices.v1 import summary_pb2

_Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Files, and folders of XML and PDF files."),
]


def read(
    context: typer.Context,
    files: _Files,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    output: OutputOption = None,
) -> None:
    """Read documents here: no server, no database, nothing stored.

    Prints the summary with numbered evidence, the checks, and why a person has to look. Exits with 1 where a document
    could not be read, or a check of severity WARNING or ERROR failed.
    """
    documents = documents_in(files)
    outcomes = asyncio.run(_read(documents.files, language, style))
    _print(outcomes, documents, options_of(context).output(output))


def validate(
    context: typer.Context,
    files: _Files,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    output: OutputOption = None,
) -> None:
    """Have the server read and check documents without storing them.

    Exits with 1 where a document could not be read, or a check of severity WARNING or ERROR failed.
    """
    options = options_of(context)
    documents = documents_in(files)

    async def ask(client: InvoiceClient) -> list[DocumentOutcome]:
        return [await _validated(client, file, language, style) for file in documents.files]

    _print(call(options, ask), documents, options.output(output))


async def _read(files: Sequence[Path], language: str, style: Style) -> list[DocumentOutcome]:
    # Here, so that commands that only call a server start without what reads documents.
    from invoice_summarizer.cli.reading import opened_reader, validated
    from invoice_summarizer.domain import summary
    from invoice_summarizer.use_cases.validate_document import ValidateDocument

    outcomes = []
    async with opened_reader() as reader:
        validate = ValidateDocument(reader)
        for file in files:
            try:
                answer = await validated(
                    validate, read_file(file), language, summary.Style(style.api_name)
                )
                outcomes.append(DocumentOutcome(str(file), answer))
            except CommandFailed as failure:
                if failure.exit_code is ExitCode.USAGE:
                    raise
                outcomes.append(DocumentOutcome(str(file), failure))
    return outcomes


async def _validated(
    client: InvoiceClient, file: Path, language: str, style: Style
) -> DocumentOutcome:
    wanted = summary_pb2.Summary.Style.Value(style.api_name)
    try:
        return DocumentOutcome(str(file), await client.validate(outgoing(file), language, wanted))
    except CallFailed as failure:
        if not failure.is_of_the_document or failure.reason == "LANGUAGE_UNSUPPORTED":
            raise
        return DocumentOutcome(str(file), failure)
    except CommandFailed as failure:
        return DocumentOutcome(str(file), failure)


def _print(outcomes: list[DocumentOutcome], documents: Documents, output: Output) -> None:
    output.several(
        (*(outcome.record() for outcome in outcomes), *documents.records()),
        lambda: outcomes_view(outcomes, str(documents)),
    )
    missing = [
        outcome.answer
        for outcome in outcomes
        if isinstance(outcome.answer, CommandFailed)
        and outcome.answer.exit_code is ExitCode.NOT_FOUND
    ]
    if missing:
        raise typer.Exit(ExitCode.NOT_FOUND)
    if not all(outcome.is_clean for outcome in outcomes):
        raise typer.Exit(ExitCode.FINDING)
