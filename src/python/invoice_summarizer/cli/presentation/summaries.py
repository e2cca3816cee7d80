"""Summaries that are stored, with when they were written."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_summary, start_of_id
from invoice_summarizer.cli.presentation.document import document_rule
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.invoice import status_text
from invoice_summarizer.cli.presentation.summary import EvidenceDetail, summary_view
from invoice_summarizer.cli.presentation.writing_note import writing_note
from invoices.v1 import invoice_pb2, summary_pb2

_Status = invoice_pb2.Invoice.Status
_Style = summary_pb2.Summary.Style
_Origin = summary_pb2.Summary.Origin


def summaries_view(
    summaries: Sequence[summary_pb2.Summary], more: bool, detail: EvidenceDetail
) -> RenderableType:
    """Returns each summary under a rule with what `summaries get` takes as its name."""
    parts: list[RenderableType] = []
    for summary in summaries:
        head = document_rule(short_summary(summary.name))
        parts += [head, written_summary(summary, detail), Text()]
    count = f"{len(summaries)} summar{'y' if len(summaries) == 1 else 'ies'}"
    return Group(*parts, Text(f"{count} (--all for the rest)" if more else count))


def written_summary(summary: summary_pb2.Summary, detail: EvidenceDetail) -> RenderableType:
    """Returns the summary under the time at which it was written: one that was stored before has an earlier one."""
    return Group(*_head(summary), summary_view(summary, detail))


def asked_summary(
    summary: summary_pb2.Summary,
    status: invoice_pb2.Invoice.Status.ValueType,
    detail: EvidenceDetail,
) -> RenderableType:
    """Returns the summary under the status of an invoice that is not ready."""
    parts: list[RenderableType] = [*_head(summary)]
    if status not in (_Status.READY, _Status.STATUS_UNSPECIFIED):
        parts.append(Text("status: ").append_text(status_text(status)))
    return Group(*parts, summary_view(summary, detail))


def _head(summary: summary_pb2.Summary) -> Iterator[Text]:
    words = (
        f"summary {start_of_id(summary.name)}",
        summary.create_time.ToDatetime().strftime("written %Y-%m-%d %H:%M:%S UTC"),
        summary.language_code,
        enum_words(_Style.Name(summary.style)),
        enum_words(_Origin.Name(summary.origin)),
    )
    yield Text(", ".join(words), style="dim")
    if note := writing_note(summary):
        yield Text(note)
