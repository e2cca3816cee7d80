"""Receipts as OCR reads them: lost spaces, a name at the head, a total among others, and cash."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from invoice_reading.annotation import FieldStatus, PageRegion
from invoice_reading.extract.extract import extract
from invoice_reading.extraction import Extraction
from invoice_reading.page import Layer, Page
from page_builder import page, table, text


def receipt(lines: Sequence[str], layer: Layer = Layer.OCR, score: float = 0.9) -> Extraction:
    printed = page(*(text(60, 40 + 20 * at, line) for at, line in enumerate(lines)), layer=layer)
    words = tuple(
        replace(word, confidence=score if layer is Layer.OCR else None) for word in printed.words
    )
    return extract([replace(printed, words=words)])


HEAD = ("GREEN VALLEY STORES SDN BHD (123456-X)", "12 Jalan Mawar 3", "Tel 03-555 1234")


@pytest.mark.parametrize(
    "line",
    [
        "[Sales]2018-01-0522:55:25 PosNo:86",
        "Date :05-01-201811:35:35",
        "05/01/2018 7:31:08 PM",
        "RECEIPT #: CSP0397 DATE:05/01/2018",
        "05-Jan-2018 02:11:23 PM",
        "5 Jan 2018 18:21",
        "Date 05/01/18 5:06 PM",
    ],
)
def test_date_is_read_beside_its_time(line: str) -> None:
    found = receipt([*HEAD, line])
    assert found.content.issue_date == date(2018, 1, 5)
    (region,) = found.annotations["issue_date"].evidence
    assert isinstance(region, PageRegion)
    assert "18" in region.text and ":" not in region.text


def test_currency_over_columns_tells_the_country() -> None:
    lines = ["GREEN VALLEY STORES", "05/01/2018 7:31:08 PM"]
    printed = page(
        *(text(60, 40 + 20 * at, line) for at, line in enumerate(lines)),
        text(200, 100, "RM"),
        text(300, 100, "RM"),
    )
    assert extract([printed]).content.issue_date == date(2018, 1, 5)


def test_day_and_month_stay_open_where_no_country_is_told() -> None:
    found = receipt(["GREEN VALLEY STORES", "05/01/2018 7:31:08 PM"])
    assert found.content.issue_date is None
    assert found.annotations["issue_date"].status is FieldStatus.AMBIGUOUS


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("GREEN VALLEY STORES", "12 Jalan Mawar 3"), "GREEN VALLEY STORES"),
        (("tan ah kow", "GREEN VALLEY STORES", "12 Jalan Mawar 3"), "GREEN VALLEY STORES"),
        (("GREEN VALLEY SDN BHD (123456-X)", "12 Jalan Mawar 3"), "GREEN VALLEY SDN BHD"),
        (
            ("318012", "GREEN VALLEY HARDWARE &", "PAINTS", "12 Jalan"),
            "GREEN VALLEY HARDWARE & PAINTS",
        ),
        (("GREEN VALLEY STORES", "SDN BHD", "GST No: 000542572544"), "GREEN VALLEY STORES SDN BHD"),
        (
            ("GREEN VALLEY HARDWARE", "TRADING (WEST", "HILL) SDN BHD", "12 Jalan"),
            "GREEN VALLEY HARDWARE TRADING (WEST HILL) SDN BHD",
        ),
    ],
)
def test_name_at_the_head_of_a_receipt_is_the_sellers(lines: Sequence[str], name: str) -> None:
    found = receipt([*lines, "Total 12.00"])
    assert found.content.seller is not None and found.content.seller.name == name
    confidence = found.annotations["seller.name"].confidence
    assert confidence is not None and confidence < 0.8


def test_head_of_a_digital_page_is_no_name() -> None:
    assert receipt(["GREEN VALLEY STORES", "12 Jalan Mawar 3"], Layer.TEXT).content.seller is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Total 27.90", "Total 27.88", "Cash 30.00", "Change 2.12"),
        ("Total Excl. GST 26.30", "GST 1.60", "Total 27.88", "Cash 30.00", "Change 2.12"),
    ],
)
def test_total_is_what_cash_less_change_makes(lines: Sequence[str]) -> None:
    found = receipt([*HEAD, *lines])
    assert found.content.totals is not None
    assert found.content.totals.amount_with_vat == Decimal("27.88")


def test_cash_makes_no_total_that_is_not_printed() -> None:
    found = receipt([*HEAD, "Total 27.90", "Total 27.88", "Cash 30.00", "Change 2.00"])
    assert found.content.totals is None or found.content.totals.amount_with_vat is None


def test_value_is_as_sure_as_its_least_sure_word() -> None:
    lines = ("Invoice number: R-77", "Invoice date: 17 April 2026")
    sure, unsure = receipt(lines, score=1.0), receipt(lines, score=0.5)
    for path in ("invoice_number", "issue_date"):
        full, half = sure.annotations[path].confidence, unsure.annotations[path].confidence
        assert full is not None and half == pytest.approx(full / 2)


def test_text_layer_has_no_scores() -> None:
    printed: Page = page(text(60, 40, "Invoice number: R-77"))
    digital, scanned = extract([printed]), receipt(["Invoice number: R-77"], score=1.0)
    assert (
        digital.annotations["invoice_number"].confidence
        == scanned.annotations["invoice_number"].confidence
    )


@pytest.mark.parametrize(
    "paid", ["Cash 27.88", "VISA 27.88", "Master Card 27.88", "Paid by: CC 7186 RM27.88"]
)
def test_total_is_what_was_paid_where_no_change_is_printed(paid: str) -> None:
    found = receipt([*HEAD, "Total 27.90", "Rounding -0.02", "Total 27.88", paid])
    assert found.content.totals is not None
    assert found.content.totals.amount_with_vat == Decimal("27.88")


def test_what_was_handed_over_is_no_total_where_change_is_printed() -> None:
    found = receipt([*HEAD, "Total 30.00", "Total 27.88", "Cash 30.00", "Change 2.12"])
    assert found.content.totals is not None
    assert found.content.totals.amount_with_vat == Decimal("27.88")


def test_tax_is_no_total_of_a_row_of_the_tax_summary_that_is_nothing() -> None:
    """0.00 and the sum of all taxes make an amount that stands there: no tax is due on nothing."""
    summary = table(
        200,
        [150, 300, 400],
        [("SR 6%", "73.87", "4.43"), ("Net at 0%", "0.00", "0.00"), ("TOTAL", "73.87", "4.43")],
    )
    found = extract([page(text(60, 40, "GREEN VALLEY STORES"), text(60, 60, "GST 4.43"), summary)])
    assert found.content.totals is None or found.content.totals.amount_with_vat != Decimal("4.43")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (
            ("GREEN VALLEY CO. THE HILL MALL", "First Floor, The Hill Mall,", "59200 Example Town"),
            "GREEN VALLEY CO.",
        ),
        (("GREEN VALLEY CO. THE HILL MALL", "12 Jalan Mawar 3"), "GREEN VALLEY CO. THE HILL MALL"),
        (("GREEN VALLEY AG MITTE", "Ringweg 12, Mitte", "10115 Berlin"), "GREEN VALLEY AG MITTE"),
        (
            (
                "Green Valley S/B(587969-U)",
                "23, Jalan Mawar, Taman Bukit",
                "Green, Hill, 52100 KL.",
            ),
            "Green Valley S/B",
        ),
    ],
)
def test_address_is_no_part_of_the_name(lines: Sequence[str], name: str) -> None:
    seller = receipt([*lines, "Total 12.00"]).content.seller
    assert seller is not None and seller.name == name


def test_legal_form_that_is_set_wide_ends_the_name() -> None:
    head = page(
        text(60, 40, "GREEN VALLEY STORES"),
        text(60, 60, "SDN"),
        text(160, 60, "BHD"),
        text(60, 80, "GST No: 000542572544"),
        text(60, 100, "Total 12.00"),
        layer=Layer.OCR,
    )
    found = extract([head]).content
    assert found.seller is not None and found.seller.name == "GREEN VALLEY STORES SDN BHD"
    assert found.currency_code is None


@pytest.mark.parametrize("client", ["CASH", "Walk-in customer", "CASH SALES"])
def test_buyer_without_a_name_is_none(client: str) -> None:
    printed = page(
        text(60, 40, "GREEN VALLEY STORES"),
        text(60, 60, "12 Jalan Mawar 3"),
        text(60, 80, "CLIENT"),
        text(200, 80, f": {client}"),
        text(60, 92, "POINTS EARNED"),
        text(200, 92, ": 0"),
        layer=Layer.OCR,
    )
    found = extract([printed]).content
    assert found.buyer is None
    assert found.seller is not None and found.seller.name == "GREEN VALLEY STORES"


def test_buyer_stands_beside_its_label_where_that_column_has_the_colon() -> None:
    printed = page(
        text(60, 40, "GREEN VALLEY STORES"),
        text(60, 80, "CLIENT"),
        text(200, 80, ": Anna Blume Ltd"),
        text(60, 92, "POINTS EARNED"),
        layer=Layer.OCR,
    )
    buyer = extract([printed]).content.buyer
    assert buyer is not None and buyer.name == "Anna Blume Ltd"
