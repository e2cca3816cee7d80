"""A digital PDF of two pages from bytes to the decided reading, against PyMuPDF's own words in this process."""

import asyncio

import pymupdf

from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader
from invoice_summarizer.heap import freeze_heap
from invoice_summarizer.ports.pdf_reader import PdfLimits
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.use_cases.read_document import ReadDocument
from measurement import interleaved, ratios, report, row

DOCUMENTS = 10


def _words(data: bytes) -> int:
    # PyMuPDF says that it is typed, and is in part.
    with pymupdf.open(stream=data, filetype="pdf") as document:  # type: ignore[no-untyped-call]
        return sum(len(page.get_text("words")) for page in document)


async def _compare() -> None:
    [data] = [sample.data for sample in sample_invoices() if "two-pages" in sample.file_name]
    reader = PymupdfPdfReader(1)
    read = ReadDocument(reader, PdfLimits())

    freeze_heap()  # as every service does

    async def reads() -> None:
        for _ in range(DOCUMENTS):
            reading = await read(data)
            assert reading.content.lines

    async def child() -> None:
        for _ in range(DOCUMENTS):
            assert (await reader.read(data, PdfLimits())).pages_total == 2

    async def bare() -> None:
        for _ in range(DOCUMENTS):
            assert _words(data)

    try:
        seconds = await interleaved({"read": reads, "child": child, "bare": bare})
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
            row(
                "words by the child process", "ms", [s / DOCUMENTS * 1000 for s in seconds["child"]]
            ),
            row("read, checked, decided", "ms", [s / DOCUMENTS * 1000 for s in seconds["read"]]),
            row("beyond PyMuPDF's words", "ms", beyond, "at most 60"),
            row("to PyMuPDF's words", "ratio", ratios(seconds["read"], seconds["bare"])),
        ],
    )


def main() -> None:
    asyncio.run(_compare())


if __name__ == "__main__":
    main()
