"""The name at the head of a receipt: the first line in letters, over as many lines as it takes."""

import re
from collections.abc import Sequence

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import ColumnText, has_legal_form, is_name, segments
from invoice_reading.extract.marked_rows import MarkedRow, is_recognised
from invoice_reading.extract.name_lines import is_rest_of_name

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
        for line in segments(row)
        if is_recognised(row)
    ]
    for at, line in enumerate(head):
        if not _is_head(line):
            continue
        lines = head[at : at + _lines_of_name(head[at : at + _MOST_LINES])]
        return tuple(without_register_number(each).region for each in lines)
    return ()


def _lines_of_name(lines: Sequence[ColumnText]) -> int:
    count = 1
    while count < len(lines) and _continues(lines[count - 1], lines[count]):
        count += 1
    # "EXAMPLE HARDWARE" above "TRADING (WEST" above "END) SDN BHD": the last is the rest of a name.
    for at in range(count, len(lines)):
        if not is_name(lines[at].text) or any(letter.isdigit() for letter in lines[at].text):
            break
        if is_rest_of_name(lines[at].text):
            return at + 1
    return count


def without_register_number(line: ColumnText) -> ColumnText:
    """Returns the line without the number of a register in brackets at its end."""
    match = _REGISTER_NUMBER.search(line.text)
    if match is None or match.start() == 0:
        return line
    return ColumnText(line.row, line.begin, line.begin + match.start())


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
