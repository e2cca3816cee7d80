"""`delete`: invoices that are to be forgotten."""

import sys
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.text import Text

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.names import invoice_name, short_id
from invoice_summarizer.cli.options import EtagOption, OutputOption, call, options_of
from invoice_summarizer.cli.presentation.output import Record


@dataclass(frozen=True, slots=True)
class Deleted:
    """An invoice that is gone, or why it is not."""

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
    invoices: Annotated[list[str], typer.Argument(metavar="INVOICE...", help="Ids or full names.")],
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
    names = list(dict.fromkeys(invoice_name(options.tenant, invoice) for invoice in invoices))
    if etag and len(names) > 1:
        raise wrong_usage("an etag is of one invoice")
    if not yes and not sys.stdin.isatty():
        raise wrong_usage("nobody is there to be asked: say --yes")
    if not yes:
        typer.confirm(f"Delete {len(names)} invoice{'s' if len(names) > 1 else ''}?", abort=True)

    async def remove(client: InvoiceClient) -> list[Deleted]:
        outcomes = await in_turn(
            names, lambda name: client.delete(name, etag, force=force, comment=comment)
        )
        return [
            Deleted(name, outcome if isinstance(outcome, CommandFailed) else None)
            for name, outcome in zip(names, outcomes, strict=True)
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
