"""Under which captions an amount stands: beside it, or over it in a table of totals."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from invoice_reading.agreement.comparison import Printed
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.amount_captions import AmountKind, headed_amounts
from invoice_reading.extract.numbers import NumberText

_WHOLE = frozenset({AmountKind.TOTAL, AmountKind.DUE})
_Place = tuple[int, int]  # the index of a row, and the character at which a number begins


@dataclass(frozen=True, slots=True)
class AmountPlaces:
    """Where amounts stand, by what their captions say of them."""

    printed: PrintedDocument
    kinds: Mapping[_Place, AmountKind]
    lines: LineRows

    def in_rows(self, value: Decimal) -> list[PrintedAmount]:
        """Returns the places of an amount of money in the rows of the pages."""
        return [
            amount
            for amount in self.printed.amounts.all(value)
            if amount.is_money and id(amount.row) in self.printed.marked
        ]

    def is_something_else(self, value: Decimal, own: Set[AmountKind]) -> bool:
        """Returns whether the amount stands nowhere but under captions of other kinds than these, or in lines."""
        places = self.in_rows(value)
        return bool(places) and not any(self._may_be(place, own) for place in places)

    def whole(self, value: Decimal) -> Printed | None:
        """Returns the last amount that a caption calls the total, or what is to be paid, of another size."""
        return next(
            (
                Printed(amount.region, amount.size)
                for (row, begin), kind in reversed([*self.kinds.items()])
                if kind in _WHOLE
                for amount in self.printed.amounts.of_row(self.printed.rows[row])
                if amount.begin == begin and amount.is_money and amount.size != abs(value)
            ),
            None,
        )

    def _may_be(self, amount: PrintedAmount, own: Set[AmountKind]) -> bool:
        index = self.printed.marked_row(amount.row).index
        kind = self.kinds.get((index, amount.begin))
        return kind in own or (kind is None and index not in self.lines.with_line_numbers)


def amount_places(printed: PrintedDocument, lines: LineRows) -> AmountPlaces:
    kinds: dict[_Place, AmountKind] = {}

    def tell(kind: AmountKind | None, strong: bool, number: NumberText) -> None:
        if kind is not None and (strong or kind is AmountKind.TOTAL):
            row = printed.marked.get(id(number.row))
            if row is not None:
                kinds.setdefault((row.index, number.begin), kind)

    # A caption before several amounts says less than the headings over them.
    for group in printed.groups:
        for number in group.amounts if len(group.amounts) == 1 else ():
            tell(group.kind, group.strong, number)
    for row in printed.rows:
        if row.index not in lines.with_line_numbers:
            for kind, strong, number in headed_amounts(printed.rows, row):
                tell(kind, strong, number)
    for group in printed.groups:
        for number in group.amounts:
            tell(group.kind, group.strong, number)
    return AmountPlaces(printed, kinds, lines)
