"""An XML invoice of 100 lines from bytes to the decided reading, against parsing the same bytes with expat alone."""

import asyncio
import time
from xml.parsers import expat

from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.garbage_collection import ignore_what_is_there
from long_invoice import LINES, long_invoices
from measurement import interleaved, percentile, ratios, report, row

DOCUMENTS = 20


async def _compare() -> None:
    reader = ProcessDocumentReader(processes=1)
    rows = []
    ignore_what_is_there()  # as every service does
    for syntax, data in long_invoices().items():
        single: list[float] = []

        async def reads(data: bytes = data, single: list[float] = single) -> None:
            for _ in range(DOCUMENTS):
                started = time.perf_counter()
                reading = (await reader.read(data))[0].unpacked()
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
    await reader.aclose()
    report("read_xml", rows)


def main() -> None:
    asyncio.run(_compare())


if __name__ == "__main__":
    main()
