"""Direct debit: the mandate, who takes the money, and the account that it is taken from."""

import re
from collections.abc import Iterator, Mapping

from en16931.model import DirectDebit, InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import squashed
from invoice_reading.iban import bare_iban

_PATH = "payment_instructions.direct_debit"
_TO_VALUE = r"(?:[ .\-]?(?:nr|no|nummer|number|id|ref))?[\s.:#\u2002]{0,6}"
_MANDATE = re.compile(
    rf"\b(?:Mandats?[ -]?ref(?:erenz(?:nummer)?)?|Mandats?[ -]?(?:nummer|nr|id)|mandate(?: (?:reference|ref|number|no|id))?"
    rf"|r[ée]f[ée]rence (?:unique )?(?:de|du) mandat|RUM|mandaat(?:kenmerk|nummer)?){_TO_VALUE}"
    rf"(?P<value>[A-Z0-9][A-Z0-9+/\-]*\d[A-Z0-9+/\-]*)",
    re.IGNORECASE,
)
_CREDITOR_LABEL = re.compile(
    rf"(?:Gl[äa]ubiger|creditor|cr[ée]ancier|\bICS\b|incassant)[A-Za-z\- ]*{_TO_VALUE}(?P<value>[A-Z]{{2}}\d\d[A-Z0-9 \u2002]{{4,40}})",
    re.IGNORECASE,
)
_CREDITOR = re.compile(
    r"(?<![A-Z0-9])(?P<value>[A-Z]{2}\d\d ?[A-Z0-9]{3} ?[A-Z0-9]{1,28})(?![A-Z0-9])"
)
_MASKED = re.compile(
    r"\b[A-Z]{2}[\dXx*•]{2}[\dXx*•. \u2002]*[Xx*•.]{2,}[\dXx*•. \u2002]*?(?P<value>\d{2,6})\b"
)
_SHORT = 4  # characters of a mandate that stand anywhere


def compare_direct_debit(
    content: InvoiceContent, printed: PrintedDocument, on_pages: Mapping[str, Printed]
) -> Iterator[Comparison]:
    """Yields the verdict on each part of a direct debit; `on_pages` are the accounts that the pages print.

    Pages that print a mandate, a creditor or an account of the buyer have to print these.
    """
    payment = content.payment_instructions
    debit = payment.direct_debit if payment is not None else None
    if payment is None or debit is None:
        return
    if debit.mandate_reference_identifier:
        others = _found(printed, _MANDATE)
        yield _identifier(
            "mandate_reference_identifier", debit.mandate_reference_identifier, others, printed
        )
    if debit.bank_assigned_creditor_identifier:
        others = [*_found(printed, _CREDITOR_LABEL), *_creditors(printed, on_pages)]
        yield _identifier(
            "bank_assigned_creditor_identifier",
            debit.bank_assigned_creditor_identifier,
            others,
            printed,
        )
    if debit.debited_account_identifier:
        known = {
            squashed(bare_iban(transfer.account_identifier))
            for transfer in payment.credit_transfers
            if transfer.account_identifier
        }
        yield _debited(debit, known, on_pages, printed)


def _identifier(
    name: str, identifier: str, labelled: list[Printed], printed: PrintedDocument
) -> Comparison:
    wanted = squashed(identifier)
    same = next((each for each in labelled if _reads(each).startswith(wanted)), None)
    if same is not None:
        return _of(name, Verdict.AGREES, same)
    place = printed.text.identifier(identifier) if len(wanted) > _SHORT else None
    if place is not None and not labelled:
        return _of(name, Verdict.AGREES, Printed(place.region, identifier))
    other = next(iter(labelled), None)
    return _of(name, Verdict.DISAGREES if other else Verdict.NOT_PRINTED, other)


def _debited(
    debit: DirectDebit, known: set[str], on_pages: Mapping[str, Printed], printed: PrintedDocument
) -> Comparison:
    name, account = "debited_account_identifier", debit.debited_account_identifier or ""
    wanted = squashed(bare_iban(account))
    place = printed.text.identifier(wanted)
    if wanted in on_pages:
        return _of(name, Verdict.AGREES, on_pages[wanted])
    if place is not None:
        return _of(name, Verdict.AGREES, Printed(place.region, account))
    masked = _found(printed, _MASKED)
    same = next((each for each in masked if wanted.endswith(_reads(each))), None)
    if same is not None:
        return _of(name, Verdict.AGREES, Printed(same.region))
    other = next((each for iban, each in on_pages.items() if iban not in known), None)
    other = other or next((Printed(each.region) for each in masked), None)
    return _of(name, Verdict.DISAGREES if other else Verdict.NOT_PRINTED, other)


def _found(printed: PrintedDocument, pattern: re.Pattern[str]) -> list[Printed]:
    return [
        Printed(row.row.region(*match.span("value")), match["value"])
        for row in printed.rows
        for match in pattern.finditer(row.row.text)
    ]


def _creditors(printed: PrintedDocument, on_pages: Mapping[str, Printed]) -> list[Printed]:
    """Returns what has the check digits of a creditor identifier and is no account."""
    return [
        each
        for each in _found(printed, _CREDITOR)
        if _reads(each) not in on_pages and _has_check_digits(_reads(each))
    ]


def _has_check_digits(creditor: str) -> bool:
    """Returns whether the check digits are right; the three characters behind them do not count (ISO 7064, EPC262-08)."""
    moved = creditor[7:] + creditor[:4]
    return (
        moved.isalnum()
        and moved.isascii()
        and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
    )


def _reads(printed: Printed) -> str:
    return squashed(str(printed.value))


def _of(name: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.ACCOUNTS, f"{_PATH}.{name}", verdict, printed)
