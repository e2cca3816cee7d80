"""What begins another invoice, what is a sign of one, and what is neither."""

from dataclasses import replace

import pytest

from invoice_reading.annotation import PageRegion
from invoice_reading.completeness import AttachedPage, Gap, Verdict
from invoice_reading.page import Layer, Page, PdfPages
from invoice_reading.read import read_every
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.separation.separate import MOST_PARTS, separate
from invoice_reading.stages import Stages
from page_builder import Printed, page, right, text

_FAILED = ReviewReason(ReviewCode.RULE_FAILED, "SEVERAL-INVOICES-01")


def invoice(
    invoice_number: str,
    number: int,
    *more: Printed,
    total: str = "119.00",
    date: str = "03.02.2026",
    title: str = "Invoice",
) -> Page:
    """Returns an invoice on one page; without a total it ends before its sums."""
    sums = [text(300, 500, "Total incl. VAT"), right(540, 500, f"{total} EUR")] if total else []
    return page(
        text(40, 40, "Muster Trading Ltd", 14),
        text(40, 140, title, 16),
        text(300, 180, f"Invoice number: {invoice_number}"),
        text(300, 200, f"Invoice date: {date}"),
        sums,
        more,
        number=number,
    )


def last_page(number: int, *more: Printed) -> Page:
    return page(
        text(300, 500, "Total incl. VAT"), right(540, 500, "119.00 EUR"), more, number=number
    )


def counter(words: str) -> Printed:
    return text(480, 810, words)


def pages(*of: Page, total: int = 0) -> PdfPages:
    return PdfPages(of, total or len(of))


def readings(document: PdfPages) -> list[Reading]:
    return list(read_every(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: document)))


def first_pages(document: PdfPages) -> list[int]:
    return [part.first_page for part in separate(document)]


def is_doubted(document: PdfPages) -> bool:
    [part] = separate(document)
    return part.beside_others


def test_own_number_and_own_total_begin_another_invoice() -> None:
    document = pages(invoice("A-1", 1), invoice("A-2", 2, total="238.00"))
    first, second = readings(document)
    assert (first.content.invoice_number, second.content.invoice_number) == ("A-1", "A-2")
    assert first.completeness.parts == second.completeness.parts == 2
    assert (first.completeness.first_page, second.completeness.first_page) == (1, 2)
    assert first.completeness.pages == second.completeness.pages == 1
    assert {
        region.page
        for each in second.annotations.values()
        for region in each.evidence
        if isinstance(region, PageRegion)
    } == {2}
    assert second.content.seller is not None
    assert second.content.seller.name == "Muster Trading Ltd"


def test_invoices_that_were_taken_apart_wait_for_a_person() -> None:
    """The second may be to pay, or go with the first as proof of what it charges for."""
    for reading in readings(pages(invoice("A-1", 1), invoice("A-2", 2, total="238.00"))):
        assert _FAILED in reading.review_reasons
        assert Gap.SEVERAL_INVOICES in reading.completeness.gaps
        assert reading.completeness.verdict is Verdict.PARTIAL


def test_page_of_the_same_number_goes_on() -> None:
    assert first_pages(pages(invoice("A-1", 1, total=""), invoice("A-1", 2))) == [1]
    assert not is_doubted(pages(invoice("A-1", 1, total=""), invoice("A-1", 2)))


def test_page_without_a_number_belongs_to_the_invoice_before_it() -> None:
    document = pages(invoice("A-1", 1, total=""), last_page(2), invoice("A-2", 3))
    assert first_pages(document) == [1, 3]


def test_counters_from_first_to_last_stand_for_a_total() -> None:
    document = pages(
        invoice("A-1", 1, counter("Page 1 of 1"), total=""),
        invoice("A-2", 2, counter("Page 1 of 1"), total=""),
    )
    assert first_pages(document) == [1, 2]


def test_number_without_a_total_on_one_side_is_a_sign_and_no_proof() -> None:
    document = pages(invoice("A-1", 1, total=""), invoice("A-2", 2))
    [reading] = readings(document)
    assert _FAILED in reading.review_reasons
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert Gap.SEVERAL_INVOICES in reading.completeness.gaps


def test_later_page_by_its_counter_begins_no_invoice_and_another_number_on_it_is_a_sign() -> None:
    document = pages(
        invoice("A-1", 1, counter("Page 1 of 2")), invoice("A-2", 2, counter("Page 2 of 2"))
    )
    assert is_doubted(document)


def test_counter_that_begins_again_under_a_title_is_a_sign() -> None:
    document = pages(
        invoice("A-1", 1, counter("Page 1 of 1")), invoice("A-1", 2, counter("Page 1 of 1"))
    )
    assert is_doubted(document)


