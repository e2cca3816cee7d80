"""Children can be lost; the reader, its caller and the machine go on."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import hostile_documents
from en16931.model.references import AttachedDocument
from files_attached import digest, ubl_with_files
from invoice_reading.attached_files import AttachedFile
from invoice_reading.errors import DocumentUnreadable, PdfLimit
from invoice_reading.limits import PdfLimits
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.pool import ProcessPool
from invoice_summarizer.adapters.reading_process.process import ReadingProcess
from invoice_summarizer.adapters.reading_process.protocol import (
    FileFound,
    ReadRequest,
    Request,
    encode_request,
)
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.child_processes.frames import header
from invoice_summarizer.ports.document_reader import (
    ReaderCrashed,
    ReaderUnavailable,
    ReadingLimit,
    ReadingLimitExceeded,
)
from reading_processes import reading_processes
from small_invoice import ubl_invoice

_CPU_OR_MEMORY = {ReadingLimit.CPU.value, ReadingLimit.MEMORY.value}
_BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "blanks": (hostile_documents.flate_bomb_content, {ReadingLimit.CPU.value}),
    "words": (lambda: hostile_documents.flate_bomb_content(b"(bomb) Tj "), _CPU_OR_MEMORY),
    "path": (lambda: hostile_documents.flate_bomb_content(b"0 0 m 9 9 l "), _CPU_OR_MEMORY),
    "one string": (lambda: hostile_documents.flate_bomb_content(b"("), _CPU_OR_MEMORY),
    "picture": (hostile_documents.flate_bomb_picture, _CPU_OR_MEMORY),
    "attachment": (hostile_documents.flate_bomb_attachment, {PdfLimit.ATTACHMENTS.value}),
}
_LIMITS = ProcessLimits()


@asynccontextmanager
async def opened(
    limits: ProcessLimits = _LIMITS, *, processes: int = 1, documents_each: int = 50
) -> AsyncIterator[ProcessDocumentReader]:
    reader = ProcessDocumentReader(processes, limits, PdfLimits(), documents_each)
    try:
        yield reader
    finally:
        await reader.aclose()


async def reads(reader: ProcessDocumentReader) -> bool:
    """Returns whether a harmless document is read."""
    [read] = await reader.read(hostile_documents.plain_pdf("Invoice number: 4711"))
    return read.unpacked().content.invoice_number == "4711"


async def limit_of(reader: ProcessDocumentReader, data: bytes) -> str:
    """Returns the limit at which reading the document ends."""
    with pytest.raises(DocumentUnreadable) as raised:
        await reader.read(data)
    assert raised.value.reason in ("READING_LIMIT_EXCEEDED", "PDF_LIMIT_EXCEEDED")
    if raised.value.reason == "READING_LIMIT_EXCEEDED":
        assert float(raised.value.metadata["allowed"]) > 0
    return raised.value.metadata["limit"]


LINES = 10_000  # as many as an e-invoice may have


def large_xml(lines: int) -> bytes:
    return ubl_invoice(lines=lines)


@pytest.mark.parametrize("kind", sorted(_BOMBS))
async def test_bomb_ends_at_a_limit_and_the_next_document_is_read(kind: str) -> None:
    bomb, limits = _BOMBS[kind]
    async with opened(ProcessLimits(cpu_seconds=0.2)) as reader:
        assert await limit_of(reader, bomb()) in limits
        assert await reads(reader)


# Of each, nearly all the time goes into another stage than MuPDF's: all of them were once read in the parent.
_LONG_AFTER_THE_PAGES: dict[str, Callable[[], bytes]] = {
    "XML": lambda: large_xml(LINES),
    "XML in a PDF": lambda: hostile_documents.pdf_with_file(large_xml(LINES)),
    "700 pages": lambda: hostile_documents.pdf_of_equal_pages(700, 40),
}


@pytest.mark.parametrize("kind", sorted(_LONG_AFTER_THE_PAGES))
async def test_document_that_takes_long_ends_with_its_child(kind: str) -> None:
    async with opened(replace(_LIMITS, wall_seconds=0.2)) as reader:
        assert await reads(reader)
        assert await limit_of(reader, _LONG_AFTER_THE_PAGES[kind]()) == ReadingLimit.TIME
        assert reading_processes() == set()
        assert await reads(reader)


@pytest.mark.parametrize("kind", ["XML", "XML in a PDF"])
async def test_processor_time_is_that_of_all_stages(kind: str) -> None:
    limits = ProcessLimits(cpu_seconds=0.2, cpu_seconds_per_page=0, cpu_seconds_per_mebibyte=0)
    async with opened(limits) as reader:
        assert await limit_of(reader, _LONG_AFTER_THE_PAGES[kind]()) == ReadingLimit.CPU
        assert await reads(reader)


@pytest.mark.parametrize("kind", ["XML", "XML in a PDF"])
async def test_processor_time_grows_with_the_bytes_of_a_document_and_of_its_files(
    kind: str,
) -> None:
    limits = ProcessLimits(cpu_seconds=1, cpu_seconds_per_page=0, cpu_seconds_per_mebibyte=3)
    async with opened(limits) as reader:
        [read] = await reader.read(_LONG_AFTER_THE_PAGES[kind]())
    assert len(read.unpacked().content.lines) == LINES


async def test_document_of_slow_pages_ends_at_the_most_that_any_document_gets() -> None:
    slow = hostile_documents.pdf_of_slow_pages()
    async with opened(replace(_LIMITS, most_cpu_seconds=2)) as reader:
        with pytest.raises(ReadingLimitExceeded) as raised:
            await reader.read(slow)
        assert raised.value.metadata == {"limit": "CPU", "allowed": "2"}
        assert await reads(reader)


async def test_tenants_take_turns_where_they_wait_for_a_child() -> None:
    order: list[str] = []
    async with opened() as reader:

        async def read(whose: str) -> None:
            await reader.read(hostile_documents.plain_pdf("Invoice number: 4711"), whose=whose)
            order.append(whose)

        await asyncio.gather(*map(read, ("a", "a", "a", "b")))
    assert order == ["a", "b", "a", "a"]


async def test_processor_time_that_was_allowed_grew_with_pages_and_bytes() -> None:
    slow = hostile_documents.pdf_of_slow_pages(pages=10)
    limits = ProcessLimits(cpu_seconds=1, cpu_seconds_per_page=0.1, cpu_seconds_per_mebibyte=0)
    async with opened(limits) as reader:
        with pytest.raises(ReadingLimitExceeded) as raised:
            await reader.read(slow)
    assert raised.value.metadata == {"limit": "CPU", "allowed": "2"}


async def test_page_full_of_words_over_each_other_costs_what_a_page_may() -> None:
    dense = hostile_documents.pdf_of_overprinted_rows(rows=115, layers=3)
    async with opened(ProcessLimits(cpu_seconds=8)) as reader:
        reading = (await reader.read(dense))[0].unpacked()
    assert "RULE_FAILED:HIDDEN-TEXT-01" in map(str, reading.review_reasons)


async def test_hundred_thousand_pages_are_counted_and_not_read() -> None:
    async with opened() as reader:
        with pytest.raises(DocumentUnreadable) as raised:
            await reader.read(hostile_documents.pdf_of_pages(100_000))
    assert raised.value.reason == "PDF_TOO_MANY_PAGES"


async def test_largest_document_that_is_no_pdf_is_damaged() -> None:
    async with opened() as reader:
        with pytest.raises(DocumentUnreadable) as raised:
            await reader.read(hostile_documents.oversized())
        assert raised.value.reason == "PDF_DAMAGED"
        assert await reads(reader)


@pytest.mark.parametrize("document", [hostile_documents.oversized, lambda: large_xml(LINES)])
async def test_document_that_does_not_fit_into_memory(document: Callable[[], bytes]) -> None:
    async with opened() as reader:
        assert await reads(reader)
        [child] = reading_processes()
        needed = _address_space_bytes(child)
    async with opened(ProcessLimits(memory_bytes=needed + 15 * hostile_documents.MIB)) as reader:
        assert await limit_of(reader, document()) == ReadingLimit.MEMORY
        assert await reads(reader)


async def test_answer_larger_than_the_limit_is_refused() -> None:
    async with opened(ProcessLimits(output_bytes=5_000)) as reader:
        assert await reads(reader)
        assert await limit_of(reader, large_xml(100)) == ReadingLimit.OUTPUT
        assert await reads(reader)


async def test_page_with_more_pixels_than_the_limit_is_not_painted() -> None:
    async def fetched() -> bytes:
        return hostile_documents.plain_pdf()

    async with opened() as reader:
        with pytest.raises(DocumentUnreadable) as raised:
            await reader.render_page(fetched, 1, 10_000)
        assert raised.value.metadata == {"limit": PdfLimit.PIXELS}
        assert await reads(reader)


async def test_file_larger_than_the_limit_is_not_handed_out() -> None:
    file = b"0" * 6_000

    async def fetched() -> bytes:
        return ubl_with_files(file)

    async with opened(ProcessLimits(output_bytes=5_000)) as reader:
        with pytest.raises(DocumentUnreadable) as raised:
            await reader.attached_file(fetched, digest(file))
        assert raised.value.metadata["limit"] == ReadingLimit.OUTPUT
        assert await reads(reader)


async def test_child_that_hands_out_another_file_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fetched() -> bytes:
        return ubl_with_files(b"asked for")

    async def answer(self: ReadingProcess, request: Request, data: bytes) -> FileFound:
        said = AttachedDocument(sha256=digest(b"asked for"))
        return FileFound(AttachedFile(said, b"another"))

    async with opened() as reader:
        assert await reader.attached_file(fetched, digest(b"asked for")) is not None
        monkeypatch.setattr(ReadingProcess, "answer", answer)
        with pytest.raises(ReaderCrashed):
            await reader.attached_file(fetched, digest(b"asked for"))


async def test_pictures_of_tenants_take_turns_and_nobody_who_waits_holds_a_document() -> None:
    fetched = list[str]()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def paint(reader: ProcessDocumentReader, whose: str) -> None:
        async def fetch() -> bytes:
            fetched.append(whose)
            begun.set()
            await go_on.wait()
            return hostile_documents.plain_pdf()

        await reader.render_page(fetch, 1, 18, whose=whose)

    async with opened() as reader:
        wanted = [*["first"] * 3, "second", "second", "third"]
        painting = [asyncio.create_task(paint(reader, whose)) for whose in wanted]
        await begun.wait()
        assert fetched == ["first"]
        go_on.set()
        await asyncio.gather(*painting)
    assert fetched == ["first", "second", "third", "first", "second", "first"]


async def test_child_killed_in_mid_document_is_a_crash_of_that_document_only() -> None:
    async with opened() as reader:
        assert await reads(reader)
        [child] = reading_processes()
        reading = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content()))
        await asyncio.sleep(0)  # it has been sent
        os.kill(child, signal.SIGKILL)
        with pytest.raises(ReaderCrashed):
            await reading
        assert await reads(reader)


async def test_child_killed_while_idle_costs_no_document() -> None:
    async with opened() as reader:
        assert await reads(reader)
        [process] = reader._pool._idle
        os.kill(process.child.pid, signal.SIGKILL)
        await process.child._process.wait()
        assert await reads(reader)


async def test_cancelled_read_kills_its_child() -> None:
    async with opened() as reader:
        assert await reads(reader)
        [child] = reading_processes()
        reading = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content()))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert child not in reading_processes()
        assert await reads(reader)


async def test_child_ends_though_nobody_takes_its_answer() -> None:
    process = await ReadingProcess.started()
    stdin, stdout = process.child._process.stdin, process.child._process.stdout
    assert stdin is not None and stdout is not None
    request = encode_request(ReadRequest(_LIMITS, PdfLimits(), ""))
    for body in (request, large_xml(5_000)):
        stdin.write(header(len(body)) + body)
    async with asyncio.timeout(20):
        while len(stdout._buffer) <= 2 * stdout._limit:  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)  # asyncio reads no further than that
        await process.end()
    assert reading_processes() == set()


async def test_close_ends_idle_and_busy_children_and_is_no_fault_of_a_document() -> None:
    async with opened(processes=2) as reader:
        await asyncio.gather(reads(reader), reads(reader))
        busy = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content()))
        await asyncio.sleep(0)
        assert len(reading_processes()) == 2
        await reader.aclose()
        with pytest.raises(ReaderUnavailable):
            await busy
        assert reading_processes() == set()


async def test_child_that_does_not_start_in_time_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoice_summarizer.adapters.reading_process.process._START_SECONDS", 0.01)
    with pytest.raises(ReaderUnavailable):
        await ReadingProcess.started()
    assert reading_processes() == set()


async def test_child_whose_start_is_cancelled_is_gone() -> None:
    starting = asyncio.create_task(ReadingProcess.started())
    while not reading_processes():
        await asyncio.sleep(0.01)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert reading_processes() == set()


async def test_child_that_cannot_start_is_no_fault_of_a_document(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened() as reader:
        monkeypatch.setattr("sys.path", ["/nowhere"])
        with pytest.raises(ReaderUnavailable):
            await reader.read(hostile_documents.plain_pdf())
        monkeypatch.undo()
        assert await reads(reader)


async def test_child_is_replaced_after_its_share_of_documents() -> None:
    seen = []
    async with opened(documents_each=2) as reader:
        for _ in range(3):
            assert await reads(reader)
            seen.append(frozenset(reading_processes()))
    assert [len(children) for children in seen] == [1, 0, 1]
    assert seen[0] != seen[2]


async def test_cpu_time_of_earlier_documents_does_not_count() -> None:
    many = hostile_documents.pdf_with_file(large_xml(1_000))
    async with opened(ProcessLimits(cpu_seconds=2)) as reader:
        await reader.read(many)
        [child] = reading_processes()
        for _ in range(20):
            await reader.read(many)
        assert reading_processes() == {child}


async def test_child_has_no_rights_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    process = await ReadingProcess.started()
    try:
        folder = Path(f"/proc/{process.child.pid}")
        limits = (folder / "limits").read_text()
        status = (folder / "status").read_text()
        assert "Max file size             0                    0" in limits
        assert "Max core file size        0                    0" in limits
        assert "Max open files            4                    4" in limits
        assert "Max processes             0                    0" in limits
        assert "NoNewPrivs:\t1" in status
        if os.geteuid() == 0:
            assert "Uid:\t65534\t65534\t65534\t65534" in status
            assert b"secret" not in (folder / "environ").read_bytes()
            assert len(list((folder / "fd").iterdir())) == 4
    finally:
        await process.end()


def _address_space_bytes(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


async def test_child_is_replaced_once_it_has_more_memory_than_it_may() -> None:
    seen = []
    for most, kept in ((1, 0), (1 << 40, 1)):
        pool = ProcessPool(1, 50, most_resident_bytes=most)
        async with pool.place(""), pool.process() as process:
            seen.append(process.resident_bytes)
        assert len(reading_processes()) == kept
        await pool.aclose()
    assert all(resident > 10_000_000 for resident in seen)
