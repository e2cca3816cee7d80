"""`delete`: invoices that are to be forgotten."""

import sys
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.text import Text

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.completion import invoices_that_begin_with
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.finding import found_name
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.options import EtagOption, OutputOption, call, options_of
from invoice_summarizer.cli.presentation.output import Record


@dataclass(frozen=True, slots=True)
class Deleted:
    """An invoice that is gone, or what was typed for it and why it is not."""

    name: str
    failure: CommandFailed | None

    def record(self) -> Record:
        if self.failure is not None:
            return {"name": self.name, "error": self.failure.record()}
        return {"name": self.name, "deleted": True}

    def line(self) -> Text:
        if self.failure is not None:
            return Text(f"not deleted {short_id(self.name)}: {self.failure}", style="bold red")
        return Text(f"deleted {short_id(self.name)}")


def delete(
    context: typer.Context,
    invoices: Annotated[
        list[str],
        typer.Argument(
            metavar="INVOICE...",
            help="Their numbers, file names or ids.",
            autocompletion=invoices_that_begin_with,
        ),
    ],
    etag: EtagOption = "",
    force: Annotated[bool, typer.Option("--force", help="Delete approved invoices too.")] = False,
    comment: Annotated[
        str, typer.Option(help="Why; the history keeps it.", show_default=False)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    output: OutputOption = None,
) -> None:
    """Delete invoices with their summaries and documents, and say of each what became of it.

    Where one cannot be deleted, goes on with the others, and exits with the code of its failure; with 1 where failures
    differ.
    """
    options = options_of(context)
    # Each once: the second time it would not be found.
    typed = list(dict.fromkeys(invoices))
    if etag and len(typed) > 1:
        raise wrong_usage("an etag is of one invoice")
    if not yes and not sys.stdin.isatty():
        raise wrong_usage("nobody is there to be asked: say --yes")
    if not yes:
        typer.confirm(f"Delete {len(typed)} invoice{'s' if len(typed) > 1 else ''}?", abort=True)

    async def remove(client: InvoiceClient) -> list[Deleted]:
        async def remove_one(invoice: str) -> str:
            name = await found_name(client, invoice)
            await client.delete(name, etag, force=force, comment=comment)
            return name

        outcomes = await in_turn(typed, remove_one)
        return [
            (
                Deleted(invoice, outcome)
                if isinstance(outcome, CommandFailed)
                else Deleted(outcome, None)
            )
            for invoice, outcome in zip(typed, outcomes, strict=True)
        ]

    answers = call(options, remove)
    failures = [each.failure for each in answers if each.failure]
    if failures and len(answers) == 1:
        raise failures[0]
    options.output(output).several(
        [each.record() for each in answers],
        lambda: Text("\n").join(each.line() for each in answers),
        soft_wrap=True,
    )
    if failures:
        raise typer.Exit(exit_code_of([failure.exit_code for failure in failures]))
