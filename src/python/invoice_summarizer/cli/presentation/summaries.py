"""Summaries that are stored, with when they were written."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_summary
from invoice_summarizer.cli.presentation.document import document_rule
from invoice_summarizer.cli.presentation.summary import SummaryView
from invoices.v1 import summary_pb2

_Style = summary_pb2.Summary.Style
_Origin = summary_pb2.Summary.Origin


def summaries_view(summaries: Sequence[summary_pb2.Summary], more: bool) -> RenderableType:
    """Returns each summary under a rule with what `summaries get` takes as its name."""
    parts: list[RenderableType] = []
    for summary in summaries:
        parts += [document_rule(short_summary(summary.name)), written_summary(summary), Text()]
    count = f"{len(summaries)} summar{'y' if len(summaries) == 1 else 'ies'}"
    return Group(*parts, Text(f"{count} (--all for the rest)" if more else count))


def written_summary(summary: summary_pb2.Summary) -> RenderableType:
    """Returns the summary under the time at which it was written: one that was stored before has an earlier one."""
    return Group(_head(summary), SummaryView(summary))


def _head(summary: summary_pb2.Summary) -> Text:
    words = (
        summary.create_time.ToDatetime().strftime("written %Y-%m-%d %H:%M:%S UTC"),
        summary.language_code,
        _Style.Name(summary.style).lower().replace("_", " "),
        _Origin.Name(summary.origin).lower().replace("_", " "),
    )
    return Text(", ".join(words), style="dim")
