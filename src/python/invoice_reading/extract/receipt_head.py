"""The name at the head of a receipt: the first line in letters, over as many lines as it takes."""

import re
from collections.abc import Iterator, Sequence

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import (
    LEGAL_FORM,
    ColumnText,
    has_legal_form,
    is_name,
    segments,
)
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.marked_rows import MarkedRow, is_recognised
from invoice_reading.extract.name_lines import is_rest_of_name
from invoice_reading.extract.tokens import fold

_HEAD_SHARE = 0.25
_MOST_LINES = 3
_REGISTER_NUMBER = re.compile(
    r"\s*[(\[][^()]*\d{4}[^()]*[)\]]?\s*$"
)  # "Example Sdn Bhd (1132106-H)"
_GOES_ON = re.compile(r"[&,(-]\s*$|\([^)]*$")
_FEWEST_LETTERS = 6


def receipt_head(all_rows: Sequence[MarkedRow]) -> tuple[PageRegion, ...]:
    """Returns the lines of the name that a recognised page begins with; none where it begins with something else."""
    head = [
        line
        for row in all_rows
        if row.on_first_page and row.row.top <= row.row.page.height_points * _HEAD_SHARE
        for line in _lines(row)
        if is_recognised(row)
    ]
    for at, line in enumerate(head):
        if not _is_head(line):
            continue
        lines = head[at : at + _lines_of_name(head[at : at + _MOST_LINES])]
        return tuple(without_register_number(each).region for each in lines)
    return ()


def _lines(row: MarkedRow) -> Iterator[ColumnText]:
    """Yields the columns of the row; a legal form that is set wide, "SDN   BHD", is one."""
    whole = ColumnText(row, 0, len(row.row.text))
    if is_rest_of_name(whole.text.replace(COLUMN, " ")):
        yield whole
    else:
        yield from segments(row)


def _lines_of_name(lines: Sequence[ColumnText]) -> int:
    count = 1
    while count < len(lines) and _continues(lines[count - 1], lines[count]):
        count += 1
    # "EXAMPLE HARDWARE" above "TRADING (WEST" above "END) SDN BHD": the last is the rest of a name.
    for at in range(count, len(lines)):
        if not is_name(lines[at].text) or any(letter.isdigit() for letter in lines[at].text):
            break
        if is_rest_of_name(lines[at].text.replace(COLUMN, " ")):
            return at + 1
    return count


def without_register_number(line: ColumnText) -> ColumnText:
    """Returns the line without the number of a register in brackets at its end."""
    match = _REGISTER_NUMBER.search(line.text)
    if match is None or match.start() == 0:
        return line
    return ColumnText(line.row, line.begin, line.begin + match.start())


def without_branch(line: ColumnText, below: Sequence[MarkedRow]) -> ColumnText:
    """Returns the line up to its legal form where what follows is the place that the address under it names as well.

    "Example Co. The Gardens Mall" stands over "First Floor, The Gardens Mall". One word may belong to the name.
    """
    *_, last = (None, *LEGAL_FORM.finditer(line.text))
    place = fold(line.text[last.end() :]).strip(" .,-") if last is not None else ""
    if last is None or len(place.split()) < 2 or not is_recognised(line.row):
        return line
    if not any(place in fold(row.row.text) for row in below):
        return line
    return ColumnText(line.row, line.begin, line.begin + last.end())


def _is_head(line: ColumnText) -> bool:
    text = without_register_number(line).text
    letters = sum(1 for letter in text if letter.isalpha())
    digits = sum(1 for letter in text if letter.isdigit())
    if letters < _FEWEST_LETTERS or digits or text.islower():
        return False  # a line in small letters alone is a note, or somebody's name over the printed head
    return is_name(text) and not line.is_label


def _continues(line: ColumnText, following: ColumnText) -> bool:
    if any(letter.isdigit() for letter in following.text) or not is_name(following.text):
        return False
    if following.row is line.row:
        return True
    return not has_legal_form(line.text) and _GOES_ON.search(line.text) is not None
