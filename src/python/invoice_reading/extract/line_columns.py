"""The heading of a table of invoice lines: which column stands where."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import NumberText
from invoice_reading.extract.phrases import Found, column_phrases
from invoice_reading.extract.tokens import tokens

TEXT_COLUMNS = (Column.OTHER, Column.DESCRIPTION, Column.ARTICLE)  # of words, whatever digits

MAX_HEADINGS = 60  # rows of one page that are examined as headings
_MAX_HEADING_TOKENS = 30
_MAX_STACKED_ROWS = 4
_NEAR = 25.0  # points
_CONTENT_ROWS = 12  # rows under a heading by which two columns of words are told apart

# Where the words of one heading name several columns, the first of these is meant: "price amount" is an amount.
_PRECEDENCE = (
    Column.GROSS_AMOUNT,
    Column.TAX_AMOUNT,
    Column.AMOUNT,
    Column.PRICE_BASE,
    Column.UNIT_PRICE,
    Column.VAT_RATE,
    Column.DISCOUNT,
    Column.QUANTITY,
    Column.DESCRIPTION,
    Column.ARTICLE,
    Column.UNIT,
    Column.POSITION,
    Column.OTHER,
)


@dataclass(frozen=True, slots=True)
class HeadedColumn:
    kind: Column
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns from left to right; the heading covers the rows [first, last] of the document."""

    columns: tuple[HeadedColumn, ...]
    first: int
    last: int
    page: int

    def column_of(self, row: MarkedRow, number: NumberText) -> HeadedColumn | None:
        """Returns the column that the number stands in: the nearest one, None where none is near."""
        best = min(self.columns, key=lambda column: _distance(column, row, number), default=None)
        return best if best is not None and _distance(best, row, number) < _NEAR else None

    def is_nearer(
        self, kind: Column, row: MarkedRow, number: NumberText, rival: NumberText
    ) -> bool:
        """Returns whether the number stands nearer to the column of that kind than its rival does."""
        [column, *_] = [column for column in self.columns if column.kind is kind]
        return _distance(column, row, number) < _distance(column, row, rival)

    def zone(self, kind: Column) -> tuple[float, float] | None:
        """Returns the horizontal room of a column: from the end of the heading before it to the start of the next."""
        for at, column in enumerate(self.columns):
            if column.kind is kind:
                left = self.columns[at - 1].right if at else 0.0
                right = self.columns[at + 1].left if at + 1 < len(self.columns) else 1e9
                return min(left, column.left), max(right, column.right)
        return None

    @property
    def names_amounts(self) -> bool:
        return any(column.kind in (Column.AMOUNT, Column.GROSS_AMOUNT) for column in self.columns)


def _distance(column: HeadedColumn, row: MarkedRow, number: NumberText) -> float:
    """Returns the gap between them, and of those that overlap how far the nearer edges are apart, as a thousandth."""
    left, right = row.row.left(number.begin), row.row.right(number.end)
    apart = max(column.left - right, left - column.right)
    edges = min(abs(column.right - right), abs(column.left - left)) / 1000
    return max(apart, 0.0) + edges


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    left: float
    right: float
    top: float


def heading_at(all_rows: Sequence[MarkedRow], index: int) -> Heading | None:
    """Returns the heading whose main row is the given one; None where the row is no heading of invoice lines."""
    heading = _heading(all_rows, index)
    if heading is None:
        return None
    kinds = _kinds(heading)
    what = kinds & {Column.DESCRIPTION, Column.ARTICLE, Column.QUANTITY}
    named = Column.DESCRIPTION in kinds or len(kinds - {Column.OTHER}) >= 3
    # Where no column says that it holds amounts, the last money of a row may be one: see `line_content`.
    priced = {Column.DESCRIPTION, Column.QUANTITY, Column.UNIT_PRICE} < kinds - {Column.OTHER}
    return heading if what and (heading.names_amounts or priced) and named else None


