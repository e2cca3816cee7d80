"""Commands on stored invoices."""

import shlex
from collections.abc import Sequence
from typing import Annotated

import grpc
import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.duplicates import suspected
from invoice_summarizer.cli.export.sheets import events_sheet, invoices_sheet, lines_sheet
from invoice_summarizer.cli.failures import CallFailed, CommandFailed
from invoice_summarizer.cli.filters import FilterOption, OrderOption, call_filtered
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.names import start_of_id
from invoice_summarizer.cli.options import (
    EvidenceOption,
    LanguageOption,
    Options,
    Style,
    StyleOption,
    options_of,
)
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.events import events_view
from invoice_summarizer.cli.presentation.invoice import invoice_view
from invoice_summarizer.cli.presentation.lines import lines_view
from invoice_summarizer.cli.presentation.lists import invoices_view
from invoice_summarizer.cli.presentation.output import OutputFormat, record_of
from invoice_summarizer.cli.presentation.review_reasons import Others
from invoice_summarizer.cli.presentation.summaries import asked_summary
from invoice_summarizer.cli.presentation.summary import EvidenceDetail
from invoices.v1 import event_pb2, invoice_pb2, query_service_pb2, summary_pb2


def get(context: typer.Context, invoice: InvoiceArgument) -> None:
    """Show an invoice: every field with its confidence and its place, and the checks."""
    options = options_of(context)

    async def fetch(client: InvoiceClient, name: str) -> tuple[invoice_pb2.Invoice, Others]:
        found = await client.get_invoice(name)
        return found, await suspected(client, [found], options.output_format)

    try:
        found, others = call_on(options, invoice, fetch)
    except CommandFailed as failure:
        if failure.reason == "RESOURCE_NOT_FOUND":
            failure.message += "; `invoicectl history` says whether it was deleted"
        raise
    options.output().one(found, lambda: invoice_view(found, others))


def list_(
    context: typer.Context,
    filter: FilterOption = "",
    order_by: OrderOption = "",
    page_size: PageSizeOption = None,
    all_: AllOption = False,
) -> None:
    """List invoices, newest first."""
    options = options_of(context, csv=True)

    async def fetch(
        client: InvoiceClient,
    ) -> tuple[list[query_service_pb2.ListInvoicesResponse], Others]:
        pages = await fetched(
            lambda token, size: client.list_invoices(
                filter=filter, order_by=order_by, page_size=size, page_token=token
            ),
            page_size=page_size,
            all_=all_,
        )
        invoices = [each for page in pages for each in page.invoices]
        return pages, await suspected(client, invoices, options.output_format)

    pages, others = call_filtered(options, filter, fetch)
    invoices = [each for page in pages for each in page.invoices]
    total = pages[-1].total_size
    more = bool(pages[-1].next_page_token)
    options.output().several(
        map(record_of, invoices),
        lambda: invoices_view(invoices, total, more, others),
        more=more,
        sheet=lambda: invoices_sheet(invoices),
    )


def lines(
    context: typer.Context,
    invoice: InvoiceArgument,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
) -> None:
    """Show the lines of an invoice, in the order of the document."""
    options = options_of(context, csv=True)

    async def fetch(
        client: InvoiceClient, name: str
    ) -> tuple[list[query_service_pb2.ListLinesResponse], invoice_pb2.Invoice]:
        pages = await fetched(
            lambda token, size: client.list_lines(name, page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        )
        # A row of CSV has the number and the currency of its invoice; where there are no lines, it says why.
        wanted = options.output_format is OutputFormat.CSV or not pages[-1].total_size
        return pages, await client.get_invoice(name) if wanted else invoice_pb2.Invoice()

    pages, of = call_on(options, invoice, fetch)
    found = [each for page in pages for each in page.lines]
    total = pages[-1].total_size
    options.output().several(
        map(record_of, found),
        lambda: lines_view(found, total, of),
        more=bool(pages[-1].next_page_token),
        sheet=lambda: lines_sheet(of, found),
    )


def history(
    context: typer.Context,
    invoice: InvoiceArgument,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
) -> None:
    """Show what happened to an invoice and who did it, newest first; of a deleted one by its whole id."""
    options = options_of(context, csv=True)

    async def fetch(
        client: InvoiceClient, name: str
    ) -> tuple[list[query_service_pb2.ListEventsResponse], invoice_pb2.Invoice]:
        pages = await fetched(
            lambda token, size: client.list_events(name, page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        )
        return pages, await _corrected(client, name, options, pages)

    try:
        pages, of = call_on(options, invoice, fetch)
    except CommandFailed as failure:
        if failure.reason == "INVOICE_NOT_FOUND":
            failure.message += (
                "; of one that was deleted, number and file name are kept nowhere:"
                " type its whole id, which `ingest` and `delete` print"
            )
        raise
    found = [each for page in pages for each in page.events]
    more = bool(pages[-1].next_page_token)
    options.output().several(
        map(record_of, found),
        lambda: events_view(found, more, of),
        more=more,
        sheet=lambda: events_sheet(found),
    )


async def _corrected(
    client: InvoiceClient,
    name: str,
    options: Options,
    pages: Sequence[query_service_pb2.ListEventsResponse],
) -> invoice_pb2.Invoice:
    """Returns the invoice, which has the values of corrections: the log has none. An empty one where they are not told."""
    kinds = {event.kind for page in pages for event in page.events}
    is_told = options.output_format is OutputFormat.TABLE
    if not is_told or event_pb2.Event.INVOICE_CORRECTED not in kinds:
        return invoice_pb2.Invoice()
    try:
        return await client.get_invoice(name)
    except CallFailed as failure:
        if failure.code is not grpc.StatusCode.NOT_FOUND:
            raise
        return invoice_pb2.Invoice()  # the history outlives it


def summarize(
    context: typer.Context,
    invoice: InvoiceArgument,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    evidence: EvidenceOption = EvidenceDetail.NOTES,
    instruction: Annotated[
        str,
        typer.Option(
            help="What it shall be about, as in 'only what concerns site 4'; where a model writes. At most 500 characters.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Write a summary in which every figure is bound to its place.

    Where there is one already of this state of the invoice, in this language and style, gives that one; each says when
    it was written, and standard error says which it is.
    """
    options = options_of(context)
    wanted = summary_pb2.Summary.Style.Value(style.api_name)

    async def write(
        client: InvoiceClient, name: str
    ) -> tuple[invoice_pb2.Invoice, summary_pb2.Summary]:
        written = await client.summarize(name, language, wanted, instruction)
        return await client.get_invoice(name), written

    found, written = call_on(options, invoice, write)
    shown = options.output()
    shown.one(written, lambda: asked_summary(written, found.status, evidence))
    known = "this summary was stored before" if written.stored_before else "this summary is new"
    typed = shlex.quote(f"{invoice}/{start_of_id(written.name)}")
    figure = min(2, len(written.claims))  # the first is what the document calls itself, mostly
    explain = f"invoicectl summaries explain {typed} {figure}"
    shown.aside(f"{known}; what figure {figure} of it rests on: {explain}" if figure else known)
