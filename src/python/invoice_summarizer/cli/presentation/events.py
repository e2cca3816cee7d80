"""What happened to an invoice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import event_pb2

_MOST_CHANGED = 5  # as many are shown; all are in the JSON


def events_view(events: Sequence[event_pb2.Event], more: bool) -> RenderableType:
    """Returns a line for each event: when, what, who; and below it what changed, or why."""
    if not events:
        return Text("no events")
    lines = Text()
    for event, times in _runs(events):
        time = event.time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC")
        kind = enum_words(event_pb2.Event.Kind.Name(event.kind))
        lines.append(f"{time}  {kind}", style="bold").append(
            f", by {printable(event.actor)}{_more_often(times)}\n"
        )
        for detail in _details(event):
            lines.append(f"  {detail}\n", style="dim")
    count = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    return lines.append(f"{count} (--all for the rest)" if more else count)


def _runs(events: Sequence[event_pb2.Event]) -> Iterator[tuple[event_pb2.Event, int]]:
    """Yields each event with how often it stands there in a row; only summaries are put together."""
    for (summarized, _), run in groupby(events, key=_kind_and_actor):
        same = list(run)
        if summarized:
            yield same[0], len(same)
        else:
            yield from ((event, 1) for event in same)


def _kind_and_actor(event: event_pb2.Event) -> tuple[bool, str]:
    return event.kind == event_pb2.Event.INVOICE_SUMMARIZED, event.actor


def _more_often(times: int) -> str:
    return f", and {times - 1} more before it" if times > 1 else ""


def _details(event: event_pb2.Event) -> Sequence[str]:
    changed = [*event.changed[:_MOST_CHANGED]]
    if len(event.changed) > len(changed):
        changed.append(f"and {len(event.changed) - len(changed)} more")
    details = (
        f"“{printable(event.comment)}”" if event.comment else "",
        printable(explained(event.reason)) if event.reason else "",
        printable(", ".join(changed)),
        f"operation {short_id(event.operation)}" if event.operation else "",
    )
    return [detail for detail in details if detail]
