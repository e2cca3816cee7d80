import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from unit.en16931.full_model import expected, paths
from unit.en16931.writing.any_content import any_content
from unit.en16931.writing.said_values import said, told

from en16931.discount_terms import discounts_in_terms
from en16931.field_path import replaced, value_at
from en16931.model import (
    CashDiscount,
    CreditTransfer,
    DocumentTotals,
    Extras,
    Identifier,
    Instalment,
    InvoiceContent,
    InvoiceLine,
    InvoiceNote,
    LineExtras,
    LineKind,
    PaymentInstructions,
    PriceDetails,
    Seller,
    SupportingDocument,
)
from en16931.reader import read_xml
from en16931.writing.writer import write_cii, write_ubl
from en16931.writing.written import (
    BeyondReading,
    LeftOut,
    LeftOutReason,
    WithoutCurrency,
    WrittenInvoice,
)
from en16931.xml_reading import Syntax

Write = Callable[..., WrittenInvoice]

DOCUMENT = b"%PDF-1.7 a timesheet"
BOTH = pytest.mark.parametrize("write", [write_ubl, write_cii])


def _full_model(**changed: object) -> InvoiceContent:
    content = InvoiceContent()
    for term, path in paths().items():
        if term != "BT-125":
            content = replaced(content, path, expected(term))
    inside = {
        "sha256": hashlib.sha256(DOCUMENT).hexdigest(),
        "mime_type": "application/pdf",
        "file_name": "timesheet.pdf",
        "size_bytes": len(DOCUMENT),
    }
    for name, value in inside.items():
        content = replaced(content, f"supporting_documents[0].attached_document.{name}", value)
    return replace(content, **changed)


def _read(write: Write, content: InvoiceContent) -> InvoiceContent:
    return read_xml(write(content).xml).content


@pytest.mark.parametrize(
    ("write", "type_code", "syntax"),
    [
        (write_ubl, "380", Syntax.UBL_INVOICE),
        (write_ubl, "381", Syntax.UBL_CREDIT_NOTE),
        (write_cii, "380", Syntax.CII),
        (write_cii, "381", Syntax.CII),
    ],
)
def test_every_business_term_has_its_place(write: Write, type_code: str, syntax: Syntax) -> None:
    content = _full_model(type_code=type_code)
    written = write(content, {hashlib.sha256(DOCUMENT).hexdigest(): DOCUMENT})
    assert (written.syntax, written.left_out, written.missing) == (syntax, (), ())
    assert said(read_xml(written.xml).content) == said(content)


@BOTH
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(content=any_content())
def test_what_is_read_again_is_what_was_there_less_what_is_told(
    write: Write, content: InvoiceContent
) -> None:
    written = write(content)
    read = read_xml(written.xml)
    assert said(content) - said(read.content) == told(content, written.left_out)
    assert not said(read.content) - said(content)
    assert not read.unreadable


@BOTH
@pytest.mark.parametrize("currency", [None, " ", "\x00"])
def test_an_invoice_without_a_currency_cannot_be_written(
    write: Write, currency: str | None
) -> None:
    with pytest.raises(WithoutCurrency) as refusal:
        write(_full_model(currency_code=currency))
    assert refusal.value.reason == "EXPORT_WITHOUT_CURRENCY"


def test_a_document_that_would_be_larger_than_what_is_read_is_refused() -> None:
    notes = tuple(InvoiceNote(note="n") for _ in range(1_001))
    with pytest.raises(BeyondReading) as refusal:
        write_ubl(InvoiceContent(currency_code="EUR", notes=notes))
    assert refusal.value.reason == "EXPORT_TOO_LARGE"


@BOTH
def test_digits_of_amounts_stay_as_they_were(write: Write) -> None:
    for digits in ("1.10", "1.1", "-0.00", "100000000000000000000.0000000001", "0"):
        totals = DocumentTotals(amount_due=Decimal(digits))
        read = _read(write, InvoiceContent(currency_code="EUR", totals=totals))
        assert str(value_at(read, "totals.amount_due")) == digits


@BOTH
def test_markup_and_line_breaks_in_texts_stay_texts(write: Write) -> None:
    text = "<b>&amp;\"'\r\n]]> end\ttab"
    content = InvoiceContent(
        currency_code="EUR",
        invoice_number=text,
        seller=Seller(name=text, electronic_address=Identifier(value=text, scheme_id=text)),
    )
    assert said(_read(write, content)) == said(content)


