"""A date belongs to the label beside or above it; what no label owns is a date of issue only where it stands alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.extract.dates import DayOrder
from invoice_reading.extract.document_dates import add_dates
from invoice_reading.extract.field_values import FieldValues
from invoice_reading.extract.label_values import label_places
from invoice_reading.extract.marked_rows import marked_rows
from page_builder import Printed, page, text

ISSUED, DUE = "issue_date", "payment_due_date"


def read(
    *printed: Printed | str,
    number_rows: frozenset[int] = frozenset(),
    order: DayOrder | None = None,
) -> FieldValues:
    """What is known of the dates; each text without a place is a row of its own."""
    placed = [
        text(40, 40 + 30 * at, each) if isinstance(each, str) else each
        for at, each in enumerate(printed)
    ]
    all_rows = marked_rows([page(placed)])
    into = FieldValues()
    add_dates(into, all_rows, label_places(all_rows), number_rows, order)
    return into


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d"]))
@settings(deadline=None)
def test_labelled_dates_read_back(day: date, form: str) -> None:
    other = day.replace(day=1)
    into = read(f"Rechnungsdatum: {day.strftime(form)}", f"Fällig am {other.strftime(form)}")
    assert into.values == {ISSUED: day, DUE: other}


def test_date_stands_under_its_label() -> None:
    into = read(
        text(40, 40, "Invoice date"),
        text(200, 40, "Due date"),
        text(40, 54, "5 March 2026"),
        text(200, 54, "4 April 2026"),
    )
    assert into.values == {ISSUED: date(2026, 3, 5), DUE: date(2026, 4, 4)}


@pytest.mark.parametrize(
    ("lines", "issued"),
    [
        (["Datum: 05.03.2026"], date(2026, 3, 5)),
        (["Datum: 05.03.2026", "Rechnungsdatum: 06.03.2026"], date(2026, 3, 6)),
        (["Lieferdatum: 05.03.2026"], None),
        (["Irgendwo, 05.03.2026"], date(2026, 3, 5)),
        (["Irgendwo, 05.03.2026", "Anderswo, 06.03.2026"], None),
        (["Irgendwo, 05.03.2026", "Anderswo, 05.03.2026"], date(2026, 3, 5)),
        (["Irgendwo, 05.03.2026", "Lieferdatum: 06.03.2026"], date(2026, 3, 5)),
        (["Irgendwo 12,00 am 5. März 2026"], None),
        (["Nummer 20260305"], None),
    ],
)
def test_date_of_issue_is_the_best_that_there_is(lines: list[str], issued: date | None) -> None:
    assert read(*lines).values.get(ISSUED) == issued


def test_general_date_beside_the_number_of_the_invoice_is_that_of_issue() -> None:
    lines = ["Die Sache Nr. 17 vom 05.03.2026", "Blumen", "Datum: 06.03.2026"]
    assert read(*lines).values == {ISSUED: date(2026, 3, 6)}
    assert read(*lines, number_rows=frozenset({0})).values == {ISSUED: date(2026, 3, 5)}


def test_second_half_of_a_common_label_has_its_date_below() -> None:
    into = read(
        text(40, 40, "Rechnungsnummer / Datum"),
        text(40, 54, "17"),
        text(130, 54, "05.03.2026"),
        text(40, 90, "Datum: 06.03.2026"),
    )
    assert into.values == {ISSUED: date(2026, 3, 5)}


def test_order_of_day_and_month_is_the_documents_or_left_open() -> None:
    line = "Invoice date: 03/07/2026"
    assert read(line, order=DayOrder.DAY_FIRST).values == {ISSUED: date(2026, 7, 3)}
    assert read(line, order=DayOrder.MONTH_FIRST).values == {ISSUED: date(2026, 3, 7)}
    into = read(line)
    annotation = into.annotations[ISSUED]
    assert (into.values, annotation.status) == ({}, FieldStatus.AMBIGUOUS)
    assert annotation.reasons == (AnnotationReason.DAY_MONTH_ORDER_UNKNOWN,)
    assert [candidate.value for candidate in annotation.candidates] == ["2026-07-03", "2026-03-07"]


def test_two_dates_of_one_weight_are_left_open() -> None:
    into = read("Due date: 5 March 2026", "Due date: 6 March 2026")
    annotation = into.annotations[DUE]
    assert DUE not in into.values
    assert annotation.reasons == (AnnotationReason.SEVERAL_DATES,)
    assert [candidate.value for candidate in annotation.candidates] == ["2026-03-05", "2026-03-06"]


def test_pages_after_the_first_have_no_date_of_issue_without_a_label() -> None:
    all_rows = marked_rows(
        [page(text(40, 40, "Anhang")), page(text(40, 40, "5 March 2026"), number=2)]
    )
    into = FieldValues()
    add_dates(into, all_rows, label_places(all_rows), frozenset(), None)
    assert (into.values, into.annotations) == ({}, {})


@pytest.mark.parametrize(
    "caption",
    ["Rechnungsdatum /Lieferdatum", "Invoice date = Tax date", "Rechnungsdatum / Leistungsdatum"],
)
def test_one_day_under_two_names_is_the_date_of_issue(caption: str) -> None:
    into = read(f"{caption}: 05.03.2026")
    assert into.values[ISSUED] == date(2026, 3, 5)


def test_tax_point_is_the_date_of_issue_where_no_better_is_printed() -> None:
    assert read("Tax point: 5 March 2026").values == {ISSUED: date(2026, 3, 5)}
    lines = ("Tax point: 5 March 2026", "Invoice date: 6 March 2026")
    assert read(*lines).values == {ISSUED: date(2026, 3, 6)}


@pytest.mark.parametrize(
    "line",
    [
        "The amount will be collected by direct debit from your account GB13 NIRU 2237 on 4 April 2026.",
        "Der Betrag wird von Ihrem Konto DE04 9127 abgebucht, und zwar am 4. April 2026.",
        "El importe se cargará en su cuenta ES05 3391 el 04/04/2026.",
    ],
)
def test_day_of_a_debit_is_the_due_date(line: str) -> None:
    assert read("Invoice date: 2026-03-05", line, order=DayOrder.DAY_FIRST).values == {
        ISSUED: date(2026, 3, 5),
        DUE: date(2026, 4, 4),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Your order of 4 April 2026",
        "By your mandate of 4 April 2020 we collect the amount on 4 April 2026.",
    ],
)
def test_other_days_are_no_day_of_a_debit(line: str) -> None:
    assert DUE not in read("Invoice date: 2026-03-05", line).values


@pytest.mark.parametrize(
    "phrase",
    [
        "Pay by {}",
        "Payable before {}",
        "Fällig am {}",
        "À payer avant le {}",
        "Pagar antes del {}",
        "Da pagare entro il {}",
        "Te betalen vóór {}",
        "Pagar até {}",
        "Termin płatności: {}",
    ],
)
def test_phrases_of_due_dates_are_known_in_each_language(phrase: str) -> None:
    assert read(phrase.format("2026-04-04")).values == {DUE: date(2026, 4, 4)}


def test_letters_of_a_town_are_no_label_of_the_date_in_the_next_column() -> None:
    into = read(
        text(300, 40, "Data documento:"),
        text(40, 54, "10121 Torino TO"),
        text(300, 54, "17/12/2025"),
        order=DayOrder.DAY_FIRST,
    )
    assert into.values == {ISSUED: date(2025, 12, 17)}


def test_end_of_a_period_is_not_the_only_date_of_the_document() -> None:
    found = read("Periodo: 16/06/2025 - 16/07/2025", order=DayOrder.DAY_FIRST)
    assert "issue_date" not in found.values


@pytest.mark.parametrize("label", ["Entregue em", "Consegnato il", "Despatched", "Geliefert am"])
def test_day_of_delivery_beside_the_number_is_not_that_of_issue(label: str) -> None:
    beside = f"Invoice no. A-17 {label} 19/05/2025"
    found = read(beside, "Invoice date: 27/05/2025", order=DayOrder.DAY_FIRST)
    assert found.values["issue_date"] == date(2025, 5, 27)
