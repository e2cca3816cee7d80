"""Numbered lines of values and their places, which fit the width of the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from invoice_summarizer.cli.presentation.evidence import place_line
from invoice_summarizer.cli.presentation.printable import elided_right, unbroken
from invoices.v1 import assurance_pb2

_WIDEST_FIELD = 40
_WIDEST_FIELD_ABOVE = 24
_WIDEST_VALUE = 28
_NARROWEST_PLACE = 46
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """A value, the fields that have it, and every place where it stands."""

    label: str
    fields: str
    value: str
    evidence: tuple[assurance_pb2.Evidence, ...]


def numbered_lines(rows: Sequence[Row], width: int) -> Text:
    """Returns a line for each value with its place; where the terminal is narrow, the places go below the values."""
    label = max(len(row.label) for row in rows) + 1
    value = min(max(cell_len(row.value) for row in rows), _WIDEST_VALUE)
    widest = max(len(row.fields) for row in rows)
    field = min(widest, _WIDEST_FIELD)
    beside = label + field + value + 2 * len(_GAP)
    indent = beside
    if width - beside < _NARROWEST_PLACE:
        indent = label + len(_GAP)
        field = min(widest, _WIDEST_FIELD_ABOVE)
    text = Text(overflow="fold")
    below = label + len(_GAP)
    for row in rows:
        text.append(f"{row.label:<{label}}", style="cyan").append(f"{row.fields:<{field}}")
        shown = unbroken(row.value)
        column = label + max(len(row.fields), field) + len(_GAP)
        # A value that does not fit behind its fields goes below them; it is cut only where it does not fit there.
        if cell_len(shown) > width - column:
            column = below
            text.append("\n" + " " * below)
        else:
            text.append(_GAP)
        shown = elided_right(shown, max(width - column, 1))
        text.append(shown, style="bold")
        column += cell_len(shown)
        for evidence in row.evidence:
            # The first place stands on the line of the value where there is room.
            fits = indent == beside and column + len(_GAP) <= indent
            text.append(" " * (indent - column) if fits else "\n" + " " * indent)
            text.append(place_line(evidence, width - indent, row.value), style="dim")
            column = width
        text.append("\n")
    text.right_crop()
    return text