@BOTH
def test_a_text_that_xml_cannot_hold_is_left_out_and_told(write: Write) -> None:
    content = InvoiceContent(currency_code="EUR", invoice_number="a\x00", payment_terms="b\ud800")
    written = write(content)
    assert set(written.left_out) == {
        LeftOut("invoice_number", LeftOutReason.NOT_XML),
        LeftOut("payment_terms", LeftOutReason.NOT_XML),
    }


@BOTH
def test_what_the_schema_requires_and_nobody_said_is_told_and_not_made_up(write: Write) -> None:
    written = write(InvoiceContent(currency_code="EUR", lines=(InvoiceLine(note="n"),)))
    assert any(xpath.endswith("ID") for xpath in written.missing)
    assert b"IssueDate" not in write_ubl(InvoiceContent(currency_code="EUR")).xml


def test_what_accounts_payable_knows_beside_the_standard_is_told_where_it_has_no_place() -> None:
    content = InvoiceContent(
        currency_code="EUR", extras=Extras(tracking_number="1Z", withholding_amount=Decimal(5))
    )
    assert write_cii(content).left_out == (
        LeftOut("extras.withholding_amount", LeftOutReason.NO_PLACE),
        LeftOut("extras.tracking_number", LeftOutReason.NO_PLACE),
    )
    assert write_ubl(content).left_out == (
        LeftOut("extras.tracking_number", LeftOutReason.NO_PLACE),
    )


def test_a_gross_price_without_discount_is_left_out_of_ubl_and_told() -> None:
    price = PriceDetails(net_price=Decimal(9), gross_price=Decimal(9))
    content = InvoiceContent(currency_code="EUR", lines=(InvoiceLine(price=price),))
    assert write_ubl(content).left_out == (
        LeftOut("lines[0].price.gross_price", LeftOutReason.NOT_SAYABLE),
    )
    assert write_cii(content).left_out == ()


def test_each_account_says_by_which_means_and_only_the_first_what_they_are_called() -> None:
    content = InvoiceContent(
        currency_code="EUR",
        payment_instructions=PaymentInstructions(
            means_type_code="58",
            means_text="SEPA",
            credit_transfers=(
                CreditTransfer(account_identifier="DE02120300000000202051"),
                CreditTransfer(account_identifier="DE02500105170137075030"),
            ),
        ),
    )
    ubl = write_ubl(content).xml.decode()
    assert ubl.count("58</cbc:PaymentMeansCode>") == ubl.count("<cac:PaymentMeans>") == 2
    assert ubl.count('name="SEPA"') == 1
    cii = write_cii(content).xml.decode()
    assert cii.count("<ram:TypeCode>58") == cii.count("<ram:IBANID>") == 2


def test_cii_tells_an_iban_from_the_number_of_a_bank() -> None:
    transfers = tuple(
        CreditTransfer(account_identifier=account)
        for account in ("DE02 1203 0000 0000 2020 51", "1234567890")
    )
    payment = PaymentInstructions(credit_transfers=transfers)
    xml = write_cii(InvoiceContent(currency_code="EUR", payment_instructions=payment)).xml.decode()
    assert "<ram:IBANID>DE02 1203 0000 0000 2020 51<" in xml
    assert "<ram:ProprietaryID>1234567890<" in xml


def test_identifiers_with_a_scheme_are_told_from_those_without() -> None:
    identifiers = (
        Identifier(value="4000001123452", scheme_id="0088"),
        Identifier(value="K-17"),
    )
    content = InvoiceContent(currency_code="EUR", seller=Seller(identifiers=identifiers))
    xml = write_cii(content).xml.decode()
    assert '<ram:GlobalID schemeID="0088">4000001123452<' in xml
    assert "<ram:ID>K-17<" in xml
    assert write_cii(content).left_out == ()
    assert value_at(_read(write_ubl, content), "seller.identifiers") == identifiers


def test_an_identifier_is_found_again_beside_the_same_one_without_a_scheme() -> None:
    identifiers = (Identifier(value="4000001", scheme_id="0088"), Identifier(value="4000001"))
    written = write_cii(InvoiceContent(currency_code="EUR", seller=Seller(identifiers=identifiers)))
    assert written.left_out == ()


def test_a_note_that_looks_like_another_is_told_and_not_read_as_that_one() -> None:
    content = InvoiceContent(
        currency_code="EUR", notes=(InvoiceNote(note="#AAI#text"), InvoiceNote(note="other"))
    )
    assert write_ubl(content).left_out == (LeftOut("notes[0].note", LeftOutReason.NOT_SAYABLE),)
    assert write_cii(content).left_out == ()


