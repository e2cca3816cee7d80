"""What else on the document speaks for a name being the seller's, or against it.

A name in the letterhead alone may be the buyer's, a parent's, or half a name. It is surer where the buyer is named by a
label, and where the name stands with what sellers print of themselves: the only VAT identifier, an account, the foot of
the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from invoice_reading.extract.address_blocks import sender_name
from invoice_reading.extract.column_text import (
    ColumnText,
    is_name,
    same_name,
    segments,
)
from invoice_reading.extract.confidence import GUESSED, LABELLED
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold
from invoice_reading.extract.vat_identifiers import VatPlace, seller_vat_places
from invoice_reading.page import MILLIONTHS

_SUPPORT = 0.1  # one kind of evidence lifts what the place on the page implies above what is asked of the field
_FOOTER_SHARE = 0.85
_ACCOUNT_ROWS = 2  # how far from the account its holder stands
_BLOCK_POINTS = 110.0  # how far under a name its identifiers stand
_COLUMN_POINTS = 30.0
_INDENT_POINTS = 6.0
_HALF_A_NAME = GUESSED + 0.1
_MOST_NAMES, _MOST_IDENTIFIERS = 100, 20


@dataclass(frozen=True, slots=True)
class SellerSupport:
    """What is known of the document when a seller is chosen; `names` are all that could be a party's."""

    all_rows: Sequence[MarkedRow]
    names: Sequence[FieldValue]
    identifiers: Sequence[VatPlace]
    buyer: FieldValue | None
    is_self_billed: bool

    def judged(self, seller: FieldValue) -> FieldValue:
        """Returns the name with the confidence that all of the evidence gives it. A label needs none and fears none."""
        if seller.confidence >= LABELLED:
            return seller
        if self.is_self_billed or self._is_identified_as_other(seller):
            confidence = min(seller.confidence, GUESSED)
        else:
            kinds = (self._buyer_is_labelled(), self._is_identified(seller), self._recurs(seller))
            confidence = min(seller.confidence + _SUPPORT * sum(kinds), LABELLED)
        if self._may_begin_above(seller):
            confidence = min(confidence, _HALF_A_NAME)
        return FieldValue(seller.value, seller.evidence, confidence)

    def _buyer_is_labelled(self) -> bool:
        return self.buyer is not None and self.buyer.confidence >= LABELLED - 0.05

    def _is_identified(self, seller: FieldValue) -> bool:
        owner = self._owner_of_only_identifier()
        return owner is not None and self.buyer is not None and _is_same(owner, seller)

    def _is_identified_as_other(self, seller: FieldValue) -> bool:
        owner = self._owner_of_only_identifier()
        return owner is not None and not _is_same(owner, seller)

    def _owner_of_only_identifier(self) -> FieldValue | None:
        """Returns the name over the VAT identifier in its column, where the document has only one that is not the buyer's."""
        if len({place.identifier for place in self.identifiers}) != 1:
            return None
        owners = (self._name_over(place) for place in self.identifiers)
        return next((owner for owner in owners if owner is not None), None)

    def _name_over(self, place: VatPlace) -> FieldValue | None:
        row, left = place.label.row.row, place.label.row.row.left(place.label.found.begin)
        across, down = row.points_per_millionth, row.page.height_points / MILLIONTHS
        above = [
            (row.top - region.box.top * down, name)
            for name in self.names
            for region in name.evidence[:1]
            if region.page == place.label.row.page
            and abs(region.box.left * across - left) <= _COLUMN_POINTS
            and 0 <= row.top - region.box.top * down <= _BLOCK_POINTS
        ]
        return min(above, key=lambda item: item[0])[1] if above else None

    def _recurs(self, seller: FieldValue) -> bool:
        """Returns whether the name stands a second time, where sellers name themselves."""
        if self.buyer is None:
            return False
        text = fold(str(seller.value))
        own = {(region.page, span.word) for region in seller.evidence for span in region.words}
        return any(
            text in fold(row.row.text)
            and not any((row.page, word.index) in own for word in row.row.words)
            and self._is_sellers_place(row)
            for row in self.all_rows
        )

    def _is_sellers_place(self, row: MarkedRow) -> bool:
        if row.row.top >= row.row.page.height_points * _FOOTER_SHARE:
            return True
        near = self.all_rows[max(row.index - _ACCOUNT_ROWS, 0) : row.index + _ACCOUNT_ROWS + 1]
        has_account = any(Label.IBAN in label.meanings for other in near for label in other.labels)
        return has_account or sender_name(row) is not None

    def _may_begin_above(self, seller: FieldValue) -> bool:
        """Returns whether the line over the name could be its first half: as large, in the same column, right above it."""
        line = _line_of(self.all_rows, seller)
        if line is None or line.row.index == 0:
            return False
        above = self.all_rows[line.row.index - 1]
        apart = line.row.row.top - above.row.bottom
        if above.page != line.row.page or apart > 0.6 * line.row.row.height:
            return False
        return any(
            abs(other.left - line.left) <= _INDENT_POINTS
            and _is_as_large(other, line)
            and is_name(other.text)
            and not other.is_label
            for other in segments(above)
        )


def seller_support(
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    names: Sequence[FieldValue],
    buyer: FieldValue | None,
    is_self_billed: bool,
) -> SellerSupport:
    """Returns the support for sellers; of documents that repeat names and identifiers without end, the first count."""
    identifiers = tuple(islice(seller_vat_places(places), _MOST_IDENTIFIERS))
    return SellerSupport(all_rows, names[:_MOST_NAMES], identifiers, buyer, is_self_billed)


def _is_same(left: FieldValue, right: FieldValue) -> bool:
    return same_name(str(left.value), str(right.value))


def _line_of(all_rows: Sequence[MarkedRow], name: FieldValue) -> ColumnText | None:
    """Returns the column of the row in which the name begins."""
    region = name.evidence[0]
    begin = region.words[0].word
    for row in all_rows:
        if row.page == region.page and any(word.index == begin for word in row.row.words):
            left = region.box.left * row.row.points_per_millionth
            return next((part for part in segments(row) if part.right > left), None)
    return None


def _is_as_large(other: ColumnText, line: ColumnText) -> bool:
    heights = [text.region.box.bottom - text.region.box.top for text in (other, line)]
    return max(heights) <= 1.25 * min(heights)
