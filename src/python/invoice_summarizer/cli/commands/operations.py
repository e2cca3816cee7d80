"""`operations`: the work on documents that is under way or done."""

from typing import Annotated

import typer

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.export.sheets import operations_sheet
from invoice_summarizer.cli.finding_by_id import call_on_operation
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.options import call, options_of
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.lists import operation_view, operations_view
from invoice_summarizer.cli.presentation.output import record_of
from invoice_summarizer.cli.waiting import waited

app = typer.Typer(help="The work on documents that is under way or done.", no_args_is_help=True)

_Argument = Annotated[
    str, typer.Argument(metavar="OPERATION", help="Id of the operation, or the start of it.")
]


@app.command("list")
def list_(
    context: typer.Context,
    pending: Annotated[
        bool | None, typer.Option("--pending/--done", help="Only those.", show_default=False)
    ] = None,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
) -> None:
    """List operations, newest first."""
    options = options_of(context, csv=True)
    filter_text = "" if pending is None else f"done={str(not pending).lower()}"

    pages = call(
        options,
        lambda client: fetched(
            lambda token, size: client.list_operations(
                filter=filter_text, page_size=size, page_token=token
            ),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.operations]
    more = bool(pages[-1].next_page_token)
    options.output().several(
        map(record_of, found),
        lambda: operations_view(found, more),
        more=more,
        sheet=lambda: operations_sheet(found),
    )


@app.command()
def get(context: typer.Context, operation: _Argument) -> None:
    """Show an operation."""
    options = options_of(context)
    found = call_on_operation(options, operation, lambda client, name: client.get_operation(name))
    options.output().one(found, lambda: operation_view(found))


@app.command()
def wait(
    context: typer.Context,
    operation: _Argument,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long to wait at most.")
    ] = 300,
) -> None:
    """Wait until an operation is done. Exits with 1 where it failed, with 5 where the time was over."""
    options = options_of(context)
    done = call_on_operation(options, operation, lambda client, name: waited(client, name, timeout))
    options.output().one(done, lambda: operation_view(done))
    if done.HasField("error"):
        raise typer.Exit(ExitCode.FINDING)


@app.command()
def cancel(context: typer.Context, operation: _Argument) -> None:
    """Cancel an operation that is not done."""
    options = options_of(context)

    async def cancel_one(client: InvoiceClient, name: str) -> str:
        await client.cancel_operation(name)
        return name

    name = call_on_operation(options, operation, cancel_one)
    options.output().note(f"cancelled {short_id(name)}")
