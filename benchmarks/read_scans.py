"""Scans: processor time of a page from bytes to the reading against the bare OCR engine on the same pixels, and memory.

The bare engine is RapidOCR with the same models and settings, in a process of its own, on the pictures that it would
get. Then many small pictures, no two alike, are read by children that are replaced as in the services, and the memory
of these and of this process is looked at before, in the middle and after.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

import pymupdf

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.pictures_to_read import pictures_to_read
from invoice_reading.reading import DocumentForm
from invoice_reading.recognition.picture import Picture
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.settings import ReadingSettings
from measurement import ratios, report, row
from process_facts import children_of, memory_bytes
from reading_processes import reading_processes

DOCUMENTS = 5_000
ROUNDS = 5
_DOTS_PER_INCH = 200
_MIB = 1 << 20
_SEED = 33
_AT_ONCE = 2


def scan_of(pdf: bytes) -> bytes:
    """Returns a PDF of pictures of the pages."""
    with (
        pymupdf.open(stream=pdf, filetype="pdf") as document,  # type: ignore[no-untyped-call]
        pymupdf.open() as scan,  # type: ignore[no-untyped-call]
    ):
        for page in document:
            picture = page.get_pixmap(dpi=_DOTS_PER_INCH).tobytes("jpeg")
            scan.new_page(width=page.rect.width, height=page.rect.height).insert_image(
                page.rect, stream=picture
            )
        data: bytes = scan.tobytes()
    return data


def _bare(pipe: Connection) -> None:
    """Recognises what pictures come, each as often as it comes, and answers with the processor time and the lines."""
    from invoice_reading.recognition.rapid_ocr import RapidOcrEngine

    engine = RapidOcrEngine()._engine  # RapidOCR itself: nothing of ours looks at what it finds
    while (picture := pipe.recv()) is not None:
        import numpy

        pixels = numpy.frombuffer(picture.pixels, numpy.uint8)
        bgr = numpy.ascontiguousarray(
            pixels.reshape(picture.height, picture.width, 3)[:, :, ::-1]
        )
        before = _cpu_seconds(resource.RUSAGE_SELF)
        found = engine(bgr)
        pipe.send((_cpu_seconds(resource.RUSAGE_SELF) - before, len(found.txts or ())))


@contextmanager
def _bare_engine() -> Iterator[Connection]:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_bare, args=(theirs,))
    process.start()
    try:
        yield ours
    finally:
        ours.send(None)
        process.join()


def _cpu_seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _cpu_of_children() -> float:
    """Returns the processor time of the reading processes that are there, and of this one."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = _cpu_seconds(resource.RUSAGE_SELF)
    for child in reading_processes():
        with open(f"/proc/{child}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


async def _speed(rounds: int) -> None:
    scans = [scan_of(each.data) for each in sample_invoices() if each.file_name.endswith(".pdf")]
    pictures: list[Picture] = []
    for scan in scans:
        with pymupdf.open(stream=scan, filetype="pdf") as document:  # type: ignore[no-untyped-call]
            numbers = range(1, min(document.page_count, 20) + 1)
        pictures.extend(pictures_to_read(scan, numbers, PdfLimits()))
    pages = len(pictures)
    read: list[float] = []
    bare: list[float] = []
    with _bare_engine() as engine:
        async with opened_document_reader(ReadingSettings(processes=1)) as reader:
            for number in range(rounds + 1):  # the first warms both up
                before = _cpu_of_children()
                for scan in scans:
                    [*_] = await _read(reader, scan)
                ours = _cpu_of_children() - before
                theirs = 0.0
                for picture in pictures:
                    engine.send(picture)
                    seconds, lines = await asyncio.to_thread(engine.recv)
                    assert lines, "the engine reads the page"
                    theirs += seconds
                if number:
                    read.append(ours / pages)
                    bare.append(theirs / pages)
    report(
        "read_scans",
        [
            row(f"RapidOCR alone, of {pages} pages, a page", "s of CPU", bare),
            row("bytes to decided reading, a page", "s of CPU", read),
            row("to RapidOCR alone", "ratio", ratios(read, bare), "at most 1.1"),
        ],
    )


async def _read(reader: DocumentReader, data: bytes) -> Sequence[DocumentForm]:
    return [each.unpacked().form for each in await reader.read(data)]


def small_picture(number: int) -> bytes:
    """Returns a PNG of a few lines, of a size and with a text that few other numbers have."""
    chance = random.Random(f"{_SEED}/{number}")
    with pymupdf.open() as document:  # type: ignore[no-untyped-call]
        page = document.new_page(
            width=chance.randrange(240, 420, 4), height=chance.randrange(150, 260, 4)
        )
        for line in range(3):
            said = f"Invoice {number} total {chance.randrange(10_000) / 100:.2f} EUR"
            page.insert_text((12, 36 + 30 * line), said[: chance.randrange(12, 40)], fontsize=14)
        data: bytes = page.get_pixmap().tobytes("png")
    return data


async def _memory(count: int) -> None:
    """Reads so many documents; the rows say the most memory of a child in each tenth, and of this process after it."""
    children: list[float] = []
    parent: list[float] = []
    seen: set[int] = set()
    settings = ReadingSettings(processes=_AT_ONCE)
    async with opened_document_reader(settings) as reader:
        await _read(reader, small_picture(-1))
        ignore_what_is_there()
        for tenth in range(10):
            numbers = iter(range(count * tenth // 10, count * (tenth + 1) // 10))
            most = 0

            async def take(numbers: Iterator[int] = numbers) -> None:
                nonlocal most
                for number in numbers:
                    [form] = await _read(reader, small_picture(number))
                    assert form is DocumentForm.SCAN
                    there = children_of(os.getpid())
                    seen.update(there)
                    most = max(most, *map(memory_bytes, there))

            await asyncio.gather(*(take() for _ in range(_AT_ONCE)))
            children.append(most / _MIB)
            parent.append(memory_bytes(os.getpid()) / _MIB)
            print(
                f"  {count * (tenth + 1) // 10:6} documents: at most {children[-1]:.0f} MiB a child,"
                f" {parent[-1]:.0f} MiB this process",
                flush=True,
            )
    report(
        "read_scans_memory",
        [
            row(f"most of a child in each tenth of {count} documents", "MiB", children),
            row("this process after each tenth", "MiB", parent),
            row("a child, last tenth to fifth", "ratio", [children[-1] / children[4]], "at most 1.1"),
            row("this process, the same", "ratio", [parent[-1] / parent[4]], "at most 1.1"),
            row("children there have been", "", [float(len(seen))]),
        ],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=DOCUMENTS, help="small documents; 0 for none")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the speed; 0 for none")
    arguments = parser.parse_args()
    if arguments.rounds:
        asyncio.run(_speed(arguments.rounds))
    if arguments.count:
        asyncio.run(_memory(max(arguments.count, 10)))


if __name__ == "__main__":
    main()
