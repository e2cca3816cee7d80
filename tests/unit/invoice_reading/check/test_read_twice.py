"""SCAN-01: what OCR read once may be misread, and what the pages say twice is not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from en16931.finding import Finding, Outcome
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.read_twice import ReadTwice
from invoice_reading.extract.extract import extract
from invoice_reading.page import Layer, Page
from page_builder import page, text

TOLD = (
    "Nordwind GmbH",
    "Ringweg 12",
    "80333 München",
    "Rechnungsnummer: 2026-4711",
    "Rechnungsdatum: 05.03.2026",
    "Zahlbar innerhalb 30 Tagen netto bis 04.04.2026",
    "Nettobetrag 100,00 EUR",
    "USt 19,00 EUR",
    "Gesamtbetrag 119,00 EUR",
    "Bei Zahlung bitte angeben: 2026-4711",
    "IBAN DE89 3704 0044 0532 0130 00",
)
NUMBER, ISSUED, DUE = "invoice_number", "issue_date", "payment_due_date"


def scanned(lines: Sequence[str], layer: Layer = Layer.OCR) -> Page:
    printed = page(*(text(60, 40 + 20 * at, line) for at, line in enumerate(lines)), layer=layer)
    score = 0.99 if layer is Layer.OCR else None
    return replace(printed, words=tuple(replace(word, confidence=score) for word in printed.words))


def findings(lines: Sequence[str], layer: Layer = Layer.OCR) -> list[Finding]:
    pages = (scanned(lines, layer),)
    extraction = extract(pages)
    return list(
        ReadTwice().check(
            CheckedDocument(
                content=extraction.content, pages=pages, annotations=extraction.annotations
            )
        )
    )


def untold(lines: Sequence[str]) -> set[str]:
    [finding] = findings(lines)
    assert (finding.outcome is Outcome.PASSED) is (not finding.field_paths)
    return set(finding.field_paths)


def with_line(old: str, *new: str) -> list[str]:
    """Returns the told lines with one of them replaced; it is there."""
    at = TOLD.index(old)
    return [*TOLD[:at], *new, *TOLD[at + 1 :]]


def test_everything_that_is_told_twice_passes() -> None:
    assert untold(TOLD) == set()


def test_text_of_a_digital_page_needs_no_second_place() -> None:
    assert findings(TOLD, Layer.TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        (TOLD[9], (), {NUMBER}),
        (TOLD[9], ("Bei Zahlung bitte angeben: 2026-47110",), {NUMBER}),
        (TOLD[9], ("Bei Zahlung bitte angeben: RE/2026-4711/K",), set()),
        (TOLD[5], ("Zahlbar bis 04.04.2026",), {ISSUED, DUE}),
        (TOLD[5], ("Zahlbar innerhalb 14 Tagen netto bis 04.04.2026",), {ISSUED, DUE}),
        (TOLD[5], ("Zahlbar innerhalb30Tagen netto bis 04.04.2026",), set()),
        (TOLD[5], ("Zahlbar bis 04.04.2026", "Leistungsdatum: 05.03.2026"), {DUE}),
    ],
)
def test_what_stands_once_is_named(old: str, new: tuple[str, ...], fields: set[str]) -> None:
    assert untold(with_line(old, *new)) == fields


def test_name_alone_is_told_by_the_account_and_not_without_it() -> None:
    assert untold(with_line(TOLD[10], "Danke")) == {"seller.name"}
    assert untold(with_line(TOLD[10], "Nordwind GmbH, Amtsgericht München")) == set()


@pytest.mark.parametrize("number", ["RE0S4711", "29O4711", "B84711"])
def test_letters_and_digits_that_look_alike_are_not_told_by_a_second_place(number: str) -> None:
    lines = [line.replace("2026-4711", number) for line in TOLD]
    assert untold(lines) == {NUMBER}
    plain = [line.replace("2026-4711", "RE-47110") for line in TOLD]
    assert untold(plain) == set()


def test_day_in_the_number_tells_the_date() -> None:
    lines = [line.replace("2026-4711", "RE-20260305/17") for line in TOLD if "Zahlbar" not in line]
    assert untold(lines) == set()
    other = [line.replace("20260305", "20260306") for line in lines]
    assert untold(other) == {ISSUED}


def test_amounts_without_cents_are_not_told_by_sums() -> None:
    lines = [line.replace(",00 EUR", " EUR") for line in TOLD]
    assert {path for path in untold(lines) if path.startswith("totals.")}


def test_misread_amount_is_named() -> None:
    fields = untold(with_line("USt 19,00 EUR", "Rabatt"))
    assert "totals.amount_with_vat" in fields
