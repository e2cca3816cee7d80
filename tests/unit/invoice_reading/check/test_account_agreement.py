"""PAGE-XML-02: where the page prints an account, it is the one in the XML."""

import pytest

from en16931.finding import Outcome
from en16931.model import CreditTransfer, InvoiceContent, PaymentInstructions
from en16931.reader import read_xml
from invoice_reading.check.account_agreement import AccountAgreement
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoice, EmbeddedInvoices
from page_builder import Printed, hidden, page, text
from small_invoice import ubl_invoice

EMBEDDED = EmbeddedInvoices(EmbeddedInvoice(read_xml(ubl_invoice()), "0" * 64), readable=1)
ACCOUNT, OTHER = "DE02120300000000202051", "DE75999000050099887766"


def outcomes(*printed: Printed, accounts: tuple[str, ...] = (ACCOUNT,)) -> dict[str, Outcome]:
    transfers = tuple(CreditTransfer(account_identifier=account) for account in accounts)
    document = CheckedDocument(
        content=InvoiceContent(
            payment_instructions=PaymentInstructions(credit_transfers=transfers)
        ),
        pages=[page(*printed)],
        embedded=EMBEDDED,
    )
    return {found.field_paths[0]: found.outcome for found in AccountAgreement().check(document)}


def path(index: int) -> str:
    return f"payment_instructions.credit_transfers[{index}].account_identifier"


@pytest.mark.parametrize(
    "printed", ["IBAN DE02 1203 0000 0000 2020 51", f"IBAN: {ACCOUNT}", f"{OTHER} / {ACCOUNT}"]
)
def test_account_that_the_page_prints_agrees(printed: str) -> None:
    assert outcomes(text(50, 50, printed)) == {path(0): Outcome.PASSED}


def test_other_account_on_the_page_does_not_agree() -> None:
    found = outcomes(text(50, 50, f"IBAN {OTHER}"), hidden(50, 90, ACCOUNT))
    assert found == {path(0): Outcome.FAILED}


def test_each_account_of_the_xml_is_looked_for() -> None:
    found = outcomes(text(50, 50, ACCOUNT), accounts=(ACCOUNT, OTHER))
    assert found == {path(0): Outcome.PASSED, path(1): Outcome.FAILED}


def test_page_without_an_account_decides_nothing() -> None:
    assert outcomes(text(50, 50, "IBAN on request")) == {path(0): Outcome.NOT_DECIDABLE}


def test_account_that_is_no_iban_is_not_looked_for() -> None:
    assert outcomes(text(50, 50, OTHER), accounts=("10-22/4711",)) == {}


def test_document_without_xml_inside_has_nothing_to_agree_with() -> None:
    document = CheckedDocument(content=InvoiceContent(), pages=[page(text(50, 50, OTHER))])
    assert list(AccountAgreement().check(document)) == []
