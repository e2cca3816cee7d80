"""What came of a replay: whether reading and summaries are what they were, and where they are not."""

from collections.abc import Iterator

from google.longrunning import operations_pb2
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import operation_pb2

_Outcome = operation_pb2.ReplayedSummary.Outcome
_DIFFERING = frozenset({_Outcome.DIFFERENT, _Outcome.MODEL_FAILED})


def replay_of(operation: operations_pb2.Operation) -> operation_pb2.ReplayResult | None:
    """Returns the result of a replay that is done; None of any other operation."""
    result = operation_pb2.ReplayResult()
    return result if operation.response.Unpack(result) else None


def differs(result: operation_pb2.ReplayResult) -> bool:
    """Says whether the reading, or a summary that was written again, is not as it is stored."""
    return not result.reading_equal or any(each.outcome in _DIFFERING for each in result.summaries)


def replay_view(result: operation_pb2.ReplayResult) -> RenderableType:
    return Group(*_reading(result), *_summaries(result))


def _reading(result: operation_pb2.ReplayResult) -> Iterator[RenderableType]:
    if result.reading_equal:
        yield Text(f"The reading is equal, byte for byte ({result.build}).", style="green")
        return
    yield Text(f"The reading differs ({result.build}):", style="bold red")
    for each in result.differences:
        yield Padding(_difference(each), (0, 0, 0, 2), expand=False)
    left = result.difference_count - len(result.differences)
    if left:
        yield Text(f"  and {left} more field{'' if left == 1 else 's'}")
    if result.other_differences:
        words = ", ".join(name.replace("_", " ") for name in result.other_differences)
        yield Text(f"  other parts: {words}")


def _difference(each: operation_pb2.FieldDifference) -> Text:
    line = Text(f"{each.field_path}: ", style="bold")
    old = printable(each.old_value) if each.HasField("old_value") else "no value"
    new = printable(each.new_value) if each.HasField("new_value") else "no value"
    said = f"{old}, with other evidence" if old == new else f"{old} → {new}"
    by_person = " (entered by a person)" if each.changed_by_person else ""
    return line.append(said + by_person, style="not bold")


def _summaries(result: operation_pb2.ReplayResult) -> Iterator[RenderableType]:
    for each in result.summaries:
        style = "bold red" if each.outcome in _DIFFERING else ""
        line = Text(f"summary {short_id(each.summary)}  ")
        line.append(enum_words(_Outcome.Name(each.outcome)), style=style)
        if not each.same_writer:
            line.append("  (another writer or version)", style="dim")
        if each.reasons:
            line.append(f"  {', '.join(map(explained, each.reasons))}", style="dim")
        yield line
        if each.outcome == _Outcome.DIFFERENT:
            yield _indented(f"- {each.old_text}")
            yield _indented(f"+ {each.new_text}")
    if result.more_summaries:
        yield Text("There are older summaries, which were not written again.", style="dim")


def _indented(text: str) -> Padding:
    return Padding(Text(printable(text, keep="\n")), (0, 0, 0, 2), expand=False)
