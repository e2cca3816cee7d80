"""`batch`: many invoices or documents, summarized by jobs on a cluster."""

import sys
import uuid
from typing import Annotated

import typer

from invoice_summarizer.cli.batch_waiting import done_batch, interrupted
from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.export.sheets import batch_items_sheet
from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.filters import FilterOption, call_filtered
from invoice_summarizer.cli.finding import found_name
from invoice_summarizer.cli.finding_by_id import call_on_batch
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.options import (
    LanguageOption,
    Options,
    Style,
    StyleOption,
    call,
    options_of,
)
from invoice_summarizer.cli.paging import AllOption, PageSizeOption, fetched
from invoice_summarizer.cli.presentation.batches import (
    batch_line,
    batch_view,
    batches_view,
    items_view,
)
from invoice_summarizer.cli.presentation.lists import metadata_of
from invoice_summarizer.cli.presentation.output import record_of
from invoice_summarizer.cli.presentation.progress import overall_progress
from invoices.v1 import batch_pb2, summary_pb2

app = typer.Typer(
    help="Many invoices or documents, summarized by jobs on a cluster.", no_args_is_help=True
)

_SUCCEEDED = batch_pb2.Batch.State.SUCCEEDED

_Argument = Annotated[
    str, typer.Argument(metavar="BATCH", help="Id of the batch, or the start of it.")
]
_WaitOption = Annotated[
    bool,
    typer.Option(
        "--wait", help="Show how far it is until it is done; exits with 1 where an item failed."
    ),
]
_TimeoutOption = Annotated[
    float,
    typer.Option(
        "--wait-seconds", min=0, metavar="SECONDS", help="How long to wait at most, with --wait."
    ),
]


@app.command()
def submit(
    context: typer.Context,
    invoices: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INVOICE]...",
            help="Numbers, file names or ids of invoices.",
            show_default=False,
        ),
    ] = None,
    filter: FilterOption = "",
    all_: Annotated[bool, typer.Option("--all", help="All invoices.")] = False,
    documents: Annotated[
        str,
        typer.Option(
            metavar="URI",
            help="Documents that are to be taken in: a file:/// URI in the server's import folder, of one or of a folder.",
            show_default=False,
        ),
    ] = "",
    language: LanguageOption = "en",
    style: StyleOption = Style.SHORT,
    instruction: Annotated[
        str,
        typer.Option(
            help="What they shall be about; where a model writes. At most 500 characters.",
            show_default=False,
        ),
    ] = "",
    wait: _WaitOption = False,
    wait_seconds: _TimeoutOption = 86_400,
) -> None:
    """Have invoices summarized in bulk: those named, those of a filter, or documents that are not taken in yet."""
    options = options_of(context)
    if sum(map(bool, (invoices, filter, all_, documents))) != 1:
        raise wrong_usage("name invoices, or use one of --filter, --all and --documents")

    async def create(client: InvoiceClient) -> batch_pb2.Batch:
        wanted = batch_pb2.Batch(
            language_code=language,
            style=summary_pb2.Summary.Style.Value(style.api_name),
            instruction=instruction,
        )
        if invoices:
            wanted.invoices.names.extend([await found_name(client, each) for each in invoices])
        elif documents:
            wanted.uri_prefix = documents
        else:
            wanted.filter = filter
        operation = await client.batches.create(wanted, str(uuid.uuid4()))
        return await client.batches.get(metadata_of(operation).batch)

    _show(options, call_filtered(options, filter, create), wait, wait_seconds)


