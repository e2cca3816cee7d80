"""The VAT identifiers of the parties."""

import re
from collections.abc import Iterator

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import Place, squashed
from invoice_reading.agreement.third_parties import is_of_others
from invoice_reading.extract.bank_account import ibans_of_rows
from invoice_reading.extract.confidence import LABELLED
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.vat_identifier import has_right_check_digits

_PREFIX = re.compile(r"^[a-z]{2,3}(?=[a-z0-9]*\d)")
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?:AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI)"
    r"[ .\-\u2002]?[A-Z0-9](?:[ .\-\u2002]?[A-Z0-9]){6,12}(?![A-Za-z0-9])"
)
# A country that stands apart from the digits behind it.
_COUNTRY_BEFORE = re.compile(
    r"(?<![A-Za-z0-9])(AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|GR|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)"
    r"[ .\-\u2002]?$"
)
_SAME = {"el": "gr", "xi": "gb"}  # two names of one country
_NATIONAL = re.compile(r"[\s:]*(\d(?:[ .]?\d){7,11})(?![A-Za-z0-9]|[.,]\d)")
_FAR = 24  # characters from the label to the identifier
_LABELS = (Label.VAT_IDENTIFIER, Label.BUYER_VAT_IDENTIFIER)
_SELLER_AND_BUYER = ("seller.", "buyer.")
_PARTIES = ("seller", "buyer", "seller_tax_representative")


def compare_tax_identifiers(
    content: InvoiceContent, printed: PrintedDocument
) -> Iterator[Comparison]:
    """Yields the verdict on each VAT identifier: the pages disagree where they have one that the XML does not know.

    That of a carrier or a tax representative beside is none of the parties'.
    """
    known = [*_known(content)]
    unknown = [
        (row, each)
        for row, each in _printed_identifiers(printed)
        if not _is_known(squashed(str(each.value)), known)
    ]
    of_parties = [each for row, each in unknown if not is_of_others(row, each.region, printed)]
    for party in _PARTIES:
        group = getattr(content, party)
        identifier = group.vat_identifier if group is not None else None
        if identifier:
            is_other = party == "seller_tax_representative"
            others = [each for _, each in unknown] if is_other else of_parties
            yield _compare(f"{party}.vat_identifier", identifier, content, others, printed)


def _compare(
    path: str,
    identifier: str,
    content: InvoiceContent,
    unknown: list[Printed],
    printed: PrintedDocument,
) -> Comparison:
    wanted = squashed(identifier)
    place = printed.text.identifier(wanted) or _without_prefix(wanted, printed)
    exchanged = _of_other_party(path, wanted, content, printed)
    if place is not None and unknown and path.startswith(_SELLER_AND_BUYER):
        # That of a carrier, where the pages print another for the party.
        place = None if is_of_others(place.row, place.region, printed) else place
    if place is not None and exchanged is None:
        verdict, where = Verdict.AGREES, Printed(place.region, place.region.text)
        return Comparison(Group.PARTIES, path, verdict, where)
    other = exchanged or next(iter(unknown), None)
    verdict = Verdict.DISAGREES if other is not None else Verdict.NOT_PRINTED
    return Comparison(Group.PARTIES, path, verdict, other)


def _without_prefix(wanted: str, printed: PrintedDocument) -> Place | None:
    """Returns where the identifier stands without its country, and without another before it."""
    place = printed.text.identifier(_PREFIX.sub("", wanted))
    if place is None:
        return None
    before = _COUNTRY_BEFORE.search(place.row.row.text[: place.begin])
    return place if before is None or _same_country(squashed(before[1]), wanted) else None


def _same_country(one: str, other: str) -> bool:
    """Returns whether two identifiers with a country are of the same."""
    return _SAME.get(one[:2], one[:2]) == _SAME.get(other[:2], other[:2])


def _of_other_party(
    path: str, wanted: str, content: InvoiceContent, printed: PrintedDocument
) -> Printed | None:
    """Returns the seller's identifier of the page where the XML gives it to the buyer."""
    if path != "seller.vat_identifier" or content.buyer is None:
        return None
    on_page = page_value(printed, path, LABELLED)
    if on_page is None or not content.buyer.vat_identifier:
        return None
    same = squashed(str(on_page.value)) == squashed(content.buyer.vat_identifier)
    return on_page if same and squashed(str(on_page.value)) != wanted else None


def _printed_identifiers(printed: PrintedDocument) -> Iterator[tuple[MarkedRow, Printed]]:
    """Yields what has the form of a VAT identifier behind the label of one, or with right check digits anywhere."""
    for place in printed.places:
        if any(place.means(label) for label in _LABELS):
            text, end = place.row.row.text, place.found.end
            match = _SHAPE.search(text, end, min(end + _FAR, len(text)))
            if match is None and place.found.last > place.found.first:  # "VAT" alone heads amounts
                match = _NATIONAL.match(text, end)
            if match is not None:
                begin, end = match.span(match.lastindex or 0)
                yield place.row, Printed(place.row.row.region(begin, end), text[begin:end])
    accounts = [(row.index, begin, end) for _, row, begin, end in ibans_of_rows(printed.rows)]
    for row in printed.rows:
        for match in _SHAPE.finditer(row.row.text):
            begin, end = match.span()
            if any(at == row.index and begin < to and end > of for at, of, to in accounts):
                continue  # a part of an IBAN
            if has_right_check_digits(squashed(match[0]).upper()):
                yield row, Printed(row.row.region(*match.span()), match[0])


def _known(content: InvoiceContent) -> Iterator[str]:
    for party in _PARTIES:
        group = getattr(content, party)
        if group is not None and group.vat_identifier:
            yield squashed(group.vat_identifier)
    seller = content.seller
    if seller is not None:
        if seller.tax_registration_identifier:
            yield squashed(seller.tax_registration_identifier)
        for identifier in (*seller.identifiers, seller.legal_registration_identifier):
            if identifier is not None and identifier.value:
                yield squashed(identifier.value)


def _is_known(identifier: str, known: list[str]) -> bool:
    bare = _PREFIX.sub("", identifier)
    return any(
        bare == _PREFIX.sub("", each)
        and (bare == identifier or not _PREFIX.match(each) or _same_country(identifier, each))
        for each in known
    )
