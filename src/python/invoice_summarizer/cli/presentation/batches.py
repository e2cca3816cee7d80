"""Batches and their items."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_id, short_summary
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.lists import STATE_STYLES
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import batch_pb2, summary_pb2

_State = batch_pb2.Batch.State
_ItemState = batch_pb2.BatchItem.State
_WIDEST_ITEM_STATE = max(map(len, _ItemState.keys()))


def batches_view(batches: Sequence[batch_pb2.Batch], more: bool) -> RenderableType:
    """Returns two lines for each batch: the first with its id whole, the second with how far it is."""
    if not batches:
        return Text("no batches")
    lines = Text()
    for batch in batches:
        created = batch.create_time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC")
        lines.append(f"{short_id(batch.name)}  ").append_text(_state(batch))
        lines.append(f"  {created}\n")
        lines.append(f"  {batch_line(batch)}", style="dim")
        if batch.failure_reason:
            lines.append(f", {printable(explained(batch.failure_reason))}", style="bold red")
        lines.append("\n")
    count = f"{len(batches)} batch{'' if len(batches) == 1 else 'es'}"
    return lines.append(f"{count} (--all for the rest)" if more else count)


def batch_line(batch: batch_pb2.Batch) -> str:
    return f"{_counts(batch)}, of {_source(batch)}"


def batch_view(batch: batch_pb2.Batch) -> RenderableType:
    style = summary_pb2.Summary.Style.Name(batch.style)
    lines = Text()
    for name, value in (
        ("batch", short_id(batch.name)),
        ("state", _state(batch)),
        ("items", _counts(batch)),
        ("origins", ", ".join(_origins(batch))),
        ("of", _source(batch)),
        ("as", f"{batch.language_code}, {enum_words(style)}"),
        ("about", printable(batch.instruction)),
        ("by", printable(batch.creator)),
        ("job", batch.job),
        ("reason", _explained(batch.failure_reason)),
        ("last try", _explained(batch.last_failure)),
    ):
        if value:
            lines.append(f"{name:<9}", style="dim").append(value).append("\n")
    lines.right_crop()
    return lines


def items_view(items: Sequence[batch_pb2.BatchItem], more: bool) -> RenderableType:
    """Returns a line for each item: its summary by the name that `summaries get` takes, or why there is none."""
    lines = Text()
    for item in items:
        word = enum_words(_ItemState.Name(item.state))
        lines.append(f"{item.ordinal:>7}  ", style="dim")
        lines.append(f"{word:<{_WIDEST_ITEM_STATE}}", style=_ITEM_STYLES.get(word, ""))
        lines.append(f"  {printable(_what_became(item))}\n")
    count = f"{len(items)} item{'' if len(items) == 1 else 's'}"
    return lines.append(f"{count} (--all for the rest)" if more else count)


_ITEM_STYLES = {"summarized": "green", "failed": "bold red"}


def _what_became(item: batch_pb2.BatchItem) -> str:
    what = item.document_uri or short_id(item.invoice)
    if item.failure_reason:
        return f"{what}  {explained(item.failure_reason)}"
    if not item.summary:
        return what
    return (
        f"{what}  {short_summary(item.summary)}"
        if item.document_uri
        else short_summary(item.summary)
    )


def _explained(reason: str) -> str:
    return printable(explained(reason)) if reason else ""


def _state(batch: batch_pb2.Batch) -> Text:
    word = enum_words(_State.Name(batch.state))
    return Text(word, style=STATE_STYLES.get(word, ""))


def _counts(batch: batch_pb2.Batch) -> str:
    counts = batch.counts
    total = str(counts.total) if counts.total else "an unknown number"
    failed = f", {counts.failed} failed" if counts.failed else ""
    return f"{counts.summarized} of {total} summarized{failed}"


def _origins(batch: batch_pb2.Batch) -> Iterator[str]:
    for each in batch.counts.by_origin:
        yield f"{each.count} {enum_words(summary_pb2.Summary.Origin.Name(each.origin))}"


def _source(batch: batch_pb2.Batch) -> str:
    match batch.WhichOneof("source"):
        case "filter":
            return printable(batch.filter) if batch.filter else "all invoices"
        case "uri_prefix":
            return printable(batch.uri_prefix)
        case _:
            return "named invoices"