def goods_heading_at(all_rows: Sequence[MarkedRow], index: int) -> Heading | None:
    """Returns the heading of a table that counts or numbers what it names, without amounts, as on delivery notes."""
    heading = _heading(all_rows, index)
    if heading is None or heading.names_amounts:
        return None
    kinds = _kinds(heading)
    counts = kinds & {Column.QUANTITY, Column.POSITION}
    return heading if counts and kinds & {Column.DESCRIPTION, Column.ARTICLE} else None


def _heading(all_rows: Sequence[MarkedRow], index: int) -> Heading | None:
    anchor = all_rows[index]
    if not may_be_heading(anchor):
        return None
    first, last = _stacked(all_rows, index)
    cells = [cell for row in all_rows[first : last + 1] for cell in _cells(row)]
    return Heading(_described(_columns(cells), all_rows, last), first, last, anchor.page)


def _kinds(heading: Heading) -> set[Column]:
    return {column.kind for column in heading.columns}


def is_other_heading(row: MarkedRow) -> bool:
    """Returns whether the row is the heading of some other table, so that the table of lines has ended."""
    if any(number.is_money for number in row.numbers) or len(row.tokens) > _MAX_HEADING_TOKENS:
        return False
    found = column_phrases().search(row.row.text, row.tokens)
    starts = {begin for begin, _ in row.row.segments()}
    return sum(1 for phrase in found if phrase.begin in starts) >= 2


def may_be_heading(row: MarkedRow) -> bool:
    """Returns whether the row names two columns at least and little else; cheap, unlike `heading_at`."""
    if not 2 <= len(row.tokens) <= _MAX_HEADING_TOKENS or row.dates:
        return False
    if any(number.is_money for number in row.numbers):
        return False
    found = column_phrases().search(row.row.text, row.tokens)
    named = sum(phrase.last - phrase.first + 1 for phrase in found)
    kinds = {meaning for phrase in found for meaning in phrase.meanings}
    return len(kinds) >= 2 and named * 2 >= len(row.tokens)


def _stacked(all_rows: Sequence[MarkedRow], index: int) -> tuple[int, int]:
    """Returns the rows around the main row that carry parts of the same heading, set close above and below it."""
    anchor = all_rows[index]
    first = last = index
    for step in (-1, 1):
        edge = anchor
        for at in range(index + step, index + step * (_MAX_STACKED_ROWS + 1), step):
            if not 0 <= at < len(all_rows):
                break
            row = all_rows[at]
            apart = (edge.row.top - row.row.bottom) if step < 0 else (row.row.top - edge.row.bottom)
            if (
                row.page != anchor.page
                or apart > (0.9 if _is_all_names(row) else 0.6) * anchor.row.height
                or not _is_heading_part(row)
            ):
                break
            first, last = min(first, at), max(last, at)
            edge = row
    return first, last


def _is_heading_part(row: MarkedRow) -> bool:
    if not _may_be_heading_part(row):
        return False
    return all(
        sum(1 for token in row.tokens if begin <= token.begin < end) <= 4
        and ":" not in row.row.text[begin:end]
        for begin, end in row.row.segments()
    )


def _is_all_names(row: MarkedRow) -> bool:
    """Returns whether the row holds nothing but names of columns."""
    found = column_phrases().search(row.row.text, row.tokens)
    return sum(phrase.last - phrase.first + 1 for phrase in found) == len(row.tokens)


def _may_be_heading_part(row: MarkedRow) -> bool:
    return len(row.tokens) <= _MAX_HEADING_TOKENS and not row.dates and not row.numbers


def _cells(row: MarkedRow) -> list[_Cell]:
    """Splits a row of a heading where a gap or another column's name begins."""
    phrases = column_phrases().search(row.row.text, row.tokens)
    cells: list[_Cell] = []
    for begin, end in row.row.segments():
        starts = [phrase.begin for phrase in phrases if begin < phrase.begin < end]
        cuts = [begin, *_name_starts(phrases, starts, begin), end]
        for low, high in pairwise(cuts):
            text = row.row.text[low:high].strip()
            if text:
                stop = low + len(row.row.text[low:high].rstrip())
                cells.append(_Cell(text, row.row.left(low), row.row.right(stop), row.row.top))
    return cells


