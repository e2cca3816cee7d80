"""Words become the value of a field by its type and by what the document tells of how it is to be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from en16931.field_path import FieldPathError, Leaf
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.dates import DayOrder
from invoice_reading.extract.numbers import DecimalMark
from invoice_reading.extract.reading_context import NO_CONTEXT
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.page import Box, Layer

GERMAN = replace(NO_CONTEXT, mark=DecimalMark.COMMA, order=DayOrder.DAY_FIRST)
AMERICAN = replace(NO_CONTEXT, mark=DecimalMark.POINT, order=DayOrder.MONTH_FIRST)
IBAN = "payment_instructions.credit_transfers[0].account_identifier"


def region(text: str) -> PageRegion:
    return PageRegion(page=1, box=Box(0, 0, 1, 1), layer=Layer.TEXT, words=(), text=text)


@pytest.mark.parametrize(
    ("path", "words", "german", "american"),
    [
        ("totals.amount_due", "1.190,00 €", Decimal("1190.00"), Decimal("1190.00")),
        ("totals.amount_due", "1.190", Decimal("1190"), Decimal("1.190")),
        ("issue_date", "03/07/2026", date(2026, 7, 3), date(2026, 3, 7)),
        ("issue_date", "5 March 2026", date(2026, 3, 5), date(2026, 3, 5)),
        ("issue_date", "soon", None, None),
        ("totals.amount_due", "twelve", None, None),
        ("type_code", "Gutschrift", "381", "381"),
        ("type_code", "Paint", None, None),
        ("extras.document_kind", "Invoice", "INVOICE", "INVOICE"),
        ("extras.language_code", "die Rechnung ist zahlbar", "de", "de"),
        ("extras.sign_convention", "-5,00", "CREDIT_IS_NEGATIVE", "CREDIT_IS_NEGATIVE"),
        ("extras.sign_convention", "none", None, None),
        ("currency_code", "€", "EUR", "EUR"),
        ("currency_code", "Paint", None, None),
        (IBAN, "DE02 1203 0000 0000 2020 51", "DE02120300000000202051", "DE02120300000000202051"),
        ("seller.vat_identifier", "DE 136 695 976", "DE136695976", "DE136695976"),
        ("seller.name", "Nordwind GmbH ", "Nordwind GmbH", "Nordwind GmbH"),
        ("seller.name", " ", None, None),
    ],
)
def test_value_is_what_the_words_say_in_the_context(
    path: str, words: str, german: Leaf | None, american: Leaf | None
) -> None:
    assert value_of_words(path, [region(words)], GERMAN) == german
    assert value_of_words(path, [region(words)], AMERICAN) == american


def test_value_over_several_regions_is_their_words_in_order() -> None:
    regions = [region("Paint,"), region("white")]
    assert value_of_words("lines[0].item.name", regions, NO_CONTEXT) == "Paint, white"


def test_nothing_of_the_document_decides_what_the_words_leave_open() -> None:
    assert value_of_words("totals.amount_due", [region("1.190")], NO_CONTEXT) is None
    assert value_of_words("issue_date", [region("03/07/2026")], NO_CONTEXT) is None


def test_path_outside_the_model_is_an_error() -> None:
    with pytest.raises(FieldPathError):
        value_of_words("totals.amount_lost", [region("1")], NO_CONTEXT)
