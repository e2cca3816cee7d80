"""An XML invoice of 100 lines from bytes to the decided reading, against parsing the same bytes with expat alone."""

import asyncio
import time
from xml.parsers import expat

import msgspec

from invoice_summarizer.adapters.memory.pdf_reader import MemoryPdfReader
from invoice_summarizer.heap import freeze_heap
from invoice_summarizer.ports.pdf_reader import PdfLimits
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.ubl_xml import ubl_xml
from invoice_summarizer.use_cases.read_document import ReadDocument
from measurement import interleaved, percentile, ratios, report, row

LINES = 100
DOCUMENTS = 20


def _documents() -> dict[str, bytes]:
    content = sample_invoices()[0].expected
    repeated = content.lines * (LINES // len(content.lines))
    lines = tuple(
        msgspec.structs.replace(line, identifier=str(number))
        for number, line in enumerate(repeated, start=1)
    )
    long = with_amounts(msgspec.structs.replace(content, lines=lines, allowances=()))
    return {"CII": cii_xml(long), "UBL": ubl_xml(long)}


async def _compare() -> None:
    read = ReadDocument(MemoryPdfReader({}), PdfLimits())
    rows = []
    freeze_heap()  # as every service does
    for syntax, data in _documents().items():
        single: list[float] = []

        async def reads(data: bytes = data, single: list[float] = single) -> None:
            for _ in range(DOCUMENTS):
                started = time.perf_counter()
                reading = await read(data)
                single.append(time.perf_counter() - started)
                assert reading.content.lines and not reading.review_reasons

        async def parses(data: bytes = data) -> None:
            for _ in range(DOCUMENTS):
                expat.ParserCreate().Parse(data, True)

        seconds = await interleaved({"read": reads, "parse": parses})
        warm = [value * 1000 for value in single[DOCUMENTS:]]
        p95 = percentile(warm, 95)
        rows += [
            row(f"{syntax} of {LINES} lines", "KiB", [len(data) / 1024]),
            row(f"{syntax} read, checked, decided", "ms", warm),
            row(f"{syntax} the same, 95th percentile", "ms", [p95], "at most 25"),
            row(f"{syntax} to expat alone", "ratio", ratios(seconds["read"], seconds["parse"])),
        ]
    report("read_xml", rows)


def main() -> None:
    asyncio.run(_compare())


if __name__ == "__main__":
    main()
