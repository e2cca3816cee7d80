"""Where the money is to go: accounts with their bank and their holder."""

import re
from collections.abc import Iterator

from en16931.model import CreditTransfer, InvoiceContent
from invoice_reading.agreement.account_holders import compare_holder
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.direct_debits import compare_direct_debit
from invoice_reading.agreement.local_accounts import (
    has_number,
    is_account,
    labelled_numbers,
    local_accounts,
)
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import squashed
from invoice_reading.extract.bank_account import accounts, ibans_of_rows
from invoice_reading.extract.lexicon import Label
from invoice_reading.iban import bare_iban

_BIC_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_HEAD_OFFICE = "xxx"  # the branch that a BIC of eight characters means
_FAR = 24  # characters from the label to the BIC
_LONG = 6  # characters of a number that stands nowhere by chance


def compare_accounts(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on each account that money is sent to, on its bank and holder, and on a direct debit.

    Pages that print an account, by its IBAN or by number and bank, have to print this one.
    """
    payment = content.payment_instructions
    if payment is None:
        return
    on_pages = _printed_accounts(printed)
    debit = payment.direct_debit
    account = debit.debited_account_identifier if debit is not None else None
    debited = squashed(bare_iban(account)) if account else None
    for index, transfer in enumerate(payment.credit_transfers):
        path = f"payment_instructions.credit_transfers[{index}]"
        if transfer.account_identifier:
            account = transfer.account_identifier
            yield _account(f"{path}.account_identifier", account, on_pages, debited, printed)
        if transfer.service_provider_identifier:
            yield _bank(f"{path}.service_provider_identifier", transfer, printed)
        if transfer.account_name:
            yield compare_holder(f"{path}.account_name", transfer.account_name, content, printed)
    yield from compare_direct_debit(content, printed, on_pages)


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
    path: str,
    identifier: str,
    on_pages: dict[str, Printed],
    debited: str | None,
    printed: PrintedDocument,
) -> Comparison:
    wanted = squashed(bare_iban(identifier))
    if wanted in on_pages:
        return _of(path, Verdict.AGREES, on_pages[wanted])
    place = printed.text.identifier(wanted) if len(wanted) >= _LONG else None
    if place is not None:
        return _of(path, Verdict.AGREES, Printed(place.region, identifier))
    # The number of a local account is a part of its IBAN.
    whole = next((account for iban, account in on_pages.items() if has_number(iban, wanted)), None)
    local = local_accounts(printed.rows)
    same = next((each for each in local if is_account(wanted, each.bank_code, each.number)), None)
    numbers = labelled_numbers(printed.rows)
    short = next((region for number, region in numbers if number == wanted), None)
    region = same.region if same is not None else short
    if whole is not None or region is not None:
        return _of(path, Verdict.AGREES, whole or Printed(region or local[0].region))
    others = (account for iban, account in on_pages.items() if iban != debited)
    other = next(others, None) or next((Printed(each.region) for each in local), None)
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


def _of(path: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.ACCOUNTS, path, verdict, printed)
