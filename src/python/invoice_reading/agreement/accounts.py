"""Where the money is to go: accounts with their bank and their holder."""

import re
from collections.abc import Iterator

from en16931.model import CreditTransfer, InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import squashed
from invoice_reading.extract.bank_account import accounts, ibans_of_rows
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.iban import bare_iban

_BIC_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_HEAD_OFFICE = "xxx"  # the branch that a BIC of eight characters means
_HOLDERS = frozenset(
    "kontoinhaber kontoname kontoinh begunstigter rekeninghouder titulaire intestatario".split()
)
_FAR = 24  # characters from the label to the BIC


def compare_accounts(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on each account that money is sent to, and on its bank and holder.

    Pages that print an account have to print this one.
    """
    payment = content.payment_instructions
    if payment is None:
        return
    on_pages = _printed_accounts(printed)
    for index, transfer in enumerate(payment.credit_transfers):
        path = f"payment_instructions.credit_transfers[{index}]"
        if transfer.account_identifier:
            yield _account(
                f"{path}.account_identifier", transfer.account_identifier, on_pages, printed
            )
        if transfer.service_provider_identifier:
            yield _bank(f"{path}.service_provider_identifier", transfer, printed)
        if transfer.account_name:
            yield _holder(f"{path}.account_name", transfer.account_name, content, printed)


def _printed_accounts(printed: PrintedDocument) -> dict[str, Printed]:
    """Returns the accounts of the pages: those with right check digits, and those behind the label of an IBAN."""
    found = {
        iban.casefold(): Printed(row.row.region(begin, end), iban)
        for iban, row, begin, end in ibans_of_rows(printed.rows)
    }
    for account in accounts(printed.rows, printed.places):
        found.setdefault(account.iban.casefold(), Printed(account.region, account.iban))
    return found


def _account(
    path: str, identifier: str, on_pages: dict[str, Printed], printed: PrintedDocument
) -> Comparison:
    wanted = squashed(bare_iban(identifier))
    place = printed.text.identifier(wanted)
    if wanted in on_pages:
        return _of(path, Verdict.AGREES, on_pages[wanted])
    if place is not None:
        return _of(path, Verdict.AGREES, Printed(place.region, identifier))
    # The number of a local account is a part of its IBAN.
    whole = next((account for iban, account in on_pages.items() if iban.endswith(wanted)), None)
    if whole is not None:
        return _of(path, Verdict.AGREES, whole)
    other = next(iter(on_pages.values()), None)
    return _of(path, Verdict.DISAGREES if other else Verdict.NOT_PRINTED, other)


def _bank(path: str, transfer: CreditTransfer, printed: PrintedDocument) -> Comparison:
    wanted = squashed(transfer.service_provider_identifier or "")
    names = {wanted, wanted.removesuffix(_HEAD_OFFICE), wanted + _HEAD_OFFICE}
    for name in names:
        place = printed.text.identifier(name)
        if place is not None:
            return _of(path, Verdict.AGREES, Printed(place.region, place.region.text))
    other = next(_printed_banks(printed), None)
    return _of(path, Verdict.DISAGREES if other else Verdict.NOT_PRINTED, other)


def _printed_banks(printed: PrintedDocument) -> Iterator[Printed]:
    for place in printed.places:
        if place.means(Label.BIC):
            text, end = place.row.row.text, place.found.end
            match = _BIC_WORD.search(text, end, end + _FAR)
            if match is not None:
                yield Printed(place.row.row.region(*match.span()), match[0])


def _holder(path: str, name: str, content: InvoiceContent, printed: PrintedDocument) -> Comparison:
    """Returns the verdict on the holder: a name that is that of a party says nothing of the account by itself."""
    places = [*printed.text.texts(name)]
    label = next(_holder_labels(printed), None)
    if label is not None:
        row, begin = label
        beside = next((place.region for place in places if place.row.index == row.index), None)
        where = Printed(beside or row.row.region(begin, len(row.row.text)))
        return _of(path, Verdict.AGREES if beside else Verdict.DISAGREES, where)
    parties = (content.seller, content.buyer, content.payee)
    wanted = squashed(name)
    is_party = any(squashed(party.name) == wanted for party in parties if party and party.name)
    if not places or is_party:
        return _of(path, Verdict.NOT_PRINTED, None)
    return _of(path, Verdict.AGREES, Printed(places[0].region, name))


def _holder_labels(printed: PrintedDocument) -> Iterator[tuple[MarkedRow, int]]:
    """Yields the rows that name the holder of an account, and where in them."""
    for row in printed.rows:
        for token in row.tokens:
            if token.text in _HOLDERS and row.row.text[token.end :].strip(" \t\u2002:"):
                yield row, token.end


def _of(path: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.ACCOUNTS, path, verdict, printed)
