"""A summary with as much of the places of its figures as somebody wants to see."""

import re
from collections.abc import Sequence
from enum import StrEnum

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from invoice_summarizer.cli.presentation.evidence_notes import noted_summary
from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import NO_BREAK, printable, unbroken
from invoices.v1 import summary_pb2

_MOST_FIELDS = 4  # are named each
_INDEX = re.compile(r"\[[0-9]+\]")
# Ends of the paths of fields that people read as one: accounts in groups of four, dates.
_ONE_WORD = ("_identifier", "_date")


class EvidenceDetail(StrEnum):
    """How much of the places of its figures is printed with a summary."""

    NONE = "none"  # the text alone
    NOTES = "notes"  # the numbers of its figures behind each sentence, and where they stand
    FULL = "full"  # a number behind each figure, with its value and its whole place


def summary_view(summary: summary_pb2.Summary, detail: EvidenceDetail) -> RenderableType:
    """Returns the text with as much evidence as the detail says."""
    match detail:
        case EvidenceDetail.NONE:
            return Text(printable(summary.text, keep="\n"))
        case EvidenceDetail.NOTES:
            return noted_summary(summary)
        case EvidenceDetail.FULL:
            return SummaryView(summary)


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
    """Returns the text with `[n]` behind the n-th claim; no line may end in an amount, and none between claim and number."""
    shown = Text()
    end = 0
    for number, claim in enumerate(claims, start=1):
        said = unbroken(text[claim.begin : claim.end], whole=_is_one_word(claim))
        shown.append(unbroken(text[end : claim.begin], keep="\n"))
        shown.append(said, style="bold")
        shown.append(f"{NO_BREAK}[{number}]", style="cyan")
        end = claim.end
    shown.append(unbroken(text[end:], keep="\n"))
    return shown


def claim_rows(text: str, claims: Sequence[summary_pb2.Claim]) -> list[Row]:
    return [
        Row(
            label=f"[{number}]",
            fields=_key(claim),
            value=text[claim.begin : claim.end],
            evidence=tuple(claim.evidence),
        )
        for number, claim in enumerate(claims, start=1)
    ]


def _is_one_word(claim: summary_pb2.Claim) -> bool:
    return any(path.endswith(_ONE_WORD) for path in claim.field_paths)


def _key(claim: summary_pb2.Claim) -> str:
    """Returns the fields of the claim, those of many members once for all; of one about a finding the rule."""
    fields = [*(claim.finding_rule_ids or claim.field_paths)]
    if len(fields) > _MOST_FIELDS:
        fields = [*dict.fromkeys(_INDEX.sub("[*]", path) for path in fields)]
    return ", ".join(fields)
