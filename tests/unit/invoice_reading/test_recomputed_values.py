"""Every PRESENT value of every document is what the words, or the nodes, that it cites say by themselves."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import pytest
from invoice_generator.generate import generate

from invoice_reading.annotation import FieldAnnotation, FieldStatus, PageRegion, WordSpan
from invoice_reading.extract.extract import extract
from invoice_reading.extract.page_region import region_of
from invoice_reading.limits import PdfLimits
from invoice_reading.pages.pictures_to_read import pictures_to_read
from invoice_reading.recognition.orientation import upright_reader
from invoice_reading.recognition.picture import Picture
from invoice_reading.recognition.rapid_ocr import RapidOcrEngine
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_summarizer.samples.catalogue import sample_invoices
from page_builder import page, text
from recomputed_values import Recomputed, problem_of_words, value_of_operands
from shared_data import shared_data

_SEED, _GENERATED = 2929, 24
_SUFFIXES = (".pdf", ".xml")


def _documents(folder: str) -> list[Path]:
    found = (shared_data() / folder).rglob("*")
    return sorted(path for path in found if path.suffix in _SUFFIXES)


def test_values_of_labelled_documents() -> None:
    checked = Recomputed()
    for path in _documents("invoices"):
        checked.add(path.name, path.read_bytes())
    assert not checked.wrong
    assert not checked.unreadable
    assert checked.of_words > 1000 and checked.of_nodes > 5000 and checked.of_expressions > 100


def test_values_of_cases() -> None:
    checked = Recomputed()
    for path in _documents("cases"):
        checked.add(f"{path.parent.name}/{path.name}", path.read_bytes())
    assert not checked.wrong
    assert checked.of_words > 1000 and checked.of_nodes > 1000
    assert checked.unreadable < 5


def test_values_of_samples() -> None:
    checked = Recomputed()
    for sample in sample_invoices():
        checked.add(sample.file_name, sample.data)
    assert not checked.wrong
    assert not checked.unreadable
    assert checked.of_words and checked.of_nodes


def test_values_of_generated_documents() -> None:
    checked = Recomputed()
    for number in range(_GENERATED):
        generated = generate(_SEED, number)
        checked.add(generated.name, generated.data)
    assert not checked.wrong
    assert checked.documents == _GENERATED
    assert checked.of_words > 30 * _GENERATED


@pytest.mark.parametrize("folder", ["img", "scan", "scan-sim"])
def test_values_of_recognised_pictures(folder: str) -> None:
    """Each eighth picture; with INVOICE_EVERY_PICTURE set all, which takes more than a minute."""
    paths = sorted(path for path in (shared_data() / "invoices" / folder).rglob("*.*"))
    step = 1 if os.environ.get("INVOICE_EVERY_PICTURE") else 8
    checked = Recomputed()
    for path in paths[::step]:
        checked.add(path.name, path.read_bytes(), _recogniser())
    assert not checked.wrong
    assert checked.documents == len(paths[::step]) > 0
    assert checked.of_words > checked.documents


@cache
def _recogniser() -> PageRecogniser:
    def painter(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
        return pictures_to_read(data, numbers, PdfLimits())

    return PageRecogniser(upright_reader(RapidOcrEngine(), painter), 1)


def test_a_value_that_its_words_do_not_say_is_found() -> None:
    """The check is held to fail: the words of another field, another value, and words out of their region."""
    shown = page(text(50, 100, "Invoice 4711"), text(50, 120, "Total 12.50"))
    whole = extract([shown])
    number = FieldAnnotation(
        status=FieldStatus.PRESENT,
        raw_text="4711",
        evidence=(region_of(shown, [WordSpan(1, 0, 4)]),),
    )
    pages = {shown.number: shown}

    def problem(value: str, annotation: FieldAnnotation) -> str | None:
        return problem_of_words("invoice_number", value, annotation, pages, whole.context)

    assert problem("4711", number) is None
    assert problem("4712", number) is not None
    assert problem("12.50", number) is not None
    region = number.evidence[0]
    assert isinstance(region, PageRegion)
    moved = msgspec.structs.replace(region, text="4712")
    assert problem("4712", msgspec.structs.replace(number, evidence=(moved,))) is not None


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("sum(850.00, 150.00) - 850.00", Decimal("150.00")),
        ("round(abs((-10.05)) * 5 / 100, 2)", Decimal("0.50")),
        ("nonzero(1, 0.00, 2) - 1", Decimal(1)),
        ("2026-03-05 + 14 days", date(2026, 3, 19)),
    ],
)
def test_operands_give_the_value_by_plain_arithmetic(
    expression: str, value: Decimal | date
) -> None:
    assert value_of_operands(expression) == value
