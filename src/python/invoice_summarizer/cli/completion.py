"""What the shell offers for an invoice: ids and numbers of the newest ones, as far as a server answers at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from invoice_summarizer.cli.client import Invoice
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.finding import words_of
from invoice_summarizer.cli.options import Options, call, options_of
from invoice_summarizer.cli.presentation.invoice import titled

_NEWEST = 200
_PATIENCE_SECONDS = 1.0  # of somebody who has typed the tab key


def invoices_that_begin_with(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Returns words that name an invoice and begin so, each with what is known of the invoice; none without a server."""
    try:
        options = replace(options_of(context), timeout_seconds=_PATIENCE_SECONDS)
        invoices = _newest(options)
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


InvoiceArgument = Annotated[
    str,
    typer.Argument(
        metavar="INVOICE",
        help="Number, file name or id of the invoice, or the start of its id.",
        autocompletion=invoices_that_begin_with,
    ),
]
