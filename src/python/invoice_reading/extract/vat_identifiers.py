"""The seller's VAT identifier: the one that neither a label nor a section of the page gives to somebody else."""

import re
from collections.abc import Sequence

from invoice_reading.extract.confidence import CHECKED, DOUBTED, IMPLIED, LABELLED
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label
from invoice_reading.vat_identifier import has_right_check_digits, vat_identifier

_VAT_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2} ?(?=[A-Z0-9]*\d{6})[A-Z0-9]{7,13}(?![A-Za-z0-9])"
)


def seller_vat_identifiers(
    places: Sequence[LabelPlace],
) -> list[FieldValue]:
    """Returns the VAT identifiers that no label and no section of the page gives to another party."""
    found: list[FieldValue] = []
    section: list[LabelPlace] = []
    for place in places:
        if place.free and any(
            place.means(label) for label in (Label.SELLER, Label.BUYER, Label.OTHER_PARTY)
        ):
            section.append(place)
        if not place.means(Label.VAT_IDENTIFIER) or place.means(Label.BUYER_VAT_IDENTIFIER):
            continue
        begin = place.found.end
        match = _VAT_IDENTIFIER.search(place.row.row.text, begin, begin + 24)
        if match is None:
            continue
        owner = _section_of(place, section)
        if owner is None or owner.means(Label.SELLER):
            region = place.row.row.region(*match.span())
            confidence = LABELLED if owner is not None else IMPLIED + 0.05
            identifier = vat_identifier(region.text)
            is_right = has_right_check_digits(identifier)
            if is_right is not None:
                confidence = (
                    max(confidence, CHECKED if owner else LABELLED) if is_right else DOUBTED
                )
            found.append(FieldValue(identifier, (region,), confidence))
    return found


def _section_of(place: LabelPlace, sections: Sequence[LabelPlace]) -> LabelPlace | None:
    """Returns the last label of a party above the place in the same column, within the block it heads."""
    left = place.row.row.left(place.found.begin)
    for section in reversed(sections[-6:]):
        if section.row.page != place.row.page or place.row.row.top - section.row.row.top > 150:
            continue
        if abs(section.row.row.left(section.found.begin) - left) <= 30:
            return section
    return None
