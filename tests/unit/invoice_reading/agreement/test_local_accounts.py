"""Accounts that pages print without an IBAN, holders in tables, and direct debits."""

import pytest

from en16931.model import CreditTransfer, DirectDebit, InvoiceContent, PaymentInstructions, Seller
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, column, page, text

GERMAN, OTHER_GERMAN = "DE02120300000000202051", "DE89370400440532013000"
BRITISH, OTHER_BRITISH = "GB29NWBK60161331926819", "GB82WEST12345698765432"
_TRANSFER = "payment_instructions.credit_transfers[0]"
_DEBIT = "payment_instructions.direct_debit"


def verdicts(payment: PaymentInstructions, *printed: Printed) -> dict[str, Verdict]:
    content = InvoiceContent(seller=Seller(name="Nordwind GmbH"), payment_instructions=payment)
    return {each.path: each.verdict for each in compare(content, [page(*printed)])}


def account(identifier: str, *printed: Printed) -> Verdict:
    payment = PaymentInstructions(credit_transfers=(CreditTransfer(account_identifier=identifier),))
    return verdicts(payment, *printed)[f"{_TRANSFER}.account_identifier"]


def holder(name: str, *printed: Printed) -> Verdict:
    transfer = CreditTransfer(account_identifier=GERMAN, account_name=name)
    return verdicts(PaymentInstructions(credit_transfers=(transfer,)), *printed)[
        f"{_TRANSFER}.account_name"
    ]


@pytest.mark.parametrize(
    ("lines", "right", "wrong"),
    [
        (["Konto 202051, BLZ 120 300 00"], GERMAN, OTHER_GERMAN),
        (["Kto.-Nr.: 0000202051", "Bankleitzahl: 12030000"], GERMAN, OTHER_GERMAN),
        (["Sort code 60-16-13", "Account no. 31926819"], BRITISH, OTHER_BRITISH),
    ],
)
def test_iban_is_held_against_a_printed_number_and_bank(
    lines: list[str], right: str, wrong: str
) -> None:
    assert account(right, *column(50, 50, lines)) is Verdict.AGREES
    assert account(wrong, *column(50, 50, lines)) is Verdict.DISAGREES


def test_number_and_bank_may_stand_in_a_table() -> None:
    printed = [*(text(left, 50, word) for left, word in ((50, "Konto"), (200, "BLZ")))]
    printed += [text(50, 63, "202051"), text(200, 63, "12030000")]
    assert account(GERMAN, *printed) is Verdict.AGREES
    assert account(OTHER_GERMAN, *printed) is Verdict.DISAGREES


def test_number_of_a_customer_without_a_bank_is_no_account() -> None:
    assert account(GERMAN, text(50, 50, "Account no. 31926819")) is Verdict.NOT_PRINTED


def test_short_number_of_an_account_is_not_any_number_of_the_page() -> None:
    assert account("51", text(50, 50, "51 pieces, Konto 202051")) is Verdict.NOT_PRINTED
    assert account("51", text(50, 50, "IBAN DE02 1203 0000 0000 2020 51")) is Verdict.DISAGREES
    assert account("51", text(50, 50, "51 pieces, Konto 51")) is Verdict.AGREES
    assert account("202051", text(50, 50, "IBAN DE02 1203 0000 0000 2020 51")) is Verdict.AGREES


def test_holder_may_stand_under_its_heading() -> None:
    printed = [
        *(text(left, 50, word) for left, word in ((50, "Kontoinhaber"), (250, "IBAN"))),
        text(50, 63, "Nordwind GmbH"),
        text(250, 63, "DE02 1203 0000 0000 2020 51"),
    ]
    assert holder("Nordwind GmbH", *printed) is Verdict.AGREES
    assert holder("Fremde Firma GmbH", *printed) is Verdict.DISAGREES


@pytest.mark.parametrize("label", ["Kontoinhaber:", "Account holder:", "Titulaire du compte :"])
def test_holder_beside_its_label_is_whole(label: str) -> None:
    printed = text(50, 50, f"{label} Nordwind Bau GmbH")
    assert holder("Nordwind Bau GmbH", printed) is Verdict.AGREES
    assert holder("Nordwind GmbH", printed) is Verdict.DISAGREES


DEBIT = DirectDebit(
    mandate_reference_identifier="NW-2024-0815",
    bank_assigned_creditor_identifier="DE98ZZZ09999999999",
    debited_account_identifier=GERMAN,
)
_LINES = [
    "Wir ziehen den Betrag per SEPA-Lastschrift von Ihrem Konto ein:",
    "IBAN DE02 1203 0000 0000 2020 51",
    "Mandatsreferenz: NW-2024-0815",
    "Gläubiger-ID: DE98 ZZZ 0999 9999 999",
]


def test_direct_debit_that_is_printed_agrees() -> None:
    found = verdicts(PaymentInstructions(direct_debit=DEBIT), *column(50, 50, _LINES))
    debit = {path: verdict for path, verdict in found.items() if path.startswith(_DEBIT)}
    assert len(debit) == 3
    assert set(debit.values()) == {Verdict.AGREES}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("mandate_reference_identifier", "NW-2024-0816"),
        ("mandate_reference_identifier", "Other"),
        ("bank_assigned_creditor_identifier", "FR12ZZZ123456"),
        ("debited_account_identifier", OTHER_GERMAN),
    ],
)
def test_direct_debit_with_another_value_disagrees(name: str, other: str) -> None:
    fields = {field: getattr(DEBIT, field) for field in DEBIT.__struct_fields__}
    changed = DirectDebit(**{**fields, name: other})
    found = verdicts(PaymentInstructions(direct_debit=changed), *column(50, 50, _LINES))
    assert found[f"{_DEBIT}.{name}"] is Verdict.DISAGREES


def test_masked_account_of_the_buyer_is_compared_by_its_last_digits() -> None:
    debit = DirectDebit(debited_account_identifier=GERMAN)
    path = f"{_DEBIT}.debited_account_identifier"
    for printed, verdict in (("2051", Verdict.AGREES), ("3000", Verdict.DISAGREES)):
        line = text(50, 50, f"Lastschrift von DEXX XXXX XXXX XXXX XX{printed}")
        assert verdicts(PaymentInstructions(direct_debit=debit), line)[path] is verdict


def test_page_without_a_mandate_prints_none() -> None:
    found = verdicts(PaymentInstructions(direct_debit=DEBIT), text(50, 50, "Lastschrift"))
    assert {found[f"{_DEBIT}.{name}"] for name in DEBIT.__struct_fields__} == {Verdict.NOT_PRINTED}
