"""`aggregate`: sums over invoices."""

import asyncio
from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.export.sheets import aggregates_sheet
from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.filters import FilterOption, call_filtered
from invoice_summarizer.cli.options import options_of
from invoice_summarizer.cli.presentation.aggregates import aggregates_view
from invoices.v1 import query_service_pb2

_Answer = query_service_pb2.AggregateInvoicesResponse
_Dimension = query_service_pb2.AggregateInvoicesRequest.Dimension
_REJECTED = "status=rejected"


def aggregate(
    context: typer.Context,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUPS",
            help="currency, supplier, month or status; several by comma or by giving it again. By currency always.",
        ),
    ] = None,
    filter: FilterOption = "",
) -> None:
    """Count invoices and add them up, exactly and for each currency.

    A credit note that states positive amounts, as the standard wants it to, is subtracted. What is not read, copies, pro
    forma invoices, reminders and statements are not added up, but counted. Rejected invoices are added up as the others
    are, and their sums are said apart.
    """
    options = options_of(context, csv=True)
    words = [word.strip().upper() for given in by or () for word in given.split(",")]
    known = [name for name, number in _Dimension.items() if number]
    if unknown := [word for word in words if word not in known]:
        raise wrong_usage(
            f"cannot group by {unknown[0].lower()}: only by {', '.join(known).lower()}"
        )
    groups = [_Dimension.Value(word) for word in words]

    async def ask(client: InvoiceClient) -> tuple[_Answer, _Answer]:
        return await asyncio.gather(
            client.aggregate(filter, groups), client.aggregate(_rejected_of(filter), [])
        )

    answer, rejected = call_filtered(options, filter, ask)
    options.output().one(
        answer,
        lambda: aggregates_view(answer, rejected.totals),
        sheet=lambda: aggregates_sheet(answer),
    )


def _rejected_of(filter: str) -> str:
    """Returns the filter of those among the invoices that somebody rejected."""
    return f"({filter}) AND {_REJECTED}" if filter.strip() else _REJECTED