def test_one_number_cut_short_is_one_number() -> None:
    document = pages(invoice("2026-0017", 1), invoice("0017", 2))
    assert is_doubted(document)


@pytest.mark.parametrize("title", ["Statement of account", "Payment reminder"])
def test_pages_of_a_list_of_invoices_are_not_taken_apart(title: str) -> None:
    assert is_doubted(pages(invoice("A-1", 1, title=title), invoice("A-2", 2)))


def test_invoice_between_two_that_prove_themselves_stays_with_the_one_before() -> None:
    document = pages(
        invoice("A-1", 1),
        invoice("A-2", 2, total=""),
        invoice("A-3", 3, total="59.50"),
        invoice("A-4", 4, total="70.00"),
    )
    parts = separate(document)
    assert [(part.first_page, part.beside_others) for part in parts] == [(1, True), (4, True)]


def test_page_that_was_not_read_belongs_to_the_invoice_before_it() -> None:
    document = pages(invoice("A-1", 1), invoice("A-2", 3), total=4)
    first, second = readings(document)
    assert (first.completeness.pages, first.completeness.pages_read) == (2, 1)
    assert (second.completeness.pages, second.completeness.pages_read) == (2, 1)
    assert first.completeness.verdict is second.completeness.verdict is Verdict.PARTIAL


def test_more_than_a_document_may_hold_stay_together() -> None:
    many = [invoice(f"B-{1000 + at}", at + 1) for at in range(MOST_PARTS + 1)]
    assert is_doubted(pages(*many))
    assert len(separate(pages(*many[:-1]))) == MOST_PARTS


def test_one_number_read_twice_by_ocr_is_not_two_invoices() -> None:
    first, second = (_recognised(invoice(name, at)) for at, name in enumerate(("A-17", "A-77"), 1))
    assert is_doubted(pages(first, second))
    other_total = _recognised(invoice("A-77", 2, total="70.00"))
    assert first_pages(pages(first, other_total)) == [1, 2]


def _recognised(of: Page) -> Page:
    words = tuple(replace(word, layer=Layer.OCR, confidence=0.99) for word in of.words)
    return replace(of, words=words)


_CLAUSE = "The goods remain our property until they have been paid for in full by you"


def prose(top: float, rows: int) -> list[Printed]:
    return [text(40, top + 14 * at, f"{_CLAUSE} row {at}") for at in range(rows)]


def attached(*printed: Printed | list[Printed]) -> list[AttachedPage]:
    flat = [one for each in printed for one in (each if isinstance(each, list) else [each])]
    [part] = separate(pages(invoice("A-1", 1), page(flat, number=2)))
    return [each.kind for each in part.set_aside]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Delivery note No. 4711", AttachedPage.DELIVERY_NOTE),
        ("Lieferschein", AttachedPage.DELIVERY_NOTE),
        ("Albarán de entrega", AttachedPage.DELIVERY_NOTE),
        ("Timesheet", AttachedPage.TIMESHEET),
        ("Karta czasu pracy", AttachedPage.TIMESHEET),
    ],
)
def test_page_is_set_aside_by_its_title(title: str, kind: AttachedPage) -> None:
    assert attached(text(40, 40, title, 14), text(40, 100, "Bolts"), right(300, 100, "20")) == [
        kind
    ]


def test_terms_are_text() -> None:
    title = text(40, 40, "General terms and conditions", 14)
    assert attached(title, prose(80, 8)) == [AttachedPage.TERMS]
    assert attached(title, text(40, 80, "Net"), text(40, 100, "30 days")) == []


def test_long_text_needs_no_title_and_states_nothing() -> None:
    assert attached(prose(80, 16)) == [AttachedPage.TERMS]
    assert attached(prose(80, 6)) == []
    assert attached(prose(80, 16), text(40, 700, "Please pay by 12.03.2026")) == []


def test_page_with_an_amount_outside_of_sentences_is_of_the_invoice() -> None:
    title = text(40, 40, "Delivery note", 14)
    assert attached(title, text(40, 100, "Bolts"), right(300, 100, "20.00")) == []
    assert attached(prose(80, 16), text(300, 700, "Total"), right(540, 700, "119.00")) == []


def test_words_of_a_page_set_aside_change_no_field() -> None:
    terms = page(
        text(40, 40, "General terms and conditions", 14),
        prose(80, 8),
        text(40, 300, "IBAN DE89 3704 0044 0532 0130 00"),
        text(40, 320, "Purchase order: 4711"),
        number=2,
    )
    [alone] = readings(pages(invoice("A-1", 1)))
    [reading] = readings(pages(invoice("A-1", 1), terms))
    assert reading.content == alone.content
    assert reading.annotations == alone.annotations
    assert [(each.page, each.kind) for each in reading.completeness.set_aside] == [
        (2, AttachedPage.TERMS)
    ]
