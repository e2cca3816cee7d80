"""Identifiers beside their labels: the invoice number and references to other documents."""

import re
from collections.abc import Iterator, Sequence

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import ColumnText, segments
from invoice_reading.extract.confidence import GUESSED, IMPLIED, LABELLED
from invoice_reading.extract.dates import parse_date
from invoice_reading.extract.document_type import TitlePlace
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import (
    LabelPlace,
    only_fillers,
    room_beside,
)
from invoice_reading.extract.lexicon import Column, Label
from invoice_reading.extract.marked_rows import MarkedRow, below, overlaps
from invoice_reading.extract.phrases import column_phrases

# Letters of a prefix may stand apart ("RE 2026/17"); everything else is one run with at least one digit.
_IDENTIFIER = re.compile(
    r"(?<![\w/.\-])(?:(?!(?:NR|NO|VOM|VON|DE|DU|OF|THE|DATE|TEL|FAX)\b)[A-Z]{1,4}[ -])?"
    r"(?=[\w/.\-–]*\d)[A-Za-z0-9](?:[\w/.\-–]*\w)?(?![\w/\-–\ufffd\ue000-\uf8ff])"
)
# A further group of a number that is printed in groups ("384 560 2210", "2026 RE 0815").
_GROUP = re.compile(
    r" (?:[A-Z]{1,4} )?(?=[A-Z0-9/.\-]*\d)[A-Z0-9](?:[A-Z0-9/.\-]*[A-Z0-9])?(?![\w/\-])"
)
_WORD_BEHIND = re.compile(r" [^\W\d_]")
_LABEL_MARKS = ".:º°# "  # what may stand behind a label in its column: "N.º:"
_SHORTEST_BELOW = 3
_TABLE_COLUMNS = frozenset({Column.QUANTITY, Column.UNIT_PRICE, Column.DESCRIPTION})
_ANY_MARKS = re.compile(r"[\s:#.°º\-–=]*")
_SUM_ALONE = re.compile(r"[^\W\d]{0,3}[\d\s.,'’+\-–€$£%]+[^\W\d]{0,3}")
_LONGEST_SUM = 30  # characters
_ALIGNED_POINTS = 3.0  # how far left edges of one column are apart
_DATES = (Label.ISSUE_DATE, Label.ANY_DATE)
_NUMBER_LABELS = (
    Label.INVOICE_NUMBER,
    Label.DOCUMENT_NUMBER,
    Label.OWN_REFERENCE,
    Label.ANY_REFERENCE,
)


def invoice_numbers(
    all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace], titles: Sequence[TitlePlace]
) -> list[list[FieldValue]]:
    """Returns the invoice numbers that the document may mean, in ranks: the first rank that is not empty decides.

    The last rank has what stands beside a label and is more likely something else: an entry of a list of invoices, as
    reminders have them, or the value of another label.
    """
    labelled = [place for place in places if place.means(Label.INVOICE_NUMBER)]
    general = [place for place in places if place.means(Label.DOCUMENT_NUMBER) and place.free]
    beside = list(_after(labelled, LABELLED))
    titled = [found for place in titles for found in _after_title(place)]
    under = [found for place in labelled for found in _below(all_rows, place, LABELLED - 0.05)]
    numbered = [*_after(general, IMPLIED - 0.1), *_after_hash(all_rows)]
    own = [
        place
        for place in places
        if place.free
        and (
            place.means(Label.OWN_REFERENCE)
            or (place.means(Label.ANY_REFERENCE) and _is_beside_date(all_rows, place))
        )
    ]
    ranks = [
        beside,
        under,
        titled,
        numbered,
        list(_under_heads(all_rows, general)),
        [*_after(own, IMPLIED - 0.2), *_under_heads(all_rows, own)],
    ]
    if not any(ranks):
        return ranks
    others = _NotOfDocument(all_rows)
    doubtful = [
        FieldValue(value.value, value.evidence, min(value.confidence, GUESSED))
        for rank in ranks
        for value in rank
        if others.has(value)
    ]
    return [*([value for value in rank if not others.has(value)] for rank in ranks), doubtful]


