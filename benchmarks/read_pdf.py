"""A digital PDF of two pages from bytes to the decided reading, against PyMuPDF's own words in this process."""

import asyncio

import pymupdf

from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.samples.catalogue import sample_invoices
from measurement import interleaved, ratios, report, row

DOCUMENTS = 10


def _words(data: bytes) -> int:
    # PyMuPDF says that it is typed, and is in part.
    with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        return sum(len(page.get_text("words")) for page in document)


async def _compare() -> None:
    [data] = [sample.data for sample in sample_invoices() if "two-pages" in sample.file_name]
    reader = ProcessDocumentReader(processes=1)
    stages = Stages(pdf_engine=MuPdfEngine())

    ignore_what_is_there()  # as every service does

    async def reads() -> None:
        for _ in range(DOCUMENTS):
            reading = (await reader.read(data))[0].unpacked()
            assert reading.content.lines

    async def here() -> None:
        for _ in range(DOCUMENTS):
            assert read(data, "", stages).content.lines

    async def bare() -> None:
        for _ in range(DOCUMENTS):
            assert _words(data)

    try:
        seconds = await interleaved({"read": reads, "here": here, "bare": bare})
    finally:
        await reader.aclose()
    beyond = [
        (full - words) / DOCUMENTS * 1000
        for full, words in zip(seconds["read"], seconds["bare"], strict=True)
    ]
    report(
        "read_pdf",
        [
            row("PyMuPDF's words alone", "ms", [s / DOCUMENTS * 1000 for s in seconds["bare"]]),
            row("read in this process", "ms", [s / DOCUMENTS * 1000 for s in seconds["here"]]),
            row("read by a child process", "ms", [s / DOCUMENTS * 1000 for s in seconds["read"]]),
            row("beyond PyMuPDF's words", "ms", beyond, "at most 60"),
            row("to PyMuPDF's words", "ratio", ratios(seconds["read"], seconds["bare"])),
        ],
    )


def main() -> None:
    asyncio.run(_compare())


if __name__ == "__main__":
    main()
