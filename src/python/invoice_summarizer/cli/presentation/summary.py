"""A summary with a number behind every claim, and the evidence of each below."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text

from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import summary_pb2


class SummaryView:
    """Prints the text, then one numbered line for each claim, in the order of the claims."""

    def __init__(self, summary: summary_pb2.Summary) -> None:
        self._summary = summary

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield numbered_text(self._summary.text, self._summary.claims)
        rows = claim_rows(self._summary.text, self._summary.claims)
        if rows:
            yield Group(Text(), numbered_lines(rows, options.max_width))


def numbered_text(text: str, claims: Sequence[summary_pb2.Claim]) -> Text:
    """Returns the text with `[n]` behind the n-th claim."""
    shown = Text()
    end = 0
    for number, claim in enumerate(claims, start=1):
        shown.append(printable(text[end : claim.begin], keep="\n"))
        shown.append(printable(text[claim.begin : claim.end]), style="bold")
        shown.append(f" [{number}]", style="cyan")
        end = claim.end
    shown.append(printable(text[end:], keep="\n"))
    return shown


def claim_rows(text: str, claims: Sequence[summary_pb2.Claim]) -> list[Row]:
    return [
        Row(
            label=f"[{number}]",
            fields=", ".join((*claim.field_paths, *claim.finding_rule_ids)),
            value=printable(text[claim.begin : claim.end]),
            evidence=tuple(claim.evidence),
        )
        for number, claim in enumerate(claims, start=1)
    ]
