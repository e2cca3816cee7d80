"""Comparing raises nothing, whatever the XML states and the pages hold."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from en16931.field_path import Leaf, leaves, replaced
from en16931.model import InvoiceContent
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box, Page, Word
from invoice_reading.pages.engine import MuPdfEngine
from invoice_summarizer.samples.catalogue import sample_invoices

COFFEE = next(s for s in sample_invoices() if s.file_name == "muehlbach-hybrid.pdf")
PAGES = MuPdfEngine()(COFFEE.data, PdfLimits()).pages
SEED = 20_261_127
_DECIMALS = ("0", "-0", "1E+390", "1E-390", "9" * 395, "-1", "0.001", "NaN", "Infinity", "1E+9999")
_TEXTS = (
    "",
    " ",
    "\t",
    "*",
    "|",
    "&",
    "GmbH",
    "a" * 5000,
    "٣٤",
    "\u2002",
    "DE",
    "0",
    "(((((",
    "ß" * 99,
)
_DATES = (date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29))
_WORDS = (
    "1.234,56",
    "€",
    "IBAN",
    "DE",
    "Total",
    "VAT",
    "19%",
    "05.03.2026",
    "-",
    "GmbH",
    "|",
    "0" * 119,
)


def any_value(value: Leaf, chance: Random) -> Leaf:
    if isinstance(value, Decimal):
        return Decimal(chance.choice(_DECIMALS))
    if isinstance(value, date):
        return chance.choice(_DATES)
    return chance.choice(_TEXTS) if isinstance(value, str) else value


@pytest.mark.parametrize("turn", range(60))
def test_any_values_of_the_xml_are_compared(turn: int) -> None:
    chance = Random(SEED + turn)
    content = COFFEE.expected
    for path, value in leaves(COFFEE.expected):
        if chance.random() < 0.4 and type(value) in (str, Decimal, date):
            content = replaced(content, path, any_value(value, chance))
    assert compare(content, PAGES)


@pytest.mark.parametrize("turn", range(60))
def test_any_words_of_pages_are_compared(turn: int) -> None:
    chance = Random(SEED - turn)
    words = tuple(
        Word(index, chance.choice(_WORDS), any_box(chance)) for index in range(chance.randrange(60))
    )
    page = Page(1, chance.choice((595.0, 0.0, 1e9)), 842.0, words)
    assert compare(COFFEE.expected, [page] * chance.randrange(3))


def any_box(chance: Random) -> Box:
    left, top = chance.randrange(-10, 900_000), chance.randrange(-10, 900_000)
    return Box(left, top, left + chance.randrange(-5, 90_000), top + chance.randrange(-5, 20_000))


def test_content_without_anything_has_nothing_to_compare() -> None:
    assert compare(InvoiceContent(), PAGES) == ()


def test_pages_that_are_missing_decide_nothing_of_what_was_not_found() -> None:
    found = compare(COFFEE.expected, PAGES[:0], all_pages_read=False)
    assert {each.verdict for each in found} == {Verdict.NOT_DECIDABLE}
    words = Page(1, 595.0, 842.0, (Word(0, "RE-26-1187", Box(10, 10, 90_000, 12_000)),))
    verdicts = {
        each.path: each.verdict for each in compare(COFFEE.expected, [words], all_pages_read=False)
    }
    assert verdicts["invoice_number"] is Verdict.AGREES
    assert verdicts["seller.name"] is Verdict.NOT_DECIDABLE
