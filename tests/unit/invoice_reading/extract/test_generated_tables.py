"""Long generated tables: rows come back, or the certificate says that some do not."""

from dataclasses import replace
from decimal import Decimal

import pytest
from invoice_generator.generate import Wanted, generate

from en16931.finding import Outcome
from invoice_reading.check.carried_sums import CarriedSums
from invoice_reading.completeness import Gap, Verdict
from invoice_reading.page import PdfPages
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.stages import Stages
from page_builder import page, table, text

STAGES = Stages(pdf_engine=MuPdfEngine())


@pytest.mark.parametrize("fault", ["dropped_row", "repeated_row", "merged_rows"])
@pytest.mark.parametrize("layout", ["wholesale", "code-table", "site-report"])
def test_table_with_a_row_too_few_or_too_many_is_partial(layout: str, fault: str) -> None:
    wanted = Wanted(layout=layout, language="en", kind="invoice", lines=60, fault=fault)
    reading = read(generate(13, 1, wanted).data, "", STAGES)
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert Gap.LINE_SUM_DIFFERS in reading.completeness.gaps
    assert reading.review_reasons


def test_lines_under_the_total_of_a_section_are_lines() -> None:
    generated = generate(7, 25, Wanted(kind="invoice"))
    assert any(row.kind == "subtotal" for row in generated.truth.rows)
    reading = read(generated.data, "", STAGES)
    assert len(reading.content.lines) == generated.truth.printed_lines
    assert reading.completeness.verdict is Verdict.COMPLETE


def test_priced_rows_of_which_none_could_be_read_are_partial() -> None:
    """The heading names its column of amounts as it would name one of rates."""
    printed = page(
        text(50, 100, "Invoice 4711"),
        table(
            200,
            (50, 300, 400, 520),
            [
                ("Description", "Qty", "Unit price", "VAT"),
                ("Filter cartridge", "4", "34.22", "164.26"),
                ("Copper wire", "55", "14.70", "970.20"),
            ],
        ),
        text(300, 300, "Invoice total"),
        text(480, 300, "1,134.46"),
    )
    reading = read(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: PdfPages((printed,), 1)))
    assert not reading.content.lines
    assert reading.completeness.rows_seen == 2
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert reading.completeness.gaps == (Gap.ROWS_NOT_RETURNED, Gap.NO_LINES)


def test_receipt_without_a_table_leaves_its_completeness_unknown() -> None:
    printed = page(
        text(50, 100, "Corner Cafe"),
        text(50, 120, "Coffee"),
        text(300, 120, "3.50"),
        text(50, 140, "Cake"),
        text(300, 140, "4.20"),
        text(50, 180, "Total"),
        text(300, 180, "7.70"),
    )
    reading = read(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: PdfPages((printed,), 1)))
    assert reading.completeness.verdict is Verdict.UNKNOWN
    assert reading.completeness.gaps == (Gap.NO_LINES,)


def test_rows_under_a_heading_that_is_not_known_are_seen() -> None:
    printed = page(
        text(50, 100, "Invoice 4711"),
        table(
            200,
            (50, 300, 520),
            [
                ("Ware", "Heap", "Dues"),
                ("Filter cartridge", "4", "164.26"),
                ("Copper wire", "55", "970.20"),
            ],
        ),
        text(300, 300, "Invoice total"),
        text(480, 300, "1,134.46"),
    )
    reading = read(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: PdfPages((printed,), 1)))
    assert not reading.content.lines
    assert reading.completeness.rows_seen == 2
    assert reading.completeness.gaps == (Gap.ROWS_NOT_RETURNED, Gap.NO_LINES)


def test_amounts_with_vat_over_a_sum_without_it_are_partial() -> None:
    reading = read(generate(2931, 8).data, "", STAGES)
    assert [line.extras and line.extras.gross_amount for line in reading.content.lines] == [
        Decimal(each) for each in ("164.26", "1035.00", "32.92", "970.20")
    ]
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert reading.completeness.gaps == (Gap.LINE_SUM_DIFFERS,)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Pos", "Description", "Quantity"),
            ("1", "Filter cartridge", "4"),
            ("2", "Copper wire", "55"),
        ],
        [("Pos", "Description", ""), ("1", "Filter cartridge", ""), ("2", "Copper wire", "")],
    ],
)
def test_rows_of_goods_without_amounts_are_partial(rows: list[tuple[str, ...]]) -> None:
    """A delivery note says what, and mostly how many."""
    printed = page(
        text(50, 100, "Delivery note 4711"),
        table(
            200,
            (50, 100, 400),
            rows,
        ),
    )
    reading = read(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: PdfPages((printed,), 1)))
    assert reading.completeness.rows_seen == 2
    assert reading.completeness.gaps == (Gap.ROWS_NOT_RETURNED, Gap.NO_LINES)


def test_invoice_with_a_total_and_no_line_is_partial() -> None:
    """An invoice has one line at least (BR-16)."""
    printed = page(
        text(50, 100, "Invoice 4711"),
        text(50, 180, "Invoice total"),
        text(300, 180, "7.70"),
    )
    reading = read(b"%PDF-1.7", "", Stages(pdf_engine=lambda data, limits: PdfPages((printed,), 1)))
    assert reading.completeness.verdict is Verdict.PARTIAL
    assert reading.completeness.gaps == (Gap.ROWS_NOT_RETURNED, Gap.NO_LINES)


@pytest.mark.parametrize(
    ("layout", "language"),
    [
        ("window-letter", "de"),
        ("wholesale", "pt"),
        ("foundry", "fr"),
        ("builder", "es"),
        ("machine-works", "it"),
    ],
)
def test_sum_that_is_carried_over_wrongly_is_partial(layout: str, language: str) -> None:
    sound = Wanted(layout=layout, language=language, kind="invoice", lines=70)
    carried = read(generate(312, 3, sound).data, "", STAGES)
    assert _carried(carried) == [Outcome.PASSED]
    assert carried.completeness.verdict is not Verdict.PARTIAL
    wrong = read(generate(312, 3, replace(sound, fault="wrong_carry")).data, "", STAGES)
    assert _carried(wrong) == [Outcome.FAILED]
    assert Gap.LINE_SUM_DIFFERS in wrong.completeness.gaps
    assert ReviewReason(ReviewCode.RULE_FAILED, CarriedSums.rule_id) in wrong.review_reasons


def _carried(reading: Reading) -> list[Outcome]:
    return [one.outcome for one in reading.findings if one.rule_id == CarriedSums.rule_id]
