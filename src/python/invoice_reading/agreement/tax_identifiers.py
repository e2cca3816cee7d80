"""The VAT identifiers of the parties."""

import re
from collections.abc import Iterator

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import squashed
from invoice_reading.extract.bank_account import ibans_of_rows
from invoice_reading.extract.confidence import LABELLED
from invoice_reading.extract.lexicon import Label
from invoice_reading.vat_identifier import has_right_check_digits

_PREFIX = re.compile(r"^[a-z]{2,3}(?=[a-z0-9]*\d)")
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?:AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI)"
    r"[ .\-\u2002]?[A-Z0-9](?:[ .\-\u2002]?[A-Z0-9]){6,12}(?![A-Za-z0-9])"
)
_NATIONAL = re.compile(r"[\s:]*(\d(?:[ .]?\d){7,11})(?![A-Za-z0-9]|[.,]\d)")
_FAR = 24  # characters from the label to the identifier
_LABELS = (Label.VAT_IDENTIFIER, Label.BUYER_VAT_IDENTIFIER)
_PARTIES = ("seller", "buyer", "seller_tax_representative")


def compare_tax_identifiers(
    content: InvoiceContent, printed: PrintedDocument
) -> Iterator[Comparison]:
    """Yields the verdict on each VAT identifier: the pages disagree where they have one that the XML does not know."""
    known = [*_known(content)]
    unknown = [
        each
        for each in _printed_identifiers(printed)
        if not _is_known(squashed(str(each.value)), known)
    ]
    for party in _PARTIES:
        group = getattr(content, party)
        identifier = group.vat_identifier if group is not None else None
        if identifier:
            yield _compare(f"{party}.vat_identifier", identifier, content, unknown, printed)


def _compare(
    path: str,
    identifier: str,
    content: InvoiceContent,
    unknown: list[Printed],
    printed: PrintedDocument,
) -> Comparison:
    wanted = squashed(identifier)
    place = printed.text.identifier(wanted) or printed.text.identifier(_PREFIX.sub("", wanted))
    exchanged = _of_other_party(path, wanted, content, printed)
    if place is not None and exchanged is None:
        verdict, where = Verdict.AGREES, Printed(place.region, place.region.text)
        return Comparison(Group.PARTIES, path, verdict, where)
    other = exchanged or next(iter(unknown), None)
    verdict = Verdict.DISAGREES if other is not None else Verdict.NOT_PRINTED
    return Comparison(Group.PARTIES, path, verdict, other)


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


def _printed_identifiers(printed: PrintedDocument) -> Iterator[Printed]:
    """Yields what has the form of a VAT identifier behind the label of one, or with right check digits anywhere."""
    for place in printed.places:
        if any(place.means(label) for label in _LABELS):
            text, end = place.row.row.text, place.found.end
            match = _SHAPE.search(text, end, min(end + _FAR, len(text)))
            if match is None and place.found.last > place.found.first:  # "VAT" alone heads amounts
                match = _NATIONAL.match(text, end)
            if match is not None:
                begin, end = match.span(match.lastindex or 0)
                yield Printed(place.row.row.region(begin, end), text[begin:end])
    accounts = [(row.index, begin, end) for _, row, begin, end in ibans_of_rows(printed.rows)]
    for row in printed.rows:
        for match in _SHAPE.finditer(row.row.text):
            begin, end = match.span()
            if any(at == row.index and begin < to and end > of for at, of, to in accounts):
                continue  # a part of an IBAN
            if has_right_check_digits(squashed(match[0]).upper()):
                yield Printed(row.row.region(*match.span()), match[0])


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
    return any(bare == _PREFIX.sub("", each) for each in known)
