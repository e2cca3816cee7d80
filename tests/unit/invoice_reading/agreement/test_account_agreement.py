"""Where the page prints an account, it is the one in the XML."""

import pytest

from en16931.model import CreditTransfer, InvoiceContent, PaymentInstructions
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, hidden, page, text

ACCOUNT, OTHER = "DE02120300000000202051", "DE75999000050099887766"


def outcomes(*printed: Printed, accounts: tuple[str, ...] = (ACCOUNT,)) -> dict[str, Verdict]:
    transfers = tuple(CreditTransfer(account_identifier=account) for account in accounts)
    content = InvoiceContent(payment_instructions=PaymentInstructions(credit_transfers=transfers))
    return {found.path: found.verdict for found in compare(content, [page(*printed)])}


def path(index: int) -> str:
    return f"payment_instructions.credit_transfers[{index}].account_identifier"


@pytest.mark.parametrize(
    "printed", ["IBAN DE02 1203 0000 0000 2020 51", f"IBAN: {ACCOUNT}", f"{OTHER} / {ACCOUNT}"]
)
def test_account_that_the_page_prints_agrees(printed: str) -> None:
    assert outcomes(text(50, 50, printed)) == {path(0): Verdict.AGREES}


def test_other_account_on_the_page_does_not_agree() -> None:
    found = outcomes(text(50, 50, f"IBAN {OTHER}"), hidden(50, 90, ACCOUNT))
    assert found == {path(0): Verdict.DISAGREES}


def test_each_account_of_the_xml_is_looked_for() -> None:
    found = outcomes(text(50, 50, ACCOUNT), accounts=(ACCOUNT, OTHER))
    assert found == {path(0): Verdict.AGREES, path(1): Verdict.DISAGREES}


def test_page_without_an_account_prints_none() -> None:
    assert outcomes(text(50, 50, "IBAN on request")) == {path(0): Verdict.NOT_PRINTED}


def test_account_that_is_no_iban_is_that_of_the_page_or_a_part_of_its_iban() -> None:
    other = text(50, 50, OTHER)
    assert outcomes(other, accounts=("10-22/4711",)) == {path(0): Verdict.DISAGREES}
    assert outcomes(other, accounts=("0050099887766",)) == {path(0): Verdict.AGREES}
    local = text(50, 50, "Account 10-22/4711")
    assert outcomes(local, accounts=("10-22/4711",)) == {path(0): Verdict.AGREES}


def test_account_with_wrong_check_digits_is_compared_as_any_other() -> None:
    printed = text(50, 50, "IBAN : DE12 1234 4321 9876 00")
    assert outcomes(printed, accounts=("DE12123443219876 00",)) == {path(0): Verdict.AGREES}
    assert outcomes(printed, accounts=(ACCOUNT,)) == {path(0): Verdict.DISAGREES}