class _NotOfDocument:
    """Tells which identifiers number something else than the document, for the place where they stand."""

    def __init__(self, all_rows: Sequence[MarkedRow]) -> None:
        self._all_rows = all_rows
        self._row_of = {(row.page, word.index): row for row in all_rows for word in row.row.words}
        self._entries: dict[int, bool] = {}  # by the index of the row, as are the labels
        self._labels: dict[int, list[PageRegion]] = {}

    def has(self, value: FieldValue) -> bool:
        region = value.evidence[0]
        row = self._row_of[(region.page, region.words[0].word)]
        if row.index not in self._entries:
            self._entries[row.index] = self._is_entry(row)
        return self._entries[row.index] or self._is_under_other_label(row, region)

    def _is_entry(self, row: MarkedRow) -> bool:
        """Returns whether the row lists something with its amount, in its columns or those of a next row without words."""
        if _has_sum_alone(row):
            return True
        if all(found.compact for found in row.dates):
            return False
        return any(
            other.page == row.page
            and other.row.top - row.row.bottom <= 0.5 * row.row.height
            and _has_sum_alone(other)
            and not any(sign.isalpha() for sign in other.row.text)
            for other in self._all_rows[row.index + 1 : row.index + 2]
        )

    def _is_under_other_label(self, row: MarkedRow, value: PageRegion) -> bool:
        """Returns whether a label of something else stands alone right over the value, in the same column.

        "Faktura VAT | K2953" has the value of "Cost centre:" where a title in large print reaches down to its row.
        """
        height = value.box.bottom - value.box.top
        aligned = _ALIGNED_POINTS / row.row.points_per_millionth
        return any(
            abs(label.box.left - value.box.left) <= aligned
            and -0.3 * height <= value.box.top - label.box.bottom <= 0.6 * height
            for above in self._all_rows[max(row.index - 2, 0) : row.index]
            if above.page == row.page
            for label in self._labels_of_others(above)
        )

    def _labels_of_others(self, row: MarkedRow) -> list[PageRegion]:
        if row.index not in self._labels:
            self._labels[row.index] = [
                column.region
                for column in segments(row)
                if (column.text.endswith(":") or column.is_label)
                and not column.label(*_NUMBER_LABELS)
            ]
        return self._labels[row.index]


def _has_sum_alone(row: MarkedRow) -> bool:
    """Returns whether an amount is all of a column behind another column."""
    sums = {number.begin for number in row.numbers if number.is_money or number.decimals}
    return any(
        begin > 0
        and end - begin <= _LONGEST_SUM
        and not sums.isdisjoint(range(begin, end))
        and _SUM_ALONE.fullmatch(row.row.text, begin, end) is not None
        for begin, end in (row.row.segments() if sums else ())
    )


def _is_beside_date(all_rows: Sequence[MarkedRow], place: LabelPlace) -> bool:
    """Returns whether the label of the document's date follows: in the next column, or under the label in its own."""
    row = place.row
    if not row.on_first_page:
        return False
    columns = list(segments(row))
    at = next(
        (at for at, column in enumerate(columns) if column.begin <= place.found.begin < column.end),
        None,
    )
    if at is None or not _begins(columns[at], place):
        return False
    if any(column.label(*_DATES) for column in columns[at + 1 : at + 2]):
        return True
    return any(
        abs(column.left - columns[at].left) <= _ALIGNED_POINTS
        and any(
            set(_DATES) & set(label.meanings) and column.begin <= label.begin <= column.begin + 1
            for label in lower.labels
        )
        for lower in below(all_rows, row, 1.5)
        for column in segments(lower)
    )


def _begins(column: ColumnText, place: LabelPlace) -> bool:
    return place.found.begin <= column.begin + 1


def _under_heads(
    all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace]
) -> Iterator[FieldValue]:
    """Yields what stands under labels that are all of their column: "Number", "Our reference".

    A row that heads the lines of a table has such a label as well, and numbers of lines are shorter.
    """
    for place in places:
        row, label = place.row, place.found
        alone = any(
            begin == label.begin and not row.row.text[label.end : end].strip(_LABEL_MARKS)
            for begin, end in row.row.segments()
        )
        if not alone or not row.on_first_page or _heads_lines(all_rows, row):
            continue
        for value in _below(all_rows, place, IMPLIED - 0.2):
            if len(str(value.value)) >= _SHORTEST_BELOW:
                yield value


def _heads_lines(all_rows: Sequence[MarkedRow], row: MarkedRow) -> bool:
    """Returns whether the row heads the lines of a table, or is the second row of such a head."""
    above = all_rows[max(row.index - 1, 0) : row.index]
    return any(
        _has_heading_of_lines(head)
        for head in (row, *above)
        if head.page == row.page and row.row.top - head.row.bottom <= 0.6 * row.row.height
    )


def _has_heading_of_lines(row: MarkedRow) -> bool:
    """Returns whether a column has headings of lines and no other words: "Unit price", and not "Cost centre:"."""
    found = column_phrases().search(row.row.text, row.tokens)
    for begin, end in row.row.segments():
        inside = [column for column in found if begin <= column.begin < end]
        covered = sum(column.last - column.first + 1 for column in inside)
        words = sum(
            begin <= token.begin < end and any(map(str.isalpha, token.text)) for token in row.tokens
        )
        meant = {meaning for column in inside for meaning in column.meanings}
        if _TABLE_COLUMNS & meant and covered >= words:
            return True
    return False


