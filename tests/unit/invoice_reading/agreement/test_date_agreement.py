"""Dates of the XML are found in any notation, and another beside the label of a field is a disagreement."""

from datetime import date

import pytest

from en16931.model import Delivery, InvoiceContent, InvoiceNote, Period
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Comparison, Verdict
from page_builder import Printed, page, text

ISSUED, DUE = date(2026, 3, 5), date(2026, 4, 4)


def verdicts(content: InvoiceContent, *printed: Printed) -> dict[str, Verdict]:
    return {each.path: each.verdict for each in compared(content, *printed)}


def compared(content: InvoiceContent, *printed: Printed) -> tuple[Comparison, ...]:
    return compare(content, [page(*printed)])


@pytest.mark.parametrize(
    "printed",
    [
        "05.03.2026",
        "5.3.26",
        "05. 03. 2026",
        "05/03/2026",
        "2026-03-05",
        "5 March 2026",
        "March 5, 2026",
        "March 5th, 2026",
        "5th of March 2026",
        "5. März 2026",
        "05-MAR-2026",
        "le 5 mars 2026",
        "5 maart 2026",
        "5 de marzo de 2026",
        "5 marzo 2026",
        "20260305",
        "2026 03 05",
    ],
)
def test_date_is_found_however_it_is_printed(printed: str) -> None:
    found = verdicts(InvoiceContent(issue_date=ISSUED), text(50, 50, f"Date: {printed}"))
    assert found == {"issue_date": Verdict.AGREES}


@pytest.mark.parametrize("printed", ["06.03.2026", "05.03.2025", "5 May 2026", "2026-05-03"])
def test_another_date_of_issue_is_a_disagreement(printed: str) -> None:
    [found] = compared(InvoiceContent(issue_date=ISSUED), text(50, 50, f"Invoice date {printed}"))
    assert found.verdict is Verdict.DISAGREES
    assert found.printed is not None and found.printed.region.text == printed


def test_page_without_a_date_prints_none() -> None:
    content = InvoiceContent(issue_date=ISSUED, payment_due_date=DUE)
    assert set(verdicts(content, text(50, 50, "payable at once")).values()) == {Verdict.NOT_PRINTED}


def test_due_date_counts_by_its_label_though_the_xml_states_the_printed_day_elsewhere() -> None:
    content = InvoiceContent(
        issue_date=ISSUED, payment_due_date=ISSUED, notes=(InvoiceNote(note="due 04.04.2026"),)
    )
    printed = (text(50, 50, "Invoice date 05.03.2026"), text(50, 70, "Due date 04.04.2026"))
    assert verdicts(content, *printed) == {
        "issue_date": Verdict.AGREES,
        "payment_due_date": Verdict.DISAGREES,
    }


def test_day_of_an_order_is_no_due_date() -> None:
    content = InvoiceContent(issue_date=ISSUED, payment_due_date=DUE)
    printed = (text(50, 50, "Rechnungsdatum 05.03.2026"), text(50, 70, "Bestelldatum 01.02.2026"))
    assert verdicts(content, *printed)["payment_due_date"] is Verdict.NOT_PRINTED


def test_delivery_and_period_count_by_their_labels() -> None:
    period = Period(start_date=date(2026, 2, 1), end_date=date(2026, 2, 28))
    content = InvoiceContent(
        issue_date=ISSUED,
        delivery=Delivery(actual_delivery_date=ISSUED, invoicing_period=period),
    )
    issued = text(50, 50, "Rechnungsdatum 05.03.2026")
    sound = (
        issued,
        text(50, 70, "Lieferdatum 05.03.2026"),
        text(50, 90, "Leistungszeitraum 01.02.2026 - 28.02.2026"),
    )
    assert set(verdicts(content, *sound).values()) == {Verdict.AGREES}
    other = (
        issued,
        text(50, 70, "Lieferdatum 07.03.2026"),
        text(50, 90, "Leistungszeitraum 01.01.2026 - 31.01.2026"),
    )
    found = verdicts(content, *other)
    assert found.pop("issue_date") is Verdict.AGREES
    assert set(found.values()) == {Verdict.DISAGREES}


@pytest.mark.parametrize(
    "terms",
    [
        "Zahlbar innerhalb von 30 Tagen ohne Abzug",
        "Zahlungsziel: 30 Tage netto",
        "14 Tage 2 % Skonto, 30 Tage netto",
        "Payment terms: 30 days net",
        "Payable within 30 days of the invoice date.",
        "Paiement à 30 jours",
        "Te betalen binnen 30 dagen",
    ],
)
def test_due_date_is_held_against_days_that_are_printed(terms: str) -> None:
    printed = (text(50, 50, "Date: 05.03.2026"), text(50, 400, terms))
    for day, expected in (
        (DUE, Verdict.AGREES),
        (date(2026, 4, 6), Verdict.AGREES),  # the Monday after a Saturday
        (date(2026, 3, 19), Verdict.DISAGREES),
        (date(2026, 5, 4), Verdict.DISAGREES),
    ):
        content = InvoiceContent(issue_date=ISSUED, payment_due_date=day)
        assert verdicts(content, *printed)["payment_due_date"] is expected


def test_days_up_to_the_end_of_a_month_are_counted_to_it() -> None:
    printed = (text(50, 50, "Date: 05.03.2026"), text(50, 400, "Paiement à 30 jours fin de mois"))
    for day, expected in (
        (date(2026, 4, 30), Verdict.AGREES),
        (DUE, Verdict.DISAGREES),
    ):
        content = InvoiceContent(issue_date=ISSUED, payment_due_date=day)
        assert verdicts(content, *printed)["payment_due_date"] is expected


@pytest.mark.parametrize(
    "terms",
    [
        "Zahlbar innerhalb von 30 Tagen nach Erhalt",
        "Reklamationen innerhalb von 8 Tagen",
        "Bei Zahlung innerhalb von 14 Tagen 2 % Skonto",
        "Our service is open 7 days a week",
    ],
)
def test_days_from_another_day_or_of_another_kind_say_nothing(terms: str) -> None:
    printed = (text(50, 50, "Date: 05.03.2026"), text(50, 400, terms))
    content = InvoiceContent(issue_date=ISSUED, payment_due_date=date(2026, 6, 30))
    assert verdicts(content, *printed)["payment_due_date"] is Verdict.NOT_PRINTED