def _name_starts(phrases: Sequence[Found[Column]], starts: list[int], begin: int) -> list[int]:
    has_name_before = any(phrase.begin == begin for phrase in phrases)
    return starts if has_name_before else starts[1:] if starts else []


def _columns(cells: Sequence[_Cell]) -> tuple[HeadedColumn, ...]:
    stacks: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda cell: cell.left):
        home = next((stack for stack in stacks if _stands_over(stack, cell)), None)
        if home is None:
            stacks.append([cell])
        else:
            home.append(cell)
    columns = [
        HeadedColumn(kind, min(cell.left for cell in stack), max(cell.right for cell in stack))
        for stack in stacks
        for kind in (_kind(stack),)
        if kind is not None
    ]
    return _without_doubles(sorted(columns, key=lambda column: column.left))


def _stands_over(stack: Sequence[_Cell], cell: _Cell) -> bool:
    if any(abs(other.top - cell.top) < 2 for other in stack):
        return False
    left, right = min(other.left for other in stack), max(other.right for other in stack)
    shared = min(right, cell.right) - max(left, cell.left)
    return shared > 0.4 * min(right - left, cell.right - cell.left)


def _kind(stack: Sequence[_Cell]) -> Column | None:
    text = ""
    for cell in sorted(stack, key=lambda cell: cell.top):
        hyphenated = text.endswith("-") and cell.text[:1].islower()
        text = text[:-1] + cell.text if hyphenated else f"{text} {cell.text}"
    of = tokens(text)
    found = column_phrases().search(text, of)
    if not found:
        return None
    longest = max(phrase.last - phrase.first for phrase in found)
    named = {meaning for phrase in found for meaning in phrase.meanings}
    kinds = {
        meaning
        for phrase in found
        if phrase.last - phrase.first == longest
        for meaning in phrase.meanings
    }
    if kinds <= {Column.ARTICLE, Column.POSITION} and Column.DESCRIPTION in named:
        return Column.DESCRIPTION
    return next(kind for kind in _PRECEDENCE if kind in kinds)


def _described(
    columns: tuple[HeadedColumn, ...], all_rows: Sequence[MarkedRow], last: int
) -> tuple[HeadedColumn, ...]:
    """Returns the columns with one description: of several headings of that kind, the one over the most words.

    "Item" beside "Description" heads codes of articles.
    """
    described = [at for at, column in enumerate(columns) if column.kind is Column.DESCRIPTION]
    if len(described) < 2:
        return columns
    rows = all_rows[last + 1 : last + 1 + _CONTENT_ROWS]
    words = {at: _words_under(columns, at, rows) for at in described}
    home = max(described, key=lambda at: (words[at], -at))
    return tuple(
        (
            HeadedColumn(Column.ARTICLE if at < home else Column.OTHER, column.left, column.right)
            if at in described and at != home
            else column
        )
        for at, column in enumerate(columns)
    )


def _words_under(columns: Sequence[HeadedColumn], at: int, rows: Sequence[MarkedRow]) -> int:
    """Returns how many letters of words without digits stand between the column's edge and the next column's."""
    left = columns[at].left - 2
    right = columns[at + 1].left - 2 if at + 1 < len(columns) else 1e9
    return sum(
        len(word.text)
        for row in rows
        for start, word in zip(row.row.starts, row.row.words, strict=True)
        if left <= row.row.left(start) < right and word.text.isalpha() and len(word.text) > 1
    )


def _without_doubles(columns: Sequence[HeadedColumn]) -> tuple[HeadedColumn, ...]:
    """Keeps one column a kind: the last amount, the first of everything else; the others hold something else.

    Of descriptions all are kept, since their content tells them apart.
    """
    kept: list[HeadedColumn] = []
    for at, column in enumerate(columns):
        others = columns[at + 1 :] if column.kind is Column.AMOUNT else columns[:at]
        doubled = column.kind is not Column.DESCRIPTION and any(
            other.kind is column.kind for other in others
        )
        kept.append(HeadedColumn(Column.OTHER, column.left, column.right) if doubled else column)
    return tuple(kept)
