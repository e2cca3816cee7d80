"""The addresses of the parties: street, post code, town and country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from en16931.model import InvoiceContent, PostalAddress
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.party_names import printed_name
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import Place, parts_of
from invoice_reading.agreement.whole_texts import larger_street, larger_town
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.address_blocks import AddressBlock, address_blocks
from invoice_reading.extract.country_names import countries, place_codes

_POST_CODE = re.compile(r"(?<!\d)\d{4,5}(?!\d)|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
_ROWS_OF_COUNTRY = 2  # under the town
_DELIVERY = "delivery.deliver_to_address"
_PARTS = ("line_1", "post_code", "city")
_INDENT_POINTS = 6.0


@dataclass(frozen=True, slots=True)
class _Address:
    path: str
    name: str | None
    address: PostalAddress


def compare_addresses(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on street, post code, town and country of each party, and of where goods go elsewhere.

    Where the pages print a part of the address, they have to print the others as the XML has them; where they print
    none, they disagree if another address stands under the name. The country need not be printed.
    """
    stated = [*_addresses(content)]
    for each in stated:
        # Goods often go to the town of the buyer: that is no other place for the buyer's own address.
        others = [
            other.address for other in stated if other is not each and other.path != _DELIVERY
        ]
        yield from _compare(each, others, printed)


def _addresses(content: InvoiceContent) -> Iterator[_Address]:
    for party in ("seller", "buyer", "seller_tax_representative"):
        group = getattr(content, party)
        if group is not None and group.postal_address is not None:
            yield _Address(f"{party}.postal_address", group.name, group.postal_address)
    delivery = content.delivery
    address = delivery.deliver_to_address if delivery is not None else None
    buyer = content.buyer.postal_address if content.buyer is not None else None
    if delivery is not None and address is not None and address != buyer:
        yield _Address(_DELIVERY, delivery.deliver_to_party_name, address)


def _compare(
    of: _Address, others: list[PostalAddress], printed: PrintedDocument
) -> Iterator[Comparison]:
    stated = {part: text for part in _PARTS if (text := getattr(of.address, part))}
    known = [text for text in (of.name, of.address.line_2, of.address.line_3) if text]
    places = {part: _find(part, text, known, printed) for part, text in stated.items()}
    found = {part: place for part, (place, _) in places.items()}
    beside = _own_place(found, stated, others)
    block = None if beside is not None else _block_of(of.name, printed)
    for part, place in found.items():
        larger = places[part][1]
        if place is not None:
            verdict, where = Verdict.AGREES, Printed(place.region, place.region.text)
        elif larger is not None:
            verdict, where = Verdict.DISAGREES, Printed(larger, larger.text)
        elif beside is not None:
            verdict, where = Verdict.DISAGREES, _instead(part, beside, printed)
        elif block is not None:
            verdict, where = Verdict.DISAGREES, Printed(block.town.region)
        else:
            verdict, where = Verdict.NOT_PRINTED, None
        yield Comparison(Group.PARTIES, f"{of.path}.{part}", verdict, where)
    town = found.get("post_code") or found.get("city")
    if of.address.country_code and town is not None:
        yield _compare_country(of, of.address.country_code, town, printed)


def _own_place(
    found: dict[str, Place | None], stated: dict[str, str], others: list[PostalAddress]
) -> Place | None:
    """Returns where a part stands that no other address of the XML has; a town alone is one only beside a post code."""
    for part, place in found.items():
        is_shared = any(getattr(other, part) == stated[part] for other in others)
        if place is None or is_shared:
            continue
        if part != "city" or _POST_CODE.search(_column_of(place)):
            return place
    return None


def _column_of(place: Place) -> str:
    begin, end = _segment(place)
    return place.row.row.text[begin:end]


def _segment(place: Place) -> tuple[int, int]:
    return next(
        (begin, end) for begin, end in place.row.row.segments() if begin <= place.begin < end
    )


def _compare_country(of: _Address, code: str, town: Place, printed: PrintedDocument) -> Comparison:
    """Returns the verdict on the country: before the post code, or by its name in the lines under the town."""
    path = f"{of.path}.country_code"
    begin, _ = _segment(town)
    before = place_codes(town.row.row.text[begin : town.begin])
    mentions = [(before, town.region)] if before else []
    left = town.row.row.left(begin)
    for row in printed.rows[town.row.index + 1 : town.row.index + 1 + _ROWS_OF_COUNTRY]:
        for low, high in row.row.segments():
            if row.page == town.row.page and abs(row.row.left(low) - left) <= _INDENT_POINTS:
                codes = countries(row.row.text[low:high])
                mentions += [(codes, row.row.region(low, high))] if codes else []
    for codes, region in mentions:
        if code.upper() in codes:
            return Comparison(Group.PARTIES, path, Verdict.AGREES, Printed(region, code))
    if mentions:
        codes, region = mentions[0]
        other = Printed(region, min(codes))
        return Comparison(Group.PARTIES, path, Verdict.DISAGREES, other)
    return Comparison(Group.PARTIES, path, Verdict.NOT_PRINTED)


def _find(
    part: str, text: str, known: list[str], printed: PrintedDocument
) -> tuple[Place | None, PageRegion | None]:
    """Returns where the part of the address stands whole; else the longer street or town that it is a part of."""
    if part == "post_code":
        return printed.text.text(text), None
    is_larger = larger_street if part == "line_1" else larger_town
    larger = None
    for place in printed.text.texts(text):
        larger = is_larger(place, known)
        if larger is None:
            return place, None
    return (printed.text.words_together(text) if larger is None else None), larger


def _instead(part: str, beside: Place, printed: PrintedDocument) -> Printed:
    """Returns the line in which the missing part should stand: that of a part which is there, or over it the street."""
    row = beside.row
    begin, end = _segment(beside)
    upper = printed.rows[row.index - 1] if part == "line_1" and row.index else None
    if upper is not None and upper.page == row.page:
        left = row.row.left(begin)
        for upper_begin, upper_end in upper.row.segments():
            if abs(upper.row.left(upper_begin) - left) <= _INDENT_POINTS:
                return Printed(upper.row.region(upper_begin, upper_end))
    return Printed(row.row.region(begin, end))


def _block_of(name: str | None, printed: PrintedDocument) -> AddressBlock | None:
    """Returns the address that stands under the name."""
    place = printed_name(name, printed) if name else None
    if place is None:
        return None
    wanted = {part.text for part in parts_of(name or "")}
    return next(
        (
            block
            for block in address_blocks(printed.rows)
            if wanted <= {part.text for part in parts_of(block.name.text)}
        ),
        None,
    )
