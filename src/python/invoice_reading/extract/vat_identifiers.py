"""The seller's VAT identifier: the one that neither a label nor a section of the page gives to somebody else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.confidence import CHECKED, DOUBTED, IMPLIED, LABELLED
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label
from invoice_reading.vat_identifier import has_right_check_digits, vat_identifier

_VAT_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2} ?(?=[A-Z0-9]*\d{6})[A-Z0-9]{7,13}(?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class VatPlace:
    """A VAT identifier behind its label; `owner` is the label of the party in whose section it stands."""

    label: LabelPlace
    region: PageRegion
    owner: LabelPlace | None

    @property
    def identifier(self) -> str:
        return vat_identifier(self.region.text)

    @property
    def confidence(self) -> float:
        confidence = LABELLED if self.owner is not None else IMPLIED + 0.05
        is_right = has_right_check_digits(self.identifier)
        if is_right is None:
            return confidence
        return max(confidence, CHECKED if self.owner else LABELLED) if is_right else DOUBTED


def seller_vat_places(places: Sequence[LabelPlace]) -> Iterator[VatPlace]:
    """Yields the VAT identifiers that no label and no section of the page gives to another party."""
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
            yield VatPlace(place, place.row.row.region(*match.span()), owner)


def seller_vat_identifiers(places: Sequence[LabelPlace]) -> list[FieldValue]:
    """Returns the VAT identifiers that the seller may have, in reading order."""
    return [
        FieldValue(place.identifier, (place.region,), place.confidence)
        for place in seller_vat_places(places)
    ]


def _section_of(place: LabelPlace, sections: Sequence[LabelPlace]) -> LabelPlace | None:
    """Returns the last label of a party above the place in the same column, within the block it heads."""
    left = place.row.row.left(place.found.begin)
    for section in reversed(sections[-6:]):
        if section.row.page != place.row.page or place.row.row.top - section.row.row.top > 150:
            continue
        if abs(section.row.row.left(section.found.begin) - left) <= 30:
            return section
    return None
