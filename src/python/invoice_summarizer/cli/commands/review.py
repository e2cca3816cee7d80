"""What a person decides of an invoice: what it says, and whether it is right."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer

from invoice_summarizer.cli.client import Invoice, InvoiceClient
from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.corrections import correction, in_typed_words
from invoice_summarizer.cli.duplicates import suspected
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.options import EtagOption, options_of
from invoice_summarizer.cli.presentation.changes import corrected_view, decided_line
from invoice_summarizer.cli.presentation.review_reasons import Others
from invoices.v1 import review_service_pb2

_Call = Callable[[InvoiceClient, str, str, str], Awaitable[Invoice]]


def correct(
    context: typer.Context,
    invoice: InvoiceArgument,
    corrections: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help="As in due=2026-05-31, totals.amount_due=1190.00 or lines[0].net_amount=5.00, by the names of --filter "
            "or the paths that `get` shows; nothing behind = clears the field, "
            "the group, the list, or the element, as lines[3]= does. Indices count from 0 in what is there now; one "
            "past the end appends.",
        ),
    ],
    comment: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help="Why; the history keeps it, and no values.", show_default=False
        ),
    ] = "",
    etag: EtagOption = "",
) -> None:
    """Correct what was read. The corrected values have you as their evidence, and the checks run again.

    What says to whom money goes, how much, or in which direction, waits for somebody to approve it with a comment.
    """
    options = options_of(context)
    wanted = [correction(typed) for typed in corrections]

    async def change(
        client: InvoiceClient, name: str
    ) -> tuple[review_service_pb2.CorrectInvoiceResponse, Others]:
        answer = await client.correct(name, wanted, etag, comment)
        return answer, await suspected(client, [answer.invoice], options.output_format)

    try:
        answer, others = call_on(options, invoice, change)
    except CallFailed as failure:
        raise in_typed_words(failure, wanted) from None
    options.output().one(answer, lambda: corrected_view(answer, others))


def _decision(done: str, call: _Call, comment_help: str, default: Any, help: str) -> Any:
    """Returns the command that makes the call with a comment, and says `done` of the invoice."""

    def decide(
        context: typer.Context,
        invoice: InvoiceArgument,
        comment: Annotated[
            str, typer.Option(metavar="TEXT", help=comment_help, show_default=False)
        ] = default,
        etag: EtagOption = "",
    ) -> None:
        options = options_of(context)
        decided = call_on(options, invoice, lambda client, name: call(client, name, comment, etag))
        options.output().one(decided, lambda: decided_line(done, decided))

    decide.__doc__ = help
    return decide


approve = _decision(
    "approved",
    InvoiceClient.approve,
    "Why it is right; has to be said of one that waits.",
    "",
    "Approve an invoice that is ready or waits for review.",
)
reject = _decision(
    "rejected",
    InvoiceClient.reject,
    "Why; has to be said.",
    ...,
    "Reject an invoice that is ready or waits for review.",
)
reopen = _decision(
    "reopened",
    InvoiceClient.reopen,
    "Why; has to be said.",
    ...,
    "Take back that an invoice was approved or rejected: it is ready, or waits for review, as before.",
)