def test_the_date_of_an_instalment_is_not_made_the_due_date() -> None:
    instalment = Instalment(due_date=date(2026, 4, 1), amount=Decimal(50))
    content = InvoiceContent(currency_code="EUR", extras=Extras(instalments=(instalment,)))
    assert _read(write_cii, content).payment_due_date is None
    assert [each.field_path for each in write_cii(content).left_out] == [
        "extras.instalments[0].due_date"
    ]


def test_a_code_of_the_vat_point_that_cii_reads_as_another_is_told() -> None:
    content = InvoiceContent(currency_code="EUR", vat_point_date_code="5")
    assert _read(write_cii, replace(content, vat_point_date_code="3")).vat_point_date_code == "3"
    assert write_cii(content).left_out == (
        LeftOut("vat_point_date_code", LeftOutReason.NOT_SAYABLE),
    )


def test_terms_that_would_be_of_no_kind_are_told_and_not_written() -> None:
    content = InvoiceContent(
        currency_code="EUR",
        payment_due_date=date(2026, 4, 1),
        extras=Extras(
            instalments=(Instalment(amount=Decimal(50)), Instalment(due_date=date(2026, 4, 1))),
            cash_discounts=(CashDiscount(days=14), CashDiscount(percentage=Decimal(2))),
        ),
    )
    for write, gone in (
        (write_ubl, "instalments[0].amount"),
        (write_cii, "instalments[1].due_date"),
    ):
        assert {each.field_path for each in write(content).left_out} == {
            f"extras.{gone}",
            "extras.cash_discounts[0].days",
        }


def test_amounts_for_vat_are_told_apart_by_their_currencies() -> None:
    totals = DocumentTotals(
        vat_amount=Decimal("19.00"), vat_amount_in_accounting_currency=Decimal("212.80")
    )
    content = InvoiceContent(currency_code="EUR", vat_accounting_currency_code="SEK", totals=totals)
    for write in (write_ubl, write_cii):
        assert _read(write, content).totals == totals
    without = replace(content, vat_accounting_currency_code=None)
    assert [each.field_path for each in write_ubl(without).left_out] == [
        "totals.vat_amount_in_accounting_currency"
    ]


def test_the_order_of_lines_of_a_long_invoice_is_kept() -> None:
    lines = tuple(InvoiceLine(identifier=str(number)) for number in range(2_000))
    content = InvoiceContent(currency_code="EUR", lines=lines)
    for write in (write_ubl, write_cii):
        read = _read(write, content)
        assert [line.identifier for line in read.lines] == [line.identifier for line in lines]


def test_supporting_documents_are_told_from_the_object_and_the_tender() -> None:
    content = InvoiceContent(
        currency_code="EUR",
        tender_or_lot_reference="T",
        invoiced_object_identifier=Identifier(value="O", scheme_id="AAA"),
        supporting_documents=(
            SupportingDocument(reference=Identifier(value="S1")),
            SupportingDocument(reference=Identifier(value="S2")),
        ),
    )
    for write in (write_ubl, write_cii):
        assert said(_read(write, content)) == said(content)


def test_discounts_that_the_payment_terms_state_are_written_once() -> None:
    terms = "#SKONTO#TAGE=14#PROZENT=2.00#\n#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=100.00#"
    discounts = discounts_in_terms(terms)
    assert len(discounts) == 2
    content = InvoiceContent(
        currency_code="EUR", payment_terms=terms, extras=Extras(cash_discounts=discounts)
    )
    for write in (write_ubl, write_cii):
        assert b"DiscountPercent" not in write(content).xml
        assert b"DiscountTerms" not in write(content).xml
        assert said(_read(write, content)) == said(content)


def test_the_day_of_a_discount_is_not_made_the_due_date() -> None:
    discount = CashDiscount(percentage=Decimal(2), due_date=date(2026, 3, 20))
    content = InvoiceContent(currency_code="EUR", extras=Extras(cash_discounts=(discount,)))
    assert [each.field_path for each in write_cii(content).left_out] == [
        "extras.cash_discounts[0].due_date"
    ]
    dated = replace(content, payment_due_date=date(2026, 4, 1))
    for write in (write_ubl, write_cii):
        assert said(_read(write, dated)) == said(dated)


def test_groups_and_informations_say_in_cii_that_they_do_not_count() -> None:
    lines = (
        InvoiceLine(identifier="1", extras=LineExtras(kind=LineKind.GROUP, counts_in_sums=False)),
        InvoiceLine(identifier="1.1", extras=LineExtras(parent_identifier="1")),
    )
    content = InvoiceContent(currency_code="EUR", lines=lines)
    assert said(_read(write_cii, content)) == said(content)
    # In UBL, the group would count: its line stands alone.
    assert [line.identifier for line in _read(write_ubl, content).lines] == ["1.1"]
