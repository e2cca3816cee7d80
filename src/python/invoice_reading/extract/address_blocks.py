"""Blocks of an address: name above street above post code and town."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import (
    LEGAL_FORM,
    TOWN,
    ColumnText,
    has_legal_form,
    is_name,
    segments,
)
from invoice_reading.extract.layout import COLUMN, LOOSE
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.name_lines import name_regions
from invoice_reading.extract.phrases import title_phrases

_SEPARATOR = re.compile(r"\s*[•●|·∙▪■◦]\s*|\s+[-–—]\s+|,\s+")
_POST_CODE = re.compile(
    r"(?<![\w/.])(?:[A-Z]{1,3}-)?(?:\d{4,5}(?:-\d{3,4})?|\d{2}-\d{3}|\d{4} ?[A-Z]{2}) [^\W\d_]"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]\d[\dW] [A-Z\d]{4}\b"
)
_MAX_LINES = 5
_INDENT_POINTS = 6.0


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """The first line of an address without a label of a field in it; `owner` is the label that stands over it."""

    name: ColumnText
    owner: frozenset[Label]
    town: ColumnText
    below: tuple[ColumnText, ...] = ()  # the lines between the name and the town

    @property
    def party(self) -> tuple[PageRegion, ...]:
        """Returns the name of the party: the first line, with the next where the name goes on there."""
        return name_regions(self.name, self.below)


def sender_name(row: MarkedRow) -> ColumnText | None:
    """Returns the name in a sender's line: "Name GmbH • Street 1 • 12345 Town" on one row."""
    text = row.row.text.replace(LOOSE, " ")
    # "Example, Lda." is one name.
    separators = _SEPARATOR.finditer(text)
    first = next((mark for mark in separators if not LEGAL_FORM.match(text, mark.end())), None)
    if first is None or first.start() == 0:
        return None
    parts = _SEPARATOR.split(text[first.end() :])[:6]
    if len(parts) < 2 or not any(_POST_CODE.search(part) for part in parts):
        return None
    begin = text.rfind(COLUMN, 0, first.start()) + 1
    found = ColumnText(row, begin, first.start())
    if first[0].startswith(",") and not has_legal_form(found.text) and not _has_street(parts):
        return None  # the end of an address over two lines: "Westend, Example Town, 12345 Example"
    return found if is_name(found.text) and len(found.text) >= 3 else None


def _has_street(parts: Sequence[str]) -> bool:
    """Returns whether a part of the line has a number, and it is not the one with the post code."""
    return any(
        _POST_CODE.search(part) is None and any(sign.isdigit() for sign in part) for part in parts
    )


def address_blocks(all_rows: Sequence[MarkedRow]) -> Iterator[AddressBlock]:
    """Yields the addresses of the document from top to bottom."""
    for row in all_rows:
        for town in segments(row):
            if town.end - town.begin <= 60 and TOWN.search(town.text):
                block = _block(all_rows, town)
                if block is not None:
                    yield block


def _block(all_rows: Sequence[MarkedRow], town: ColumnText) -> AddressBlock | None:
    name: ColumnText | None = None
    owner: frozenset[Label] = frozenset()
    lower = town
    under: list[ColumnText] = []
    climbed = 0
    for row in reversed(all_rows[max(town.row.index - 14, 0) : town.row.index]):
        if row.page != town.row.page or climbed >= _MAX_LINES:
            break
        if lower.row.row.top - row.row.bottom > 3.4 * lower.row.row.height:
            break
        aligned = [
            segment for segment in segments(row) if abs(segment.left - town.left) <= _INDENT_POINTS
        ]
        over = [segment for segment in segments(row) if -30 <= town.left - segment.left <= 30]
        labelled = [segment for segment in over if _party_labels(segment)]
        if labelled:
            owner = _party_labels(labelled[0])
            break
        if not aligned:
            continue
        line = aligned[0]
        if sender_name(row) is not None or (name is not None and TOWN.search(line.text)):
            break
        if name is not None and _is_over_a_name(line, name):
            break
        climbed += 1
        lower = line
        if is_name(line.text) and not (line.is_label or _is_dated(line) or _is_titled(line)):
            if name is not None:
                under.append(name)
            name = line
    if name is None:
        return None
    return AddressBlock(name, owner, town, tuple(reversed(under)))


def _is_over_a_name(line: ColumnText, name: ColumnText) -> bool:
    """Returns whether the line is print of another size over a name that says what it is: a logo, a title."""
    sizes = sorted(part.region.box.bottom - part.region.box.top for part in (line, name))
    return has_legal_form(name.text) and not has_legal_form(line.text) and sizes[1] > 1.3 * sizes[0]


def _is_titled(segment: ColumnText) -> bool:
    """Returns whether the text is the title of a document with its number: "Invoice 2026-17"."""
    row = segment.row
    first = next((at for at, token in enumerate(row.tokens) if token.begin >= segment.begin), None)
    if first is None or not any(letter.isdigit() for letter in segment.text):
        return False
    return title_phrases().at(row.row.text, row.tokens, first) is not None


def _is_dated(segment: ColumnText) -> bool:
    return any(segment.begin <= date.begin < segment.end for date in segment.row.dates)


def _party_labels(segment: ColumnText) -> frozenset[Label]:
    wanted = (Label.SELLER, Label.BUYER, Label.OTHER_PARTY, Label.RECIPIENT)
    return frozenset(label for label in wanted if segment.label(label))
