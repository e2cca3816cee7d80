"""What the shell offers for an invoice: ids and numbers of the newest ones, as far as a server answers at once."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from invoice_summarizer.cli.client import Invoice
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.finding import words_of
from invoice_summarizer.cli.options import Options, call, default_data_folder
from invoice_summarizer.cli.presentation.invoice import titled
from invoice_summarizer.cli.presentation.output import OutputFormat
from invoice_summarizer.cli.tls_files import tls_files

_NEWEST = 200
_PATIENCE_SECONDS = 1.0  # of somebody who has typed the tab key


def invoices_that_begin_with(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Returns words that name an invoice and begin so, each with what is known of the invoice; none without a server."""
    try:
        invoices = _newest(_options(context.find_root().params))
    except CommandFailed:
        return []
    return [
        (word, titled(invoice.content, invoice.document))
        for invoice in invoices
        for word in words_of(invoice)
        # A word with blanks, the shell would take for several.
        if word.startswith(incomplete) and not any(map(str.isspace, word))
    ]


def _newest(options: Options) -> Sequence[Invoice]:
    return call(options, lambda client: client.list_invoices(page_size=_NEWEST)).invoices


def _options(given: dict[str, Any]) -> Options:
    """Returns the options before the command, which the shell has typed already."""
    return Options(
        output_format=OutputFormat.TABLE,
        data_folder=given["data"] or default_data_folder(),
        address=given["address"],
        summarize_address=given["summarize_address"],
        query_address=given["query_address"],
        token_file=given["token_file"],
        tenant=given["tenant"],
        tls=tls_files(given["tls"], given["ca_file"], given["certificate_file"], given["key_file"]),
        timeout_seconds=_PATIENCE_SECONDS,
    )


InvoiceArgument = Annotated[
    str,
    typer.Argument(
        metavar="INVOICE",
        help="Number, file name or id of the invoice, or the start of its id.",
        autocompletion=invoices_that_begin_with,
    ),
]
