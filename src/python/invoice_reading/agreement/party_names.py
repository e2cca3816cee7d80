"""Who sells, who buys, who is paid: names, whatever case, accents and notation of legal forms they are printed in."""

from collections.abc import Iterator
from dataclasses import dataclass

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import Place, parts_of
from invoice_reading.agreement.whole_texts import larger_name
from invoice_reading.extract.address_blocks import address_blocks
from invoice_reading.extract.column_text import (
    LEGAL_FORM,
    has_legal_form,
    is_name,
    segments,
)
from invoice_reading.extract.confidence import DOUBTED, IMPLIED, LABELLED

_REPRESENTATIVE = "seller_tax_representative"
_LABELLED = frozenset({"seller.name", "buyer.name"})
_BANK = ("bank", "banque", "sparkasse", "caisse", "kasse")


@dataclass(frozen=True, slots=True)
class _Named:
    path: str
    name: str
    always_printed: bool = False


def compare_names(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on the name of each party; where seller and buyer have changed places, both disagree."""
    if _are_exchanged(content, printed):
        for path in ("seller.name", "buyer.name"):
            yield _of(path, Verdict.DISAGREES, page_value(printed, path, DOUBTED))
        return
    for named in _names(content):
        place = printed_name(named.name, printed)
        labelled = _labelled_other(named, printed)
        if place is not None and labelled is not None:
            yield _of(named.path, Verdict.DISAGREES, labelled)
            continue
        if place is not None:
            yield _of(named.path, Verdict.AGREES, Printed(place.region, place.region.text))
            continue
        other = _printed_larger(named.name, printed) or _other_name(content, named.path, printed)
        disagrees = other is not None or named.always_printed
        yield _of(named.path, Verdict.DISAGREES if disagrees else Verdict.NOT_PRINTED, other)


def _labelled_other(named: _Named, printed: PrintedDocument) -> Printed | None:
    """Returns the name beside the label of the party, where it has no word of the name in the XML."""
    if named.path not in _LABELLED:
        return None
    read = page_value(printed, named.path, LABELLED)
    if read is None:
        return None
    words = {part.text for part in parts_of(LEGAL_FORM.sub(" ", named.name))}
    return None if words & {part.text for part in parts_of(str(read.value))} else read


def printed_name(name: str, printed: PrintedDocument) -> Place | None:
    """Returns where the name stands whole. Its legal form may be missing on the page, but another may not be there."""
    return next((place for place in _places(name, printed) if larger_name(place) is None), None)


def _printed_larger(name: str, printed: PrintedDocument) -> Printed | None:
    """Returns the longer name of the pages of which the name is a part."""
    larger = (larger_name(place) for place in _places(name, printed))
    return next((Printed(region, region.text) for region in larger if region is not None), None)


def _places(name: str, printed: PrintedDocument) -> Iterator[Place]:
    found = [*printed.text.texts(name)]
    yield from found
    short = LEGAL_FORM.sub(" ", name)
    if found or short == name or not parts_of(short):
        return
    yield from (place for place in printed.text.texts(short) if not _has_other_form(place, printed))


def _names(content: InvoiceContent) -> Iterator[_Named]:
    seller, buyer = content.seller, content.buyer
    # Pages print the name of the firm; that of its shop counts where it is all there is.
    # Who is to be paid instead of the seller, and is not named on the page, is for a person to see.
    parties = (
        ("seller.name", seller.name if seller else None, False),
        (
            "seller.trading_name",
            seller.trading_name if seller and not seller.name else None,
            False,
        ),
        ("buyer.name", buyer.name if buyer else None, False),
        ("buyer.trading_name", buyer.trading_name if buyer and not buyer.name else None, False),
        ("payee.name", content.payee.name if content.payee else None, True),
        (
            f"{_REPRESENTATIVE}.name",
            content.seller_tax_representative.name if content.seller_tax_representative else None,
            False,
        ),
    )
    for path, name, always_printed in parties:
        if name:
            yield _Named(path, name, always_printed)


def _has_other_form(place: Place, printed: PrintedDocument) -> bool:
    return has_legal_form(printed.text.after(place))


def _are_exchanged(content: InvoiceContent, printed: PrintedDocument) -> bool:
    seller, buyer = content.seller, content.buyer
    if seller is None or buyer is None or not seller.name or not buyer.name:
        return False
    sells = page_value(printed, "seller.name", DOUBTED)
    buys = page_value(printed, "buyer.name", IMPLIED - 0.1)
    if sells is None or buys is None or _same(seller.name, buyer.name):
        return False
    return _same(str(sells.value), buyer.name) and _same(str(buys.value), seller.name)


def _other_name(content: InvoiceContent, path: str, printed: PrintedDocument) -> Printed | None:
    """Returns a name of the pages that the XML gives to nobody: what they are read into, or any with a legal form."""
    party = path.partition(".")[0]
    known = [*_known_names(content, party)]
    if party in ("seller", "buyer"):
        read = page_value(printed, f"{party}.name", DOUBTED)
        if read is not None and not _is_known(str(read.value), known):
            return read
    for block in address_blocks(printed.rows):
        if not _is_known(block.name.text, known):
            return Printed(block.name.region, block.name.text)
    for row in printed.rows:
        for segment in segments(row):
            text = segment.text
            if len(text) > 60 or not has_legal_form(text) or not is_name(text):
                continue
            if not _is_known(text, known) and not any(bank in text.casefold() for bank in _BANK):
                return Printed(segment.region, text)
    return None


def _known_names(content: InvoiceContent, party: str) -> Iterator[str]:
    """Yields the names that the XML gives to others than the party, and what may stand where names do."""
    for named in _names(content):
        # Whoever pays the taxes of the seller often collects the money as well.
        alike = (party, "payee") if party == _REPRESENTATIVE else (party,)
        if not named.path.startswith(alike):
            yield named.name
    delivery = content.delivery
    if delivery is not None and delivery.deliver_to_party_name and party != "buyer":
        yield delivery.deliver_to_party_name
    for group in (content.seller, content.buyer):
        contact = group.contact if group is not None else None
        if contact is not None and contact.point:
            yield contact.point
        address = group.postal_address if group is not None else None
        if address is not None:
            yield from (line for line in (address.line_1, address.line_2, address.line_3) if line)


def _is_known(text: str, known: list[str]) -> bool:
    words = [part.text for part in parts_of(text)]
    return any(_holds(words, name) or _holds_text(name, words) for name in known)


def _holds(words: list[str], name: str) -> bool:
    wanted = [part.text for part in parts_of(name)]
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _holds_text(name: str, wanted: list[str]) -> bool:
    words = [part.text for part in parts_of(name)]
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _same(one: str, other: str) -> bool:
    return [part.text for part in parts_of(one)] == [part.text for part in parts_of(other)]


def _of(path: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.PARTIES, path, verdict, printed)
