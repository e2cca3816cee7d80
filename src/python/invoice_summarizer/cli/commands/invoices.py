"""Commands on stored invoices."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.corrections import correction, in_typed_words
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed, CommandFailed, wrong_usage
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.new_file import ForceOption, require_new
from invoice_summarizer.cli.options import (
    EtagOption,
    EvidenceDetail,
    EvidenceOption,
    LanguageOption,
    OutputOption,
    Style,
    StyleOption,
    call,
    options_of,
)
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.aggregates import aggregates_view
from invoice_summarizer.cli.presentation.changes import corrected_view
from invoice_summarizer.cli.presentation.events import events_view
from invoice_summarizer.cli.presentation.invoice import invoice_view, status_text
from invoice_summarizer.cli.presentation.lines import lines_view
from invoice_summarizer.cli.presentation.lists import invoices_view
from invoice_summarizer.cli.presentation.output import record_of
from invoice_summarizer.cli.presentation.summaries import asked_summary
from invoices.v1 import invoice_pb2, query_service_pb2, summary_pb2

_Dimension = query_service_pb2.AggregateInvoicesRequest.Dimension
# Written out, so that commands that only call a server start without the content model.
SORTED_FIELDS = (
    *("invoice_id", "status", "kind", "form", "create_time", "update_time"),
    *("document.file_name", "document.sha256", "invoice_number", "issue_date", "payment_due_date"),
    *("type_code", "currency_code", "buyer_reference", "purchase_order_reference"),
    *("seller.name", "seller.vat_identifier", "buyer.name"),
    *("totals.amount_without_vat", "totals.vat_amount", "totals.amount_with_vat"),
    "totals.amount_due",
)
CONTAINING_FIELDS = (
    *("review_reasons", "lines.item.name"),
    "payment_instructions.credit_transfers.account_identifier",
)
SHORT_NAMES = {
    "number": "invoice_number",
    "supplier": "seller.name",
    "buyer": "buyer.name",
    "date": "issue_date",
    "due_date": "payment_due_date",
    "received": "create_time",
    "total": "totals.amount_with_vat",
    "amount_due": "totals.amount_due",
    "currency": "currency_code",
    "purchase_order": "purchase_order_reference",
    "file": "document.file_name",
    "reason": "review_reasons",
    "account": "payment_instructions.credit_transfers.account_identifier",
    "item": "lines.item.name",
}
_SORTED_NAMES = [
    *(short for short, field in SHORT_NAMES.items() if field in SORTED_FIELDS),
    *SORTED_FIELDS,
]
FilterOption = Annotated[
    str,
    typer.Option(
        help="""As in 'status="review pending" AND total > 1000 AND supplier:acme'; : is contains. Fields: """
        + ", ".join((*SHORT_NAMES, *SORTED_FIELDS))
        + ". By : only: reason, account, item.",
        show_default=False,
    ),
]
_CommentOption = Annotated[str, typer.Option(help="Why.", show_default=False)]


def get(context: typer.Context, invoice: InvoiceArgument, output: OutputOption = None) -> None:
    """Show an invoice: every field with its confidence and its place, and the checks."""
    options = options_of(context)
    found = call_on(options, invoice, lambda client, name: client.get_invoice(name))
    options.output(output).one(found, lambda: invoice_view(found))


def list_(
    context: typer.Context,
    filter: FilterOption = "",
    order_by: Annotated[
        str,
        typer.Option(
            help="As in 'due_date, supplier desc'; by " + ", ".join(_SORTED_NAMES) + ".",
            show_default=False,
        ),
    ] = "",
    page_size: PageSizeOption = None,
    all_: AllOption = False,
    output: OutputOption = None,
) -> None:
    """List invoices, newest first."""
    options = options_of(context)

    pages = call(
        options,
        lambda client: fetched(
            lambda token, size: client.list_invoices(
                filter=filter, order_by=order_by, page_size=size, page_token=token
            ),
            page_size=page_size,
            all_=all_,
        ),
    )
    invoices = [each for page in pages for each in page.invoices]
    total = pages[-1].total_size
    more = bool(pages[-1].next_page_token)
    options.output(output).several(
        map(record_of, invoices), lambda: invoices_view(invoices, total, more), more=more
    )


def lines(
    context: typer.Context,
    invoice: InvoiceArgument,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
    output: OutputOption = None,
) -> None:
    """Show the lines of an invoice, in the order of the document."""
    options = options_of(context)

    pages = call_on(
        options,
        invoice,
        lambda client, name: fetched(
            lambda token, size: client.list_lines(name, page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.lines]
    total = pages[-1].total_size
    more = bool(pages[-1].next_page_token)
    options.output(output).several(
        map(record_of, found), lambda: lines_view(found, total), more=more
    )


def history(
    context: typer.Context,
    invoice: InvoiceArgument,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
    output: OutputOption = None,
) -> None:
    """Show what happened to an invoice and who did it, newest first."""
    options = options_of(context)

    pages = call_on(
        options,
        invoice,
        lambda client, name: fetched(
            lambda token, size: client.list_events(name, page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.events]
    more = bool(pages[-1].next_page_token)
    options.output(output).several(
        map(record_of, found), lambda: events_view(found, more), more=more
    )


def aggregate(
    context: typer.Context,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="currency, supplier, month or status; several by comma or by giving it again. By currency always."
        ),
    ] = None,
    filter: FilterOption = "",
    output: OutputOption = None,
) -> None:
    """Count invoices and add them up, exactly and for each currency.

    A credit note that states positive amounts, as the standard wants it to, is subtracted. What is not read, copies, pro
    forma invoices, reminders and statements are not added up, but counted.
    """
    options = options_of(context)
    words = [word.strip().upper() for given in by or () for word in given.split(",")]
    known = [name for name, number in _Dimension.items() if number]
    if unknown := [word for word in words if word not in known]:
        raise wrong_usage(
            f"cannot group by {unknown[0].lower()}: only by {', '.join(known).lower()}"
        )
    groups = [_Dimension.Value(word) for word in words]
    answer = call(options, lambda client: client.aggregate(filter, groups))
    options.output(output).one(answer, lambda: aggregates_view(answer))


def summarize(
    context: typer.Context,
    invoice: InvoiceArgument,
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    evidence: EvidenceOption = EvidenceDetail.NOTES,
    output: OutputOption = None,
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
        written = await client.summarize(name, language, wanted)
        return await client.get_invoice(name), written

    found, written = call_on(options, invoice, write)
    shown = options.output(output)
    shown.one(written, lambda: asked_summary(written, found.status, evidence.value))
    shown.aside(
        "this summary was stored before" if written.stored_before else "this summary is new"
    )


def approve(
    context: typer.Context,
    invoice: InvoiceArgument,
    comment: _CommentOption = "",
    etag: EtagOption = "",
    output: OutputOption = None,
) -> None:
    """Approve an invoice that is ready or waits for review. One that waits takes a --comment: why it is right."""
    options = options_of(context)
    approved = call_on(options, invoice, lambda client, name: client.approve(name, comment, etag))
    options.output(output).one(approved, lambda: f"approved {short_id(approved.name)}")


def reject(
    context: typer.Context,
    invoice: InvoiceArgument,
    comment: Annotated[str, typer.Option(help="Why; has to be said.")],
    etag: EtagOption = "",
    output: OutputOption = None,
) -> None:
    """Reject an invoice that is ready or waits for review."""
    options = options_of(context)
    rejected = call_on(options, invoice, lambda client, name: client.reject(name, comment, etag))
    options.output(output).one(rejected, lambda: f"rejected {short_id(rejected.name)}")


def reopen(
    context: typer.Context,
    invoice: InvoiceArgument,
    comment: Annotated[str, typer.Option(help="Why; has to be said.")],
    etag: EtagOption = "",
    output: OutputOption = None,
) -> None:
    """Take back that an invoice was approved or rejected: it is ready, or waits for review, as before."""
    options = options_of(context)
    reopened = call_on(options, invoice, lambda client, name: client.reopen(name, comment, etag))
    options.output(output).one(
        reopened,
        lambda: f"reopened {short_id(reopened.name)}: {status_text(reopened.status).plain}",
    )


def correct(
    context: typer.Context,
    invoice: InvoiceArgument,
    corrections: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="As in totals.amount_due=1190.00 or lines[0].net_amount=5.00; nothing behind = clears the field, "
            "the group, the list, or the element, as lines[3]= does. Indices count from 0 in what is there now; one "
            "past the end appends.",
        ),
    ],
    etag: EtagOption = "",
    output: OutputOption = None,
) -> None:
    """Correct what was read. The corrected values have you as their evidence, and the checks run again."""
    options = options_of(context)
    wanted = [correction(typed) for typed in corrections]
    try:
        answer = call_on(options, invoice, lambda client, name: client.correct(name, wanted, etag))
    except CallFailed as failure:
        raise in_typed_words(failure, wanted) from None
    options.output(output).one(answer, lambda: corrected_view(answer))


def document(
    context: typer.Context,
    invoice: InvoiceArgument,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", "-o", metavar="FILE", help="File to write; - or nothing is standard output."
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Give back the document as it was received."""
    options = options_of(context)
    on_standard_output = to is None or str(to) == "-"
    if on_standard_output and sys.stdout.isatty():
        raise wrong_usage("the document is not for a terminal: name a file by -o")
    if to is not None and not on_standard_output:
        require_new(to, force)
    body = call_on(options, invoice, lambda client, name: client.document(name))
    if to is None or on_standard_output:
        sys.stdout.buffer.write(body.data)
        return
    try:
        # Never over one that somebody has put there meanwhile.
        with to.open("wb" if force else "xb") as file:
            file.write(body.data)
    except OSError as error:
        raise CommandFailed(
            ExitCode.USAGE, "FILE_UNWRITABLE", f"cannot write {to}: {error.strerror}"
        ) from None
    options.output().note(f"{len(body.data)} bytes of {body.content_type} in {to}")
