"""`read` and `validate`: documents that are not stored."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.documents import Documents, documents_in, outgoing, read_file
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.new_file import ForceOption, require_new, write_new
from invoice_summarizer.cli.options import (
    EvidenceOption,
    LanguageOption,
    Style,
    StyleOption,
    call,
    options_of,
)
from invoice_summarizer.cli.presentation.document import DocumentOutcome, outcomes_view
from invoice_summarizer.cli.presentation.output import Output
from invoice_summarizer.cli.presentation.progress import reading_progress
from invoice_summarizer.cli.presentation.summary import EvidenceDetail
from invoices.v1 import summary_pb2, validate_service_pb2

_Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE",
        help="Files, folders of XML, PDF and picture files, or - for standard input.",
    ),
]

_ReportOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write a page as well that says what is wrong, where, and what to change, in the language: for whoever "
        "wrote the invoice.",
    ),
]


def read(
    context: typer.Context,
    files: _Files,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    evidence: EvidenceOption = EvidenceDetail.FULL,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write one HTML page as well: the pages with boxes, fields and summary beside them.",
        ),
    ] = None,
    report: _ReportOption = None,
    force: ForceOption = False,
) -> None:
    """Read documents here: no server, no database, nothing stored.

    Prints the summary with numbered evidence, the checks, and why a person has to look. Exits with 1 where a document
    could not be read, or a check of severity WARNING or ERROR failed; with 3 where all that went wrong is that files
    were not there.
    """
    output = options_of(context).output()
    for page in filter(None, (html, report)):
        require_new(page, force)
    documents = documents_in(files)
    outcomes = asyncio.run(_read(documents.files, language, style, html, output))
    if report is not None:
        _write_report(report, outcomes, language, force)
    _print(outcomes, documents, evidence, output)


def validate(
    context: typer.Context,
    files: _Files,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    evidence: EvidenceOption = EvidenceDetail.FULL,
    report: _ReportOption = None,
    force: ForceOption = False,
) -> None:
    """Have the server read and check documents without storing them.

    Exits with 1 where a document could not be read, or a check of severity WARNING or ERROR failed; with any other code
    where that is the one of all failures, as with 3 where files were not there.
    """
    options = options_of(context)
    if report is not None:
        require_new(report, force)
    documents = documents_in(files)
    wanted = summary_pb2.Summary.Style.Value(style.api_name)

    async def ask(client: InvoiceClient) -> list[DocumentOutcome]:
        async def every(file: Path) -> Sequence[validate_service_pb2.ValidateInvoiceResponse]:
            document = outgoing(file)  # standard input is read only once
            first = await client.validate(document, language, wanted)
            others = range(2, first.completeness.parts + 1)
            return [
                first,
                *[await client.validate(document, language, wanted, part) for part in others],
            ]

        return await _outcomes(documents.files, every)

    outcomes = call(options, ask)
    if report is not None:
        _write_report(report, outcomes, language, force)
    _print(outcomes, documents, evidence, options.output())


async def _read(
    files: Sequence[Path], language: str, style: Style, html: Path | None, output: Output
) -> list[DocumentOutcome]:
    # Here, so that commands that only call a server start without what reads documents.
    from invoice_summarizer.cli.html_report.writing import write_report
    from invoice_summarizer.cli.reading import opened_reader, validated
    from invoice_summarizer.domain import summary
    from invoice_summarizer.ports.long_work import in_a_thread
    from invoice_summarizer.use_cases.validate_document import ValidateDocument

    wanted = summary.Style(style.api_name)
    async with opened_reader() as reader:
        validate = ValidateDocument(reader, in_a_thread)
        documents: dict[str, bytes] = {}  # for the page: standard input is read only once

        async def every(file: Path) -> Sequence[validate_service_pb2.ValidateInvoiceResponse]:
            data = read_file(file)
            if html is not None:
                documents[str(file)] = data
            try:
                return await validated(
                    validate, data, language, wanted, partial(bar.pages, str(file))
                )
            finally:
                bar.advance(str(file))

        with reading_progress(output, "reading", len(files)) as bar:
            outcomes = await _outcomes(files, every)
        if html is not None:
            await write_report(html, outcomes, documents, reader, language)
    return outcomes


async def _outcomes(
    files: Sequence[Path],
    every: Callable[[Path], Awaitable[Sequence[validate_service_pb2.ValidateInvoiceResponse]]],
) -> list[DocumentOutcome]:
    """Returns the outcome of each invoice in the files: of almost every file there is one."""
    outcomes: list[DocumentOutcome] = []
    for file, answers in zip(files, await in_turn(files, every), strict=True):
        if isinstance(answers, CommandFailed):
            outcomes.append(DocumentOutcome(str(file), answers))
            continue
        for part, answer in enumerate(answers, start=1):
            outcomes.append(DocumentOutcome(str(file), answer, part))
    return outcomes


def _write_report(file: Path, outcomes: list[DocumentOutcome], language: str, force: bool) -> None:
    # Here, so that commands without a page start without what makes it.
    from invoice_summarizer.cli.validation_report.report import validation_report

    write_new(file, validation_report(outcomes, language).encode(), force)


def _print(
    outcomes: list[DocumentOutcome], documents: Documents, evidence: EvidenceDetail, output: Output
) -> None:
    output.several(
        (*(outcome.record() for outcome in outcomes), *documents.records()),
        lambda: outcomes_view(outcomes, str(documents), evidence),
    )
    if failures := [each.exit_code for each in outcomes if each.exit_code]:
        raise typer.Exit(exit_code_of(failures))