@app.command("list")
def list_(
    context: typer.Context, page_size: PageSizeOption = None, all_: AllOption = False
) -> None:
    """List batches, newest first."""
    options = options_of(context)
    pages = call(
        options,
        lambda client: fetched(
            lambda token, size: client.batches.list(page_size=size, page_token=token),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.batches]
    more = bool(pages[-1].next_page_token)
    options.output().several(map(record_of, found), lambda: batches_view(found, more), more=more)


@app.command()
def status(
    context: typer.Context,
    batch: _Argument,
    wait: _WaitOption = False,
    wait_seconds: _TimeoutOption = 86_400,
) -> None:
    """Show how far a batch is."""
    options = options_of(context)
    found = call_on_batch(options, batch, lambda client, name: client.batches.get(name))
    _show(options, found, wait, wait_seconds)


@app.command()
def results(
    context: typer.Context,
    batch: _Argument,
    failed: Annotated[bool, typer.Option("--failed", help="Only items that have failed.")] = False,
    page_size: PageSizeOption = None,
    all_: AllOption = False,
) -> None:
    """List the items of a batch with their summaries, which `summaries get` shows, or why they have none."""
    options = options_of(context, csv=True)
    pages = call_on_batch(
        options,
        batch,
        lambda client, name: fetched(
            lambda token, size: client.batches.list_items(
                name, filter="state=FAILED" if failed else "", page_size=size, page_token=token
            ),
            page_size=page_size,
            all_=all_,
        ),
    )
    found = [each for page in pages for each in page.items]
    more = bool(pages[-1].next_page_token)
    options.output().several(
        map(record_of, found),
        lambda: items_view(found, more),
        soft_wrap=True,
        more=more,
        sheet=lambda: batch_items_sheet(found),
    )


@app.command()
def logs(
    context: typer.Context,
    batch: _Argument,
    cluster_url: Annotated[
        str,
        typer.Option(
            envvar="INVOICES_BATCHES__URL",
            metavar="URL",
            help="The cluster's API for jobs, which whoever runs the system knows; else that of `serve --batches` with the "
            "same --data. Its token is in INVOICES_BATCHES__TOKEN.",
            show_default=False,
        ),
    ] = "",
    cluster_token: Annotated[
        str, typer.Option(envvar="INVOICES_BATCHES__TOKEN", hidden=True, show_default=False)
    ] = "",
) -> None:
    """Show what the last job of a batch has logged on its cluster. No content of documents is in it."""
    # Here, so that commands that only call a server start without what speaks to a cluster.
    from invoice_summarizer.cli.batch_logs import cluster_settings, last_job, print_logs

    options = options_of(context)
    job = last_job(call_on_batch(options, batch, lambda client, name: client.batches.get(name)))
    settings = cluster_settings(cluster_url, cluster_token, options.data_folder)
    print_logs(settings, job, sys.stdout.write)


@app.command()
def cancel(context: typer.Context, batch: _Argument) -> None:
    """Stop a batch that is not done; what is summarized already stays."""
    options = options_of(context)

    async def cancel_one(client: InvoiceClient, name: str) -> str:
        await client.batches.cancel(name)
        return name

    name = call_on_batch(options, batch, cancel_one)
    options.output().note(f"cancelled {short_id(name)}")


@app.command()
def delete(
    context: typer.Context,
    batch: _Argument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a batch that is done with the list of its items; invoices and summaries stay. Asks before."""
    options = options_of(context)
    if not yes and not sys.stdin.isatty():
        raise wrong_usage("nobody is there to be asked: say --yes")
    found = call_on_batch(options, batch, lambda client, name: client.batches.get(name))
    if not yes:
        typer.echo(f"  {short_id(found.name)}: {batch_line(found)}")
        typer.confirm("Delete this batch?", abort=True)
    call(options, lambda client: client.batches.delete(found.name))
    options.output().note(f"deleted {short_id(found.name)}")


def _show(options: Options, batch: batch_pb2.Batch, wait: bool, seconds: float) -> None:
    """Shows the batch as it is, or with `wait` once it is done."""
    output = options.output()
    if wait:
        with overall_progress(output, "items") as show:
            try:
                batch = call(
                    options,
                    lambda client: done_batch(
                        client,
                        batch.name,
                        seconds,
                        lambda now: show(
                            now.counts.summarized + now.counts.failed, now.counts.total
                        ),
                        output.aside,
                    ),
                )
            except KeyboardInterrupt:
                raise interrupted(batch) from None
    output.one(batch, lambda: batch_view(batch))
    if wait and (batch.state != _SUCCEEDED or batch.counts.failed):
        raise typer.Exit(ExitCode.FINDING)
