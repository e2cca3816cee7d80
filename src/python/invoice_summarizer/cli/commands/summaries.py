"""`summaries`: those that were written of an invoice."""

from typing import Annotated

import typer

from invoice_summarizer.cli.completion import InvoiceArgument
from invoice_summarizer.cli.finding import call_on
from invoice_summarizer.cli.finding_by_id import call_on_summary
from invoice_summarizer.cli.options import EvidenceOption, options_of
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.explanation import explanation_view
from invoice_summarizer.cli.presentation.output import record_of
from invoice_summarizer.cli.presentation.summaries import summaries_view, written_summary
from invoice_summarizer.cli.presentation.summary import EvidenceDetail

app = typer.Typer(help="The summaries that were written of an invoice.", no_args_is_help=True)


_Argument = Annotated[
    str,
    typer.Argument(
        metavar="SUMMARY",
        help="INVOICE/SUMMARY, as `summaries list` says it: of the summary's id the start is enough.",
    ),
]


@app.command("list")
def list_(
    context: typer.Context,
    invoice: InvoiceArgument,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
    evidence: EvidenceOption = EvidenceDetail.NOTES,
) -> None:
    """List the summaries of an invoice, newest first."""
    options = options_of(context)

    pages = call_on(
        options,
        invoice,
        lambda client, name: fetched(
            lambda token, size: client.list_summaries(name, page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.summaries]
    more = bool(pages[-1].next_page_token)
    options.output().several(
        map(record_of, found), lambda: summaries_view(found, more, evidence), more=more
    )


@app.command()
def get(
    context: typer.Context,
    summary: _Argument,
    evidence: EvidenceOption = EvidenceDetail.NOTES,
) -> None:
    """Show a summary as it was written, in which every figure is bound to its place."""
    options = options_of(context)
    found = call_on_summary(options, summary, lambda client, name: client.get_summary(name))
    options.output().one(found, lambda: written_summary(found, evidence))


@app.command()
def explain(
    context: typer.Context,
    summary: _Argument,
    figure: Annotated[
        int,
        typer.Argument(
            metavar="FIGURE",
            min=1,
            help="Its number, as in [6]; a figure of [6–7] is 6 or 7, and --evidence full says which.",
        ),
    ],
) -> None:
    """Say what a figure of a summary rests on: its fields and their places, or how it is worked out."""
    options = options_of(context)
    found = call_on_summary(
        options, summary, lambda client, name: client.explain_claim(name, figure - 1)
    )
    options.output().one(found, lambda: explanation_view(found))
