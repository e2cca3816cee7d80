"""Scans of several pages: read in parallel, told page by page, ended at once, by processes that are replaced."""

import asyncio
from collections.abc import Sequence

import pytest
from picture_documents import (
    INVOICE_LINES,
    pdf_of_lines,
    picture_of,
    scanned_pdf,
    tiff_of_pictures,
)

from invoice_reading.reading import DocumentForm
from invoice_summarizer.adapters.reading_process.process import (
    RECOGNISES_PICTURES,
    ReadingProcess,
)
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.ports.document_reader import ReadingLimitExceeded
from invoice_summarizer.settings import OcrSettings, ReadingSettings
from reading_processes import reading_processes

PAGE = picture_of(pdf_of_lines())
BLANK = picture_of(pdf_of_lines(()), dots_per_inch=36)
SCAN = scanned_pdf(PAGE, BLANK, BLANK)


def settings(**ocr: float) -> ReadingSettings:
    return ReadingSettings(processes=1, ocr=OcrSettings.model_validate(ocr))


def other_invoice() -> Sequence[str]:
    return [
        line.replace("0417", "0418").replace("17 April", "18 April")
        for line in (*INVOICE_LINES, "Page 1 of 1")
    ]


async def test_tiff_of_two_invoices_gives_both() -> None:
    first = picture_of(pdf_of_lines((*INVOICE_LINES, "Page 1 of 1")))
    second = picture_of(pdf_of_lines(other_invoice()))
    async with opened_document_reader(settings()) as reader:
        read = [each.unpacked() for each in await reader.read(tiff_of_pictures(first, second))]
    assert [each.content.invoice_number for each in read] == ["NP-2026-0417", "NP-2026-0418"]
    assert [each.completeness.first_page for each in read] == [1, 2]
    assert {each.form for each in read} == {DocumentForm.SCAN}
    for each in read:
        assert each.content.totals is not None
        assert str(each.content.totals.amount_with_vat) == "240.00"
        assert each.review_reasons  # several invoices in one file never pass without a person


async def test_pages_are_told_one_by_one_and_read_by_as_many_processes_as_there_may_be() -> None:
    told: list[tuple[int, int]] = []
    async with opened_document_reader(settings(processes=2)) as reader:
        [read] = await reader.read(SCAN, told=lambda done, pages: told.append((done, pages)))
        assert len(reading_processes()) == 3  # two, and the one that reads documents
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert read.unpacked().content.invoice_number == "NP-2026-0417"
    assert read.unpacked().completeness.pages_read == 3


async def test_document_without_pictures_tells_of_no_page() -> None:
    told: list[tuple[int, int]] = []
    async with opened_document_reader(settings()) as reader:
        await reader.read(pdf_of_lines(), told=lambda done, pages: told.append((done, pages)))
        assert len(reading_processes()) == 1
    assert told == []


async def test_reading_that_is_cancelled_leaves_no_process_and_the_next_is_read() -> None:
    async with opened_document_reader(settings(processes=2)) as reader:
        begun = asyncio.Event()
        reading = asyncio.create_task(
            reader.read(scanned_pdf(*[PAGE] * 20), told=lambda done, pages: begun.set())
        )
        await begun.wait()
        while len(reading_processes()) < 3:
            await asyncio.sleep(0.01)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert len(reading_processes()) == 1  # the one that reads documents
        [read] = await reader.read(SCAN)
        assert read.unpacked().content.invoice_number == "NP-2026-0417"


@pytest.mark.parametrize(("limit", "kind"), [("wall_seconds", "TIME"), ("most_cpu_seconds", "CPU")])
async def test_scan_that_takes_too_long_ends_at_the_limit_of_the_document(
    limit: str, kind: str
) -> None:
    async with opened_document_reader(settings(**{limit: 0.05})) as reader:
        with pytest.raises(ReadingLimitExceeded) as raised:
            await reader.read(SCAN)
        assert raised.value.metadata == {"limit": kind, "allowed": "0.05"}
        assert len(reading_processes()) == 1


async def test_process_is_replaced_in_the_midst_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modules: list[str] = []
    start = ReadingProcess.started

    async def started(module: str) -> ReadingProcess:
        modules.append(module)
        return await start(module)

    monkeypatch.setattr(ReadingProcess, "started", started)
    async with opened_document_reader(settings(pages_each=1)) as reader:
        [read] = await reader.read(scanned_pdf(PAGE, BLANK))
    assert modules.count(RECOGNISES_PICTURES) == 2
    assert read.unpacked().completeness.pages_read == 2
