"""The seller's VAT identifier: the one that neither a label nor a section of the page gives to somebody else.

Check digits are those of python-stdnum. Its modules are imported here at once, so that checking opens no file later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum.util import get_cc_module

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.confidence import CHECKED, DOUBTED, IMPLIED, LABELLED
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.lexicon import Label

_COUNTRIES = {"EL": "GR", "XI": "GB"}  # prefixes that are not the code of the country
_VAT_IDENTIFIER = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2} ?(?=[A-Z0-9]*\d{6})[A-Z0-9]{7,13}(?![A-Za-z0-9])"
)


# What python-stdnum has for the prefix of each country whose identifiers it can check.
_CHECKS = {
    prefix: get_cc_module(_COUNTRIES.get(prefix, prefix).lower(), "vat")
    for prefix in (
        "AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
    ).split()
}


def has_right_check_digits(identifier: str) -> bool | None:
    """Returns whether the check digits are right; None of a country whose identifiers are not checked."""
    check = _CHECKS.get(identifier[:2])
    return (
        None
        if check is None
        else bool(check.is_valid(identifier.removeprefix("EL").removeprefix("XI")))
    )


def vat_identifier(text: str) -> str:
    """Returns a VAT identifier without the spaces that print puts into it."""
    return re.sub(r"[\s.]", "", text)


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
