from decimal import Decimal

import pytest

from en16931.credit_notes import (
    CREDIT_NOTE_TYPE_CODES,
    counted,
    is_credit_note,
    states_credit_as_positive,
)
from en16931.model import DocumentKind, DocumentTotals, Extras, InvoiceContent
from en16931.reader import read_xml

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def test_ubl_credit_note_without_type_code_gives_money_back() -> None:
    content = read_xml(
        f'<CreditNote xmlns="{_UBL}CreditNote-2" xmlns:cac="{_UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{_UBL}CommonBasicComponents-2"><cac:LegalMonetaryTotal>'
        "<cbc:TaxInclusiveAmount>5.00</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal></CreditNote>".encode()
    ).content
    assert content.type_code is None
    assert states_credit_as_positive(content)


def test_kind_counts_before_the_type_code() -> None:
    extras = Extras(document_kind=DocumentKind.INVOICE)
    assert not is_credit_note(InvoiceContent(type_code="381", extras=extras))
    assert is_credit_note(InvoiceContent(type_code="381", extras=Extras()))


@pytest.mark.parametrize("code", CREDIT_NOTE_TYPE_CODES)
def test_type_code_counts_where_no_kind_is_declared(code: str) -> None:
    assert is_credit_note(InvoiceContent(type_code=code))


@pytest.mark.parametrize("code", [None, "", "380", "457", "999"])
def test_other_type_codes_give_no_money_back(code: str | None) -> None:
    assert not is_credit_note(InvoiceContent(type_code=code))


@pytest.mark.parametrize("total", [None, Decimal("-5"), Decimal(0)])
def test_credit_note_without_positive_total_is_taken_as_it_stands(total: Decimal | None) -> None:
    totals = DocumentTotals(amount_with_vat=total)
    assert not states_credit_as_positive(InvoiceContent(type_code="381", totals=totals))


@pytest.mark.parametrize(
    ("with_vat", "due", "counts"),
    [("30", "30", "-7"), ("-30", "-30", "7"), (None, "30", "-7"), (None, "-30", "7")],
)
def test_credit_counts_with_a_minus_however_it_is_stated(
    with_vat: str | None, due: str, counts: str
) -> None:
    totals = DocumentTotals(
        amount_with_vat=Decimal(with_vat) if with_vat else None, amount_due=Decimal(due)
    )
    assert counted(InvoiceContent(type_code="381", totals=totals), Decimal(7)) == Decimal(counts)
    assert counted(InvoiceContent(type_code="380", totals=totals), Decimal(7)) == Decimal(7)
