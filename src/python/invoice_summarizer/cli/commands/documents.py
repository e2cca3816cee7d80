"""The document of a stored invoice: its bytes, its pages as pictures, and the files that it carries."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from google.api import httpbody_pb2

from invoice_summarizer.cli.attached_files import attachments_view, carried, names_of, records_of
from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.failures import CallFailed, wrong_usage
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.finding_by_id import summary_of
from invoice_summarizer.cli.new_file import ForceOption, make_folder, require_new, write_new
from invoice_summarizer.cli.options import Options, options_of
from invoices.v1 import content_pb2

_Document = content_pb2.SupportingDocument
_FIELD = re.compile(r"field_paths\[(\d+)\]")
_ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to", "-o", metavar="FILE", help="File to write; - or nothing is standard output."
    ),
]


def document(
    context: typer.Context,
    invoice: InvoiceArgument,
    to: _ToOption = None,
    force: ForceOption = False,
) -> None:
    """Give back the document as it was received."""
    options = options_of(context)
    file = _destination(to, force, "the document")
    body = call_on(options, invoice, lambda client, name: client.document(name))
    _write(body, file, force, options)


def attachments(
    context: typer.Context,
    invoice: InvoiceArgument,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", "-o", metavar="FOLDER", help="Save them there; without it they are listed."
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """List the files that the e-invoice carries, or save them as they are. None of them is opened or checked."""
    options = options_of(context)

    async def run(client: InvoiceClient, name: str) -> tuple[Sequence[_Document], Sequence[Path]]:
        documents = carried((await client.get_invoice(name)).content)
        if to is None:
            return documents, ()
        files = [to / each for each in names_of(documents)]
        for file in files:
            require_new(file, force)
        make_folder(to)
        for document, file in zip(documents, files, strict=True):
            body = await client.attachment(name, document.attached_document.sha256)
            write_new(file, body.data, force)
        return documents, files

    documents, saved = call_on(options, invoice, run)
    options.output().several(
        records_of(documents, saved), lambda: attachments_view(documents, saved)
    )


def render(
    context: typer.Context,
    invoice: InvoiceArgument,
    page: Annotated[int, typer.Argument(metavar="PAGE", min=1, help="Its number, from 1.")],
    to: _ToOption = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD",
            help="Frame this field, as in totals.amount_due, or all fields of a group, as in seller; as often as wanted.",
            show_default=False,
        ),
    ] = None,
    summary: Annotated[
        str,
        typer.Option(
            metavar="SUMMARY",
            help="Frame what this summary of the invoice says: its id, or the start of it.",
            show_default=False,
        ),
    ] = "",
    figure: Annotated[
        int | None,
        typer.Option(
            metavar="FIGURE",
            min=1,
            help="Of the summary this figure alone: its number, as in [6], which --evidence full says of each.",
            show_default=False,
        ),
    ] = None,
    dots_per_inch: Annotated[
        int, typer.Option(metavar="DOTS", min=18, max=300, help="Dots per inch.")
    ] = 110,
    force: ForceOption = False,
) -> None:
    """Paint a page of the document as a PNG, with frames around fields or what a summary says."""
    options = options_of(context)
    if figure is not None and not summary:
        raise wrong_usage("a figure is one of a summary: name it by --summary")
    file = _destination(to, force, "the picture")

    async def paint(client: InvoiceClient, name: str) -> httpbody_pb2.HttpBody:
        return await client.render_page(
            name,
            page,
            dots_per_inch=dots_per_inch,
            field_paths=field or (),
            summary=await summary_of(client, name, summary) if summary else "",
            claim=None if figure is None else figure - 1,
        )

    try:
        picture = call_on(options, invoice, paint)
    except CallFailed as failure:
        _name_unknown_field(failure, field or ())
        raise
    _write(picture, file, force, options)


def _name_unknown_field(failure: CallFailed, fields: Sequence[str]) -> None:
    """The failure says which of the fields there is not, where that is why; the server names it by its number."""
    numbers = [
        int(number[1])
        for each in failure.field_violations
        if (number := _FIELD.fullmatch(each.field))
    ]
    if failure.reason != "UNKNOWN_FIELD" or not numbers:
        return
    meant = "did you mean" in failure.message
    which = "" if meant else "; `invoicectl get` shows those that the invoice has"
    failure.message = f"{fields[numbers[0]]!r} {failure.message}{which}"


def _destination(to: Path | None, force: bool, what: str) -> Path | None:
    """Returns the file; None for standard output. Raises CommandFailed where it may not be written there."""
    file = None if to is None or str(to) == "-" else to
    if file is None and sys.stdout.isatty():
        raise wrong_usage(f"{what} is not for a terminal: name a file by -o")
    if file is not None:
        require_new(file, force)
    return file


def _write(body: httpbody_pb2.HttpBody, file: Path | None, force: bool, options: Options) -> None:
    if file is None:
        sys.stdout.buffer.write(body.data)
        return
    write_new(file, body.data, force)
    options.output().note(f"{len(body.data)} bytes of {body.content_type} in {file}")
