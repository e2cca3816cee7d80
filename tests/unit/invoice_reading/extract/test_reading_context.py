"""What the document proves decides how it is read; what it leaves open is left to the habit of its language."""

import pytest

from invoice_reading.extract.dates import DayOrder
from invoice_reading.extract.marked_rows import marked_rows
from invoice_reading.extract.numbers import DecimalMark
from invoice_reading.extract.reading_context import (
    NO_CONTEXT,
    ReadingContext,
    reading_context,
    spoken_language,
)
from page_builder import page, text

GERMAN = "Bitte zahlen Sie den Betrag der Rechnung innerhalb von 14 Tagen"
ENGLISH = "Please pay the amount of this invoice by the date"
DAY_FIRST, MONTH_FIRST = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


def context(*lines: str) -> ReadingContext:
    printed = [text(40, 40 + 20 * at, line) for at, line in enumerate(lines)]
    return reading_context(marked_rows([page(printed)]))


@pytest.mark.parametrize(
    ("line", "language", "mark"),
    [
        (ENGLISH, "en", DecimalMark.POINT),
        (GERMAN, "de", DecimalMark.COMMA),
        ("Merci de payer le montant de la facture avec la TVA", "fr", DecimalMark.COMMA),
        ("Het bedrag van de factuur is met btw", "nl", DecimalMark.COMMA),
        ("La fecha de la factura y el importe con IVA", "es", DecimalMark.COMMA),
        ("La data della fattura e importo con IVA totale per il cliente", "it", DecimalMark.COMMA),
    ],
)
def test_language_is_that_of_most_words_and_has_its_habit_of_decimals(
    line: str, language: str, mark: DecimalMark
) -> None:
    found = context(line)
    assert (found.language, found.mark) == (language, mark)
    assert found.language_words


def test_evidence_of_a_language_is_words_that_only_it_has_and_eight_at_most() -> None:
    found = context(GERMAN, GERMAN)
    words = [region.text for region in found.language_words]
    assert len(words) == 8
    assert {"Rechnung", "innerhalb"} <= set(words)
    assert "Tagen" not in words


def test_two_languages_of_one_weight_are_none() -> None:
    assert context("Blumen und Korn", "flowers and corn").language is None


def test_printed_decimals_go_before_the_habit_of_the_language() -> None:
    assert context(GERMAN, "Summe 1,234.50").mark is DecimalMark.POINT


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        ([GERMAN, "03/07/2026"], DAY_FIRST),
        ([ENGLISH, "03/07/2026"], None),
        ([ENGLISH, "03/07/2026", "25/03/2026"], DAY_FIRST),
        ([GERMAN, "03/07/2026", "03/25/2026"], MONTH_FIRST),
        ([GERMAN, "25/03/2026", "03/25/2026"], None),
        ([ENGLISH, "Springfield, IL 62704"], MONTH_FIRST),
        ([ENGLISH, "Total £10.00"], DAY_FIRST),
        ([ENGLISH, "Springfield, IL 62704", "Total £10.00"], None),
    ],
)
def test_order_of_day_and_month_is_proven_or_the_habit_of_language_and_country(
    lines: list[str], order: DayOrder | None
) -> None:
    assert context(*lines).order is order


@pytest.mark.parametrize(
    ("line", "is_american"),
    [
        ("Springfield, IL 62704", True),
        ("Springfield IL, 62704-1234", True),
        ("Postfach DE 80333 München", False),
        ("Springfield, XX 62704", False),
    ],
)
def test_address_in_the_united_states_has_a_state_and_a_zip_code(
    line: str, is_american: bool
) -> None:
    assert context(line).in_united_states is is_american


def test_document_without_words_has_no_context() -> None:
    assert reading_context(marked_rows([page()])) == NO_CONTEXT


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["Bitte", "ZUM", "Über"], "de"),
        (["the", "und"], None),
        (["the", "of", "und"], "en"),
        (["xyz"], None),
        ([], None),
    ],
)
def test_spoken_language_leads_among_the_words(words: list[str], language: str | None) -> None:
    assert spoken_language(words) == language
