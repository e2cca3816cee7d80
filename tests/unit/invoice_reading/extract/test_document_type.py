"""The kind of a document is its title: in the largest print, at the top of the first page."""

import pytest

from invoice_reading.extract.document_type import TitlePlace, title_of, title_places
from invoice_reading.extract.lexicon import Title
from invoice_reading.extract.marked_rows import marked_rows
from invoice_reading.page import Page
from page_builder import page, text


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("INVOICE", Title.INVOICE),
        ("I N V O I C E", Title.INVOICE),
        ("Mietrechnung", Title.INVOICE),
        ("Stornorechnung", Title.CREDIT_NOTE),
        ("Note de crédit", Title.CREDIT_NOTE),
        ("Pro-forma Invoice", Title.PROFORMA),
        ("Abschlagsrechnung", Title.PREPAYMENT),
        ("Facture d'acompte", Title.PREPAYMENT),
        ("Zahlungserinnerung", Title.REMINDER),
        ("Invoice of flowers", None),
        ("Blumen", None),
        ("", None),
    ],
)
def test_title_is_the_whole_text(printed: str, title: Title | None) -> None:
    assert title_of(printed) is title


def places(*pages: Page) -> tuple[TitlePlace, ...]:
    return title_places(marked_rows(pages))


def test_largest_print_comes_first_and_then_what_is_read_first() -> None:
    found = places(
        page(text(40, 40, "Receipt"), text(40, 80, "Credit note", 24), text(40, 120, "Invoice"))
    )
    assert [place.title for place in found] == [Title.CREDIT_NOTE, Title.RECEIPT, Title.INVOICE]
    assert [place.region.text for place in found] == ["Credit note", "Receipt", "Invoice"]


def test_titles_stand_in_the_upper_part_of_the_first_page() -> None:
    first = page(text(40, 40, "Receipt"), text(40, 700, "Invoice"))
    second = page(text(40, 40, "Credit note", 24), number=2)
    assert [place.title for place in places(first)] == [Title.RECEIPT]
    assert [place.title for place in places(page(text(40, 40, "Receipt")), second)] == [
        Title.RECEIPT
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ihre Rechnung 17", ["Rechnung"]),
        ("Unsere neue Warenrechnung", ["Warenrechnung"]),
        ("Wir danken Ihnen sehr für die Rechnung", []),
        ("Rechnung " + "und so weiter " * 5, []),
        ("Verrechnung", ["Verrechnung"]),
        ("Brechnung", ["Brechnung"]),
        ("rechnungen", []),
    ],
)
def test_title_is_among_the_first_words_of_a_short_line(line: str, found: list[str]) -> None:
    assert [place.region.text for place in places(page(text(40, 40, line)))] == found


def test_each_column_of_a_row_may_have_its_title() -> None:
    found = places(page(text(40, 40, "Blume GmbH"), text(300, 40, "Rechnung")))
    assert [place.region.text for place in found] == ["Rechnung"]


def test_document_without_words_has_no_title() -> None:
    assert places(page()) == ()
