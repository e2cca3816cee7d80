"""IBAN-01 and VAT-ID-01: check digits of accounts and of VAT identifiers, in XML and on pages alike."""

import pytest

from en16931.finding import Outcome
from en16931.model import (
    Buyer,
    CreditTransfer,
    DirectDebit,
    InvoiceContent,
    PaymentInstructions,
    Seller,
)
from en16931.rules.declared import Declared
from invoice_reading.check.check_digits import Ibans, VatIdentifiers

RIGHT, WRONG = "DE63 9990 0002 0007 6543 21", "DE64 9990 0002 0007 6543 21"


def ibans(*accounts: str, debited: str | None = None) -> list[tuple[str, Outcome]]:
    payment = PaymentInstructions(
        credit_transfers=tuple(CreditTransfer(account_identifier=each) for each in accounts),
        direct_debit=DirectDebit(debited_account_identifier=debited) if debited else None,
    )
    findings = Ibans().check(Declared(InvoiceContent(payment_instructions=payment)))
    return [(finding.field_paths[0], finding.outcome) for finding in findings]


def vat_identifiers(seller: str | None, buyer: str | None = None) -> list[tuple[str, Outcome]]:
    content = InvoiceContent(
        seller=Seller(vat_identifier=seller), buyer=Buyer(vat_identifier=buyer)
    )
    findings = VatIdentifiers().check(Declared(content))
    return [(finding.field_paths[0], finding.outcome) for finding in findings]


def test_each_iban_passes_or_fails_at_its_own_place() -> None:
    path = "payment_instructions.credit_transfers[{}].account_identifier".format
    assert ibans(RIGHT, "123-4567", WRONG) == [
        (path(0), Outcome.PASSED),
        (path(2), Outcome.FAILED),
    ]


def test_account_that_money_is_taken_from_is_checked_too() -> None:
    debited = "payment_instructions.direct_debit.debited_account_identifier"
    assert ibans(debited=WRONG) == [(debited, Outcome.FAILED)]
    assert ibans(debited="DE63XXXXXXXXXXXX4321") == [(debited, Outcome.NOT_DECIDABLE)]


def test_invoice_without_accounts_and_parties_has_nothing_to_check() -> None:
    empty = Declared(InvoiceContent())
    assert [*Ibans().check(empty), *VatIdentifiers().check(empty)] == []


@pytest.mark.parametrize(
    ("identifier", "outcome"),
    [
        ("DE136695976", Outcome.PASSED),
        ("de 136 695 976", Outcome.PASSED),
        ("DE136695978", Outcome.FAILED),
        ("DE37/302/30168", Outcome.FAILED),  # a tax number that is given out as a VAT identifier
    ],
)
def test_vat_identifier_passes_or_fails(identifier: str, outcome: Outcome) -> None:
    assert vat_identifiers(identifier, identifier) == [
        ("seller.vat_identifier", outcome),
        ("buyer.vat_identifier", outcome),
    ]


def test_of_identifiers_whose_check_digits_are_not_known_nothing_is_said() -> None:
    assert vat_identifiers("CHE-123.456.789 MWST", "NO 974 760 673 MVA") == []
