"""Counters of pages in eight languages, and numbers that count something else."""

import pytest

from invoice_reading.extract.marked_rows import marked_rows
from invoice_reading.separation.page_counters import PageCounter, page_counters
from page_builder import page, text


def counters(printed: str, top: float = 800) -> set[tuple[int, int | None]]:
    found = page_counters(marked_rows([page(text(40, top, printed))]))
    return {(counter.page, counter.pages) for counter in found}


@pytest.mark.parametrize(
    "printed",
    [
        "Page 1 of 2",
        "Seite 1 von 2",
        "Seite: 1/2",
        "Blatt 1/2",
        "Page 1 sur 2",
        "Pagina 1 di 2",
        "Página 1 de 2",
        "Pagina 1 van 2",
        "Strona 1 z 2",
        "Pág. 1 / 2",
        "Invoice 2026-17 - page 1 of 2",
    ],
)
@pytest.mark.parametrize("top", [400, 800])
def test_page_of_pages(printed: str, top: float) -> None:
    assert counters(printed, top) == {(1, 2)}


def test_page_alone_is_all_of_its_column() -> None:
    assert counters("Page 3") == {(3, None)}
    assert counters("see page 3") == set()
    assert counters("Page 3 says more") == set()


def test_without_a_word_it_stands_in_the_margin() -> None:
    assert counters("2/3") == {(2, 3)}
    assert counters("2/3", top=400) == set()
    assert counters("Order 2/3") == set()


@pytest.mark.parametrize("printed", ["Page 3 of 2", "Page 0 of 2", "Page 12345 of 99999", "3/2"])
def test_no_page_is_behind_the_last(printed: str) -> None:
    assert counters(printed) == set()


def test_counter_of_the_file_and_that_of_the_invoice() -> None:
    printed = [text(40, 30, "Page 3 of 6"), text(40, 800, "Page 1 of 2")]
    assert page_counters(marked_rows([page(printed)])) == {PageCounter(3, 6), PageCounter(1, 2)}
