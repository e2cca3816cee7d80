"""What a figure of a summary rests on: its fields with their places, and how it is worked out."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from invoice_summarizer.cli.presentation.expression_words import expression_words
from invoice_summarizer.cli.presentation.findings import findings_view
from invoice_summarizer.cli.presentation.invoice import field_value
from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import printable, unbroken
from invoices.v1 import summarize_service_pb2

_INDENT = 5


def explanation_view(explained: summarize_service_pb2.ExplainClaimResponse) -> RenderableType:
    """Returns the figure, where the invoice has changed a warning, its fields, workings and findings."""
    return Group(*_parts(explained))


def _parts(explained: summarize_service_pb2.ExplainClaimResponse) -> Iterator[RenderableType]:
    yield Text(unbroken(explained.text), style="bold").append(
        f" [{explained.index + 1}]", style="cyan"
    )
    if explained.invoice_changed:
        yield Text(
            "The invoice has changed since; what follows is what it says now.", style="yellow"
        )
    if explained.fields:
        yield _Fields(explained)
    left = explained.field_count - len(explained.fields)
    if left:
        yield Text(f"and {left} more field{'' if left == 1 else 's'}", style="dim")
    for recomputation in explained.recomputations:
        yield from _working(recomputation)
    if explained.findings:
        yield findings_view(explained.findings)


class _Fields:
    def __init__(self, explained: summarize_service_pb2.ExplainClaimResponse) -> None:
        self._rows = [_row(field) for field in explained.fields]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield numbered_lines(self._rows, options.max_width)


def _row(field: summarize_service_pb2.ExplainedField) -> Row:
    annotation = field.annotation
    value = field.value if field.HasField("value") else None
    return Row(
        "    ", annotation.field_path, field_value(annotation, value), tuple(annotation.evidence)
    )


def _working(recomputation: summarize_service_pb2.Recomputation) -> Iterator[RenderableType]:
    yield Text(f"worked out as {printable(expression_words(recomputation.expression))}")
    if not recomputation.HasField("value"):
        yield _indented("which the invoice does not give any more")
        return
    yield _indented(recomputation.expression)
    yield _indented(f"= {recomputation.with_values}")
    yield _indented(f"= {recomputation.value}", style="bold")


def _indented(text: str, style: str = "") -> Padding:
    return Padding(Text(printable(text), style=style), (0, 0, 0, _INDENT), expand=False)
