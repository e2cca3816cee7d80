"""`operations`: the work on documents that is under way or done."""

from typing import Annotated

import typer

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.names import operation_name, short_id
from invoice_summarizer.cli.options import OutputOption, call, options_of
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.lists import operation_view, operations_view
from invoice_summarizer.cli.presentation.output import record_of
from invoice_summarizer.cli.waiting import waited

app = typer.Typer(help="The work on documents that is under way or done.", no_args_is_help=True)

_Argument = Annotated[
    str, typer.Argument(metavar="OPERATION", help="Id or full name of the operation.")
]


@app.command("list")
def list_(
    context: typer.Context,
    pending: Annotated[
        bool | None, typer.Option("--pending/--done", help="Only those.", show_default=False)
    ] = None,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
    output: OutputOption = None,
) -> None:
    """List operations, newest first."""
    options = options_of(context)
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
    options.output(output).several(
        map(record_of, found), lambda: operations_view(found, more), more=more
    )


@app.command()
def get(context: typer.Context, operation: _Argument, output: OutputOption = None) -> None:
    """Show an operation."""
    options = options_of(context)
    name = operation_name(options.tenant, operation)
    found = call(options, lambda client: client.get_operation(name))
    options.output(output).one(found, lambda: operation_view(found))


@app.command()
def wait(
    context: typer.Context,
    operation: _Argument,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds to wait at most.")] = 300,
    output: OutputOption = None,
) -> None:
    """Wait until an operation is done. Exits with 1 where it failed, with 5 where the time was over."""
    options = options_of(context)
    name = operation_name(options.tenant, operation)
    done = call(options, lambda client: waited(client, name, timeout))
    options.output(output).one(done, lambda: operation_view(done))
    if done.HasField("error"):
        raise typer.Exit(ExitCode.FINDING)


@app.command()
def cancel(context: typer.Context, operation: _Argument, output: OutputOption = None) -> None:
    """Cancel an operation that is not done."""
    options = options_of(context)
    name = operation_name(options.tenant, operation)
    call(options, lambda client: client.cancel_operation(name))
    options.output(output).note(f"cancelled {short_id(name)}")