def references(
    all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace], label: Label
) -> list[FieldValue]:
    """Returns the identifiers beside or under the label, in reading order."""
    meant = [place for place in places if place.means(label) and place.free]
    beside = list(_after(meant, LABELLED - 0.05))
    return beside or [found for place in meant for found in _below(all_rows, place, IMPLIED)]


def _after(places: Sequence[LabelPlace], confidence: float) -> Iterator[FieldValue]:
    for place in places:
        begin, end = room_beside(place)
        found = _identifier(place.row, begin, end)
        for span in _in_groups(place.row, found, end) if found is not None else ():
            yield _value(place.row, span, confidence if place.free else confidence - 0.1)


def _in_groups(row: MarkedRow, found: tuple[int, int], end: int) -> list[tuple[int, int]]:
    """Returns the identifier with the groups that stand behind it in its column; both where its end is in doubt.

    A date, a label or a word of a sentence ends it. Where a sentence goes on behind a further group, that group may
    count something else.
    """
    text = row.row.text
    stop = found[1]
    while (group := _GROUP.match(text, stop, end)) is not None and not _begins_other(
        row, stop, group.end()
    ):
        stop = group.end()
    if stop == found[1]:
        return [found]
    whole = (found[0], stop)
    follows = _WORD_BEHIND.match(text, stop, end)
    return [found, whole] if follows and not _begins_other(row, stop, end) else [whole]


def _begins_other(row: MarkedRow, begin: int, end: int) -> bool:
    """Returns whether a date, or a label of something else, begins in the characters."""
    starts = [found.begin for found in row.dates if not found.compact]
    return any(begin <= at < end for at in (*starts, *(label.begin for label in row.labels)))


def _identifier(row: MarkedRow, begin: int, end: int) -> tuple[int, int] | None:
    """Returns the first identifier in the characters where only marks and fillers stand before it."""
    text = row.row.text
    skipped = _ANY_MARKS.match(text, begin, end)
    start = skipped.end() if skipped else begin
    match = _IDENTIFIER.search(text, start, end)
    if match is None or not only_fillers(row, start, match.start()) or not _is_identifier(match[0]):
        return None
    return match.span()


def _is_identifier(text: str) -> bool:
    return (
        len(text) <= 40
        and parse_date(text, None) is None
        and not re.fullmatch(r"\d+[.,]\d\d", text)
    )


def _after_title(place: TitlePlace) -> Iterator[FieldValue]:
    """Yields the identifier that follows the title, as in "Invoice INV/2026/3" or "Rechnung des Hauses Nr. 17"."""
    row = place.row
    for label in row.labels:
        number = Label.INVOICE_NUMBER in label.meanings or Label.DOCUMENT_NUMBER in label.meanings
        if label.end > place.begin and not number and not _is_cut_short(row, label.end):
            return
        if label.begin >= place.end and number and _words(row, place.end, label.begin) <= 3:
            found = _identifier(row, label.end, len(row.row.text))
            for span in _in_groups(row, found, len(row.row.text)) if found is not None else ():
                yield _value(row, span, LABELLED - 0.05)
            return
    end = row.row.text.find("\t", place.end)
    found = _identifier(row, place.end, len(row.row.text) if end < 0 else end)
    if found is not None:
        yield _value(row, found, IMPLIED)


def _is_cut_short(row: MarkedRow, end: int) -> bool:
    """Returns whether a label ends within a word: "Factura A-17" has no "factura a"."""
    return row.row.text[end : end + 1] in ("-", "/")


def _after_hash(all_rows: Sequence[MarkedRow]) -> Iterator[FieldValue]:
    """Yields the identifier that is all of a column of the first page but the "#" before it."""
    for row in all_rows:
        for begin, end in row.row.segments() if row.on_first_page else ():
            if row.row.text[begin] == "#":
                found = _identifier(row, begin + 1, end)
                if found is not None and found[1] == end:
                    yield _value(row, found, IMPLIED - 0.1)


def _words(row: MarkedRow, begin: int, end: int) -> int:
    return sum(1 for token in row.tokens if begin <= token.begin < end)


def _below(
    all_rows: Sequence[MarkedRow], place: LabelPlace, confidence: float
) -> Iterator[FieldValue]:
    row = place.row.row
    left, right = row.left(place.found.begin), row.right(place.found.end)
    for lower in below(all_rows, place.row):
        for begin, end in lower.row.segments():
            if overlaps(lower.row, begin, end, left, right):
                match = _IDENTIFIER.search(lower.row.text, begin, end)
                if match is not None and match.start() == begin and _is_identifier(match[0]):
                    for span in _in_groups(lower, match.span(), end):
                        yield _value(lower, span, confidence)
                return


def _value(row: MarkedRow, found: tuple[int, int], confidence: float) -> FieldValue:
    region = row.row.region(*found)
    return FieldValue(region.text, (region,), confidence)
