"""What happened to an invoice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.invoice import field_value, text_at
from invoice_summarizer.cli.presentation.printable import elided_right, in_one_line, printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import assurance_pb2, event_pb2, invoice_pb2

_OF_CORRECTIONS = {
    "CORRECTED_BY_APPROVER": "whoever approved it had corrected it before",
    "CORRECTIONS_DISCARDED": "what people had corrected was to be lost",
}
_WIDEST_VALUE = 120
_MOST_CHANGED = 5  # as many are shown; all are in the JSON


def events_view(
    events: Sequence[event_pb2.Event], more: bool, of: invoice_pb2.Invoice
) -> RenderableType:
    """Returns a line for each event: when, what, who; and below it what changed, or why.

    `of` is the invoice as it is now: what it still has of a correction stands beside the name of the field.
    """
    if not events:
        return Text("no events")
    lines = Text()
    for event, times in _runs(events):
        time = event.time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC")
        kind = enum_words(event_pb2.Event.Kind.Name(event.kind))
        lines.append(f"{time}  {kind}", style="bold").append(
            f", by {printable(event.actor)}{_more_often(times)}\n"
        )
        for detail in _details(event, of):
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


def _details(event: event_pb2.Event, of: invoice_pb2.Invoice) -> Sequence[str]:
    values = _values(event, of)
    changed = [f"{path}{values.get(path, '')}" for path in event.changed[:_MOST_CHANGED]]
    if len(event.changed) > len(changed):
        changed.append(f"and {len(event.changed) - len(changed)} more")
    details = (
        f"“{printable(event.comment)}”" if event.comment else "",
        printable(_why(event.reason)),
        printable(("; " if values else ", ").join(changed)),
        f"operation {short_id(event.operation)}" if event.operation else "",
    )
    return [detail for detail in details if detail]


def _why(reason: str) -> str:
    if reason in _OF_CORRECTIONS:
        return f"{_OF_CORRECTIONS[reason]} [{reason}]"
    return explained(reason) if reason else ""


def _values(event: event_pb2.Event, of: invoice_pb2.Invoice) -> dict[str, str]:
    """Returns, by field, what the event made of it: of a field that nobody has changed since, and that is in its place."""
    return {
        known.field_path: f": {_value(known, of)}"
        for known in of.annotations
        if any(_is_of(evidence, event) for evidence in known.evidence)
    }


def _value(known: assurance_pb2.FieldAnnotation, of: invoice_pb2.Invoice) -> str:
    value = field_value(known, text_at(of.content, known.field_path))
    return elided_right(in_one_line(value), _WIDEST_VALUE)


def _is_of(evidence: assurance_pb2.Evidence, event: event_pb2.Event) -> bool:
    edit = evidence.human_edit
    return (
        event.kind == event_pb2.Event.INVOICE_CORRECTED
        and evidence.HasField("human_edit")
        and (edit.actor, edit.time) == (event.actor, event.time)
    )
