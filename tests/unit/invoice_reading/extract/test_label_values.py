"""Labels are found whatever their case, accents and punctuation; values stand beside or under them."""

from datetime import date

import pytest

from invoice_reading.annotation import FieldStatus
from invoice_reading.extract.extract import extract
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.phrases import label_phrases
from invoice_reading.extract.tokens import tokens
from page_builder import page, text


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("RECHNUNGSNUMMER", Label.INVOICE_NUMBER),
        ("Rechnungs-Nr.:", Label.INVOICE_NUMBER),
        ("N° de facture", Label.INVOICE_NUMBER),
        ("Invoice №", Label.INVOICE_NUMBER),
        ("Date d'échéance", Label.DUE_DATE),
        ("DATE D’ECHEANCE", Label.DUE_DATE),
        ("USt.-Id.-Nr.", Label.VAT_IDENTIFIER),
        ("Fällig am", Label.DUE_DATE),
        ("Factuurdatum", Label.ISSUE_DATE),
    ],
)
def test_label_is_found_as_printed(printed: str, label: Label) -> None:
    [found] = label_phrases().search(printed, tokens(printed))
    assert label in found.meanings


def test_longest_label_wins() -> None:
    [found] = label_phrases().search("Due Date", tokens("Due Date"))
    assert found.meanings == (Label.DUE_DATE,)


def test_value_under_its_label_is_found() -> None:
    read = extract(
        [
            page(
                text(40, 40, "FACTURE", 18),
                text(40, 120, "Numéro de facture"),
                text(200, 120, "Date de facture"),
                text(40, 134, "F2026-77"),
                text(200, 134, "30/09/2026"),
            )
        ]
    )
    assert read.content.invoice_number == "F2026-77"
    assert read.content.issue_date == date(2026, 9, 30)


def test_reference_to_an_order_is_not_the_invoice_number() -> None:
    read = extract(
        [
            page(
                text(40, 40, "Rechnung", 18),
                text(40, 80, "Rechnung gemäß Bestellung Nr. 2026-471331"),
            )
        ]
    )
    assert read.content.invoice_number is None
    assert read.annotations["invoice_number"].status is FieldStatus.ABSENT


def test_dates_of_delivery_and_discount_are_not_taken() -> None:
    read = extract(
        [
            page(
                text(40, 40, "Rechnung Nr. 17 vom 05.03.2026"),
                text(40, 60, "Lieferdatum: 01.03.2026"),
                text(
                    40,
                    80,
                    "Zahlbar innerhalb 30 Tagen netto bis 04.04.2026, 3% Skonto innerhalb 10 Tagen bis 15.03.2026",
                ),
            )
        ]
    )
    assert read.content.issue_date == date(2026, 3, 5)
    assert read.content.payment_due_date == date(2026, 4, 4)


def test_date_without_a_clue_to_its_order_is_ambiguous_with_both_candidates() -> None:
    read = extract([page(text(40, 40, "INVOICE", 18), text(40, 80, "Invoice date: 03/07/2026"))])
    found = read.annotations["issue_date"]
    assert read.content.issue_date is None
    assert found.status is FieldStatus.AMBIGUOUS
    assert {one.value for one in found.candidates} == {"2026-07-03", "2026-03-07"}


def test_another_date_of_the_document_decides_the_order() -> None:
    read = extract(
        [
            page(
                text(40, 40, "INVOICE", 18),
                text(40, 80, "Invoice date: 03/07/2026"),
                text(40, 96, "Due date: 03/21/2026"),
            )
        ]
    )
    assert read.content.issue_date == date(2026, 3, 7)


def test_rival_invoice_numbers_of_equal_weight_are_ambiguous() -> None:
    read = extract([page(text(40, 40, "Invoice number: A-1"), text(40, 60, "Invoice number: A-2"))])
    assert read.content.invoice_number is None
    assert read.annotations["invoice_number"].status is FieldStatus.AMBIGUOUS
