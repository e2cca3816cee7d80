"""`delete`: invoices that are to be forgotten."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.text import Text

from invoice_summarizer.cli.client import Invoice, InvoiceClient
from invoice_summarizer.cli.completion import invoices_that_begin_with
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.finding import found_invoice
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.options import EtagOption, call, options_of
from invoice_summarizer.cli.presentation.invoice import named
from invoice_summarizer.cli.presentation.output import Record


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was typed, and the invoice that is gone or why it is not."""

    typed: str
    outcome: Invoice | CommandFailed

    @property
    def failure(self) -> CommandFailed | None:
        return self.outcome if isinstance(self.outcome, CommandFailed) else None

    def record(self) -> Record:
        if isinstance(self.outcome, CommandFailed):
            return {"name": self.typed, "error": self.outcome.record()}
        return {"name": self.outcome.name, "deleted": True}

    def line(self) -> Text:
        if isinstance(self.outcome, CommandFailed):
            return Text(f"not deleted {self.typed}: {self.outcome}", style="bold red")
        return Text(f"deleted {named(self.outcome)}")


def delete(
    context: typer.Context,
    invoices: Annotated[
        list[str],
        typer.Argument(
            metavar="INVOICE",
            help="Their numbers, file names or ids, or the starts of their ids.",
            autocompletion=invoices_that_begin_with,
        ),
    ],
    etag: EtagOption = "",
    force: Annotated[
        bool,
        typer.Option("--force", help="Delete approved invoices too; --comment has to say why."),
    ] = False,
    comment: Annotated[
        str,
        typer.Option(metavar="TEXT", help="Why; the history keeps it.", show_default=False),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete invoices with their summaries and documents; asks before, with what they are.

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
    found = call(options, lambda client: in_turn(typed, lambda each: found_invoice(client, each)))
    there = [each for each in found if not isinstance(each, CommandFailed)]
    why = comment
    if force and not why.strip() and (approved := [*filter(_is_approved, there)]):
        why = _asked_why(approved, ask=not yes)
    if not yes:
        _ask(there)

    async def remove(client: InvoiceClient) -> list[Invoice | CommandFailed]:
        async def remove_one(invoice: Invoice | CommandFailed) -> Invoice:
            if isinstance(invoice, CommandFailed):
                raise invoice
            await client.delete(invoice.name, etag, force=force, comment=why)
            return invoice

        return await in_turn(found, remove_one)

    outcomes = call(options, remove)
    answers = [Deleted(each, outcome) for each, outcome in zip(typed, outcomes, strict=True)]
    failures = [each.failure for each in answers if each.failure]
    if failures and len(answers) == 1:
        raise failures[0]
    options.output().several(
        [each.record() for each in answers],
        lambda: Text("\n").join(each.line() for each in answers),
        soft_wrap=True,
    )
    if len(failures) < len(answers):
        options.output().aside("their history stays: `invoicectl history` takes the whole id")
    if failures:
        raise typer.Exit(exit_code_of([failure.exit_code for failure in failures]))


def _is_approved(invoice: Invoice) -> bool:
    return invoice.status == Invoice.Status.APPROVED


def _asked_why(approved: Sequence[Invoice], *, ask: bool) -> str:
    """Returns what a person says of why these go although they are approved. Raises CommandFailed where nobody is asked."""
    known = "; ".join(map(named, approved))
    if not ask:
        raise wrong_usage(
            f"what is approved is deleted with a reason: use --comment ({known})", "COMMENT_MISSING"
        )
    said = ""
    while not said.strip():
        said = typer.prompt(f"Approved: {known}\nWhy is it deleted")
    return said


def _ask(invoices: Sequence[Invoice]) -> None:
    """Returns where a person says that these may go; ends the command where not, or where there is none."""
    for invoice in invoices:
        typer.echo(f"  {named(invoice)}")
    if invoices:
        count = f"{len(invoices)} invoices" if len(invoices) > 1 else "this invoice"
        typer.confirm(f"Delete {count}?", abort=True)
