"""The addresses of the parties: street, post code, town and country."""

from collections.abc import Iterator

from en16931.model import InvoiceContent, PostalAddress
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.party_names import printed_name
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import Place, parts_of
from invoice_reading.extract.address_blocks import AddressBlock, address_blocks

_PARTS = ("line_1", "post_code", "city")
_INDENT_POINTS = 6.0


def compare_addresses(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on street, post code and town of each party.

    Where the pages print a part of the address, they have to print these parts as the XML has them; where they print
    none, they disagree if another address stands under the name.
    """
    seller, buyer, representative = (
        content.seller,
        content.buyer,
        content.seller_tax_representative,
    )
    for party, name, address in (
        ("seller", seller.name if seller else None, seller.postal_address if seller else None),
        ("buyer", buyer.name if buyer else None, buyer.postal_address if buyer else None),
        (
            "seller_tax_representative",
            representative.name if representative else None,
            representative.postal_address if representative else None,
        ),
    ):
        if address is not None:
            yield from _compare(f"{party}.postal_address", name, address, printed)
    delivery = content.delivery
    if delivery is not None and delivery.deliver_to_address is not None:
        yield from _compare(
            "delivery.deliver_to_address",
            delivery.deliver_to_party_name,
            delivery.deliver_to_address,
            printed,
        )


def _compare(
    path: str, name: str | None, address: PostalAddress, printed: PrintedDocument
) -> Iterator[Comparison]:
    stated = {part: text for part in _PARTS if (text := getattr(address, part))}
    found = {part: _find(part, text, printed) for part, text in stated.items()}
    beside = next((place for place in found.values() if place is not None), None)
    block = None if beside is not None else _block_of(name, printed)
    for part, place in found.items():
        if place is not None:
            verdict, where = Verdict.AGREES, Printed(place.region, place.region.text)
        elif beside is not None:
            verdict, where = Verdict.DISAGREES, _instead(part, beside, printed)
        elif block is not None:
            verdict, where = Verdict.DISAGREES, Printed(block.town.region)
        else:
            verdict, where = Verdict.NOT_PRINTED, None
        yield Comparison(Group.PARTIES, f"{path}.{part}", verdict, where)


def _find(part: str, text: str, printed: PrintedDocument) -> Place | None:
    place = printed.text.text(text)
    if place is None and part != "post_code":
        place = printed.text.words_together(text)
    return place


def _instead(part: str, beside: Place, printed: PrintedDocument) -> Printed:
    """Returns the line in which the missing part should stand: that of a part which is there, or over it the street."""
    row = beside.row
    begin, end = next(
        (begin, end) for begin, end in row.row.segments() if begin <= beside.begin < end
    )
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
