"""The invoices of which others may be duplicates, so that a person is told which they are."""

from collections.abc import Iterable

from invoice_summarizer.cli.client import Invoice, InvoiceClient
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.output import OutputFormat
from invoice_summarizer.cli.presentation.review_reasons import DUPLICATE, NO_OTHERS, Others

_MOST_ASKED_FOR = 30  # ids in one filter, whose length has a limit


async def suspected(
    client: InvoiceClient, invoices: Iterable[Invoice], format: OutputFormat
) -> Others:
    """Returns the invoices by id of which these may be duplicates, as far as they are there and can be asked for now.

    They say more of an answer that stands without them. Programs, which have the ids, get none.
    """
    if format is not OutputFormat.TABLE:
        return NO_OTHERS
    known = {short_id(invoice.name): invoice for invoice in invoices}
    named = {
        subject
        for invoice in known.values()
        for code, _, subject in (reason.partition(":") for reason in invoice.review_reasons)
        if code == DUPLICATE
    }
    unknown = sorted(named - known.keys())
    for begin in range(0, len(unknown), _MOST_ASKED_FOR):
        ids = unknown[begin : begin + _MOST_ASKED_FOR]
        filter = " OR ".join(f'invoice_id="{each}"' for each in ids)
        try:
            found = await client.list_invoices(filter=filter, page_size=len(ids))
        except CallFailed:
            # What the command was for is done already: a correction, say, at another address than that of the queries.
            break
        known |= {short_id(invoice.name): invoice for invoice in found.invoices}
    return {each: known[each] for each in named & known.keys()}
