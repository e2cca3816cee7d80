"""Sums that tables carry over from page to page: are they those of the rows so far?"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from en16931.exact import EXACT
from invoice_reading.carried_sum import CarriedSum
from invoice_reading.extract.amount_captions import AmountGroup, AmountKind
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.line_table import LineTable
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark

_AMOUNTS = (Column.AMOUNT, Column.GROSS_AMOUNT)
# "Transporte" is freight, and what the page before carried over.
_MAY_BE_CARRIED_IN = (AmountKind.CARRIED, AmountKind.CHARGE)
_BESIDE_LINES = (AmountKind.CHARGE, AmountKind.ALLOWANCE)


@dataclass(frozen=True, slots=True)
class _Carried:
    """A row at the foot of a page of the table (`out`) or at its head; `line` is the number of lines before it."""

    page: int
    out: bool
    line: int
    index: int
    values: frozenset[Decimal]


def carried_sums(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    table: LineTable,
    mark: DecimalMark | None,
) -> tuple[CarriedSum, ...]:
    """Returns the carried sums of which it is known whether they hold, in the order of the document.

    Each stands behind the last line of a page, or before the first, of a table that goes on over the page. It may be of
    amounts without VAT or with it, and count charges and allowances between the lines or not. Where a line has no
    amount, the foot of one page is held against the head of the next alone.
    """
    found = list(_carried(groups, table, mark))
    if not found:
        return ()
    sums = [one for column in _AMOUNTS for one in (_running(table, column, mark),) if one]
    between = _beside_lines(all_rows, groups, table, mark)
    contradicted = {
        after.index
        for before, after in pairwise(found)
        if before.out and not after.out and after.line == before.line
        if before.values.isdisjoint(after.values)
    }
    told: list[CarriedSum] = []
    for one in found:
        beside = [value for index, value in between if index < one.index]
        may_be = {
            EXACT.add(running[one.line], apart)
            for running in sums
            for apart in (Decimal(0), *accumulate(beside, EXACT.add))
        }
        holds = not may_be or not may_be.isdisjoint(one.values)
        if may_be or one.index in contradicted:
            told.append(CarriedSum(one.page, holds and one.index not in contradicted))
    return tuple(told)


def _carried(
    groups: Mapping[int, Sequence[AmountGroup]], table: LineTable, mark: DecimalMark | None
) -> Iterator[_Carried]:
    lines = [line.row for line in table.lines]
    starts = [row.index for row in lines]
    taken = frozenset(starts)
    page_before = 0  # the last at whose foot a sum was carried over
    for index, of_row in groups.items():
        kinds = {group.kind for group in of_row}
        row = of_row[0].row if of_row else None
        if row is None or index in taken or kinds.isdisjoint(_MAY_BE_CARRIED_IN):
            continue
        at = bisect_left(starts, index)
        if not 0 < at < len(lines):
            continue
        before, after = lines[at - 1].page, lines[at].page
        is_out, is_in = before == row.page < after, before < row.page == after
        is_named = AmountKind.CARRIED in kinds
        if not (is_out and is_named or is_in and (is_named or page_before == before)):
            continue
        values = [
            number.value(mark) for group in of_row for number in group.numbers if number.is_money
        ]
        known = frozenset(value for value in values if value is not None)
        if known:
            page_before = row.page if is_out else page_before
            yield _Carried(row.page, is_out, at, index, known)


def _running(table: LineTable, column: Column, mark: DecimalMark | None) -> Sequence[Decimal]:
    """Returns the sums of the first lines, from none to all of them; nothing where one has no amount in the column."""
    numbers = [line.numbers.get(column) for line in table.lines]
    values = [number.value(mark) for number in numbers if number is not None]
    known = [value for value in values if value is not None]
    if len(known) < len(table.lines):
        return ()
    return [Decimal(0), *accumulate(known, EXACT.add)]


def _beside_lines(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    table: LineTable,
    mark: DecimalMark | None,
) -> Sequence[tuple[int, Decimal]]:
    """Returns charges and allowances that stand between lines, by their rows."""
    taken = frozenset(line.row.index for line in table.lines)
    first, last = table.lines[0].row.index, table.lines[-1].row.index
    found: list[tuple[int, Decimal]] = []
    for row in all_rows[first : last + 1]:
        for group in groups.get(row.index, ()) if row.index not in taken else ():
            money = [number for number in group.amounts if number.is_money]
            value = money[-1].value(mark) if money and group.kind in _BESIDE_LINES else None
            if value is not None:
                is_less = group.kind is AmountKind.ALLOWANCE
                found.append((row.index, value.copy_abs().copy_negate() if is_less else value))
    return found
