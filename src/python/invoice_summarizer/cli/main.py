"""`invoicectl`: reads invoices here, or has a server read, keep and summarize them.

Exit codes are in `exit_codes`. The environment is read by the options below, and nowhere else.
"""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from invoice_summarizer.cli.command_group import CommandGroup, pipe_closed
from invoice_summarizer.cli.commands import (
    aggregate,
    batch,
    conformance,
    delete,
    descriptors,
    documents,
    evaluate,
    export,
    generate,
    ingest,
    invoices,
    operations,
    reading,
    review,
    rules,
    samples,
    serve,
    summaries,
    token,
)
from invoice_summarizer.cli.exit_codes import MEANINGS
from invoice_summarizer.cli.presentation.output import OutputFormat
from invoice_summarizer.version import VERSION

_EPILOG = (
    "These options stand before a command or behind it, or in the environment, as INVOICECTL_TOKEN_FILE does for "
    "--token-file.\n\nExit codes: "
    + "; ".join(f"{code.value} {text}" for code, text in MEANINGS.items())
    + "."
)


app = typer.Typer(
    name="invoicectl",
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def global_options(
    output: Annotated[
        OutputFormat,
        typer.Option(
            envvar="INVOICECTL_OUTPUT",
            show_envvar=False,
            metavar="FORMAT",
            help="table, json, jsonl, or of a list csv.",
        ),
    ] = OutputFormat.TABLE,
    data: Annotated[
        Path | None,
        typer.Option(
            envvar="INVOICECTL_DATA",
            show_envvar=False,
            metavar="FOLDER",
            help="Folder of `serve`, with its address and token; else ~/.local/share/invoicectl.",
            show_default=False,
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            envvar="INVOICECTL_ADDRESS",
            show_envvar=False,
            metavar="ADDRESS",
            help="HOST:PORT of the services; else that of `serve`.",
        ),
    ] = None,
    summarize_address: Annotated[
        str | None,
        typer.Option(
            envvar="INVOICECTL_SUMMARIZE_ADDRESS",
            show_envvar=False,
            metavar="ADDRESS",
            help="HOST:PORT of SummarizeService, where it is another.",
        ),
    ] = None,
    query_address: Annotated[
        str | None,
        typer.Option(
            envvar="INVOICECTL_QUERY_ADDRESS",
            show_envvar=False,
            metavar="ADDRESS",
            help="HOST:PORT of QueryService, where it is another.",
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            envvar="INVOICECTL_TOKEN_FILE",
            show_envvar=False,
            metavar="FILE",
            help="File with the bearer token; else that of `serve`.",
        ),
    ] = None,
    tenant: Annotated[
        str,
        typer.Option(
            envvar="INVOICECTL_TENANT", show_envvar=False, metavar="TENANT", help="Whose invoices."
        ),
    ] = "default",
    timeout: Annotated[
        float,
        typer.Option(
            envvar="INVOICECTL_TIMEOUT",
            show_envvar=False,
            min=0.1,
            metavar="SECONDS",
            help="Seconds for one call to answer.",
        ),
    ] = 60,
    tls: Annotated[
        bool,
        typer.Option(
            "--tls",
            envvar="INVOICECTL_TLS",
            show_envvar=False,
            help="TLS, trusting the system's CAs.",
        ),
    ] = False,
    ca_file: Annotated[
        Path | None,
        typer.Option(
            envvar="INVOICECTL_CA_FILE",
            show_envvar=False,
            metavar="FILE",
            help="TLS, trusting the CAs of this PEM file.",
        ),
    ] = None,
    certificate_file: Annotated[
        Path | None,
        typer.Option(
            envvar="INVOICECTL_CERTIFICATE_FILE",
            show_envvar=False,
            metavar="FILE",
            help="Our certificate, for mTLS.",
        ),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option(
            envvar="INVOICECTL_KEY_FILE",
            show_envvar=False,
            metavar="FILE",
            help="The key of our certificate.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=lambda on: _version(on),
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Invoices as exact data: each figure bound to its place in the document.

    Start with `invoicectl samples FOLDER` and `invoicectl read FOLDER`, or with `invoicectl serve` and, beside it,
    `invoicectl ingest FOLDER`.
    """


def _version(wanted: bool) -> None:
    if wanted:
        print(f"invoicectl {VERSION}")
        raise typer.Exit


_HERE = "Without a server"
_DOCUMENTS = "Documents"
_INVOICES = "Invoices"
_REVIEW = "Review"

app.command(rich_help_panel=_HERE)(reading.read)
app.command(rich_help_panel=_HERE)(samples.samples)
app.command(rich_help_panel=_HERE)(generate.generate)
app.command(rich_help_panel=_HERE)(serve.serve)
app.command(rich_help_panel=_HERE)(evaluate.evaluate)
app.command(rich_help_panel=_HERE)(rules.rules)
app.command(rich_help_panel=_HERE)(conformance.conformance)
app.command(rich_help_panel=_HERE)(descriptors.descriptors)
app.add_typer(token.app, name="token", rich_help_panel=_HERE)
app.command(rich_help_panel=_DOCUMENTS)(ingest.ingest)
app.command(rich_help_panel=_DOCUMENTS)(reading.validate)
app.command(rich_help_panel=_DOCUMENTS)(documents.document)
app.command(rich_help_panel=_DOCUMENTS)(documents.attachments)
app.command(rich_help_panel=_DOCUMENTS)(documents.render)
app.command(rich_help_panel=_DOCUMENTS)(ingest.reprocess)
app.add_typer(operations.app, name="operations", rich_help_panel=_DOCUMENTS)
app.command("list", rich_help_panel=_INVOICES)(invoices.list_)
app.command(rich_help_panel=_INVOICES)(invoices.get)
app.command(rich_help_panel=_INVOICES)(invoices.lines)
app.command(rich_help_panel=_INVOICES)(invoices.history)
app.command(rich_help_panel=_INVOICES)(invoices.summarize)
app.add_typer(summaries.app, name="summaries", rich_help_panel=_INVOICES)
app.add_typer(batch.app, name="batch", rich_help_panel=_INVOICES)
app.command(rich_help_panel=_INVOICES)(aggregate.aggregate)
app.command(rich_help_panel=_INVOICES)(export.export)
app.command(rich_help_panel=_INVOICES)(delete.delete)
app.command(rich_help_panel=_REVIEW)(review.correct)
app.command("approve", rich_help_panel=_REVIEW)(review.approve)
app.command("reject", rich_help_panel=_REVIEW)(review.reject)
app.command("reopen", rich_help_panel=_REVIEW)(review.reopen)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character of a document gets its number.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            app(prog_name="invoicectl")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        sys.exit(pipe_closed())


if __name__ == "__main__":
    main()
