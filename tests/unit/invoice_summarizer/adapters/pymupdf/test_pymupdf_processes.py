"""Children can be lost; the reader, its caller and the machine go on."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

import hostile_documents
from invoice_summarizer.adapters.pymupdf.process import ReadingProcess
from invoice_summarizer.adapters.pymupdf.reader import PymupdfPdfReader
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfDamaged,
    PdfLimitExceeded,
    PdfLimits,
    PdfReaderCrashed,
    PdfTooManyPages,
)

_BOMBS: dict[str, tuple[Callable[[], bytes], set[ExceededLimit]]] = {
    "blanks": (hostile_documents.flate_bomb_content, {ExceededLimit.CPU}),
    "words": (
        lambda: hostile_documents.flate_bomb_content(b"(bomb) Tj "),
        {ExceededLimit.CPU, ExceededLimit.MEMORY},
    ),
    "path": (
        lambda: hostile_documents.flate_bomb_content(b"0 0 m 9 9 l "),
        {ExceededLimit.CPU, ExceededLimit.MEMORY},
    ),
    "one string": (
        lambda: hostile_documents.flate_bomb_content(b"("),
        {ExceededLimit.CPU, ExceededLimit.MEMORY},
    ),
    "picture": (hostile_documents.flate_bomb_picture, {ExceededLimit.CPU, ExceededLimit.MEMORY}),
    "attachment": (hostile_documents.flate_bomb_attachment, {ExceededLimit.ATTACHMENTS}),
}


async def _reads(reader: PymupdfPdfReader) -> bool:
    content = await reader.read(hostile_documents.plain_pdf(), PdfLimits())
    return [word.text for word in content.pages[0].words] == ["Invoice", "4711"]


@pytest.mark.parametrize("kind", sorted(_BOMBS))
async def test_bomb_ends_at_a_limit_and_the_next_document_is_read(
    reader: PymupdfPdfReader, kind: str
) -> None:
    bomb, limits = _BOMBS[kind]
    with pytest.raises(PdfLimitExceeded) as raised:
        await reader.read(bomb(), PdfLimits(cpu_seconds=1))
    assert raised.value.limit in limits
    assert await _reads(reader)


async def test_hundred_thousand_pages_are_counted_and_not_read(reader: PymupdfPdfReader) -> None:
    with pytest.raises(PdfTooManyPages):
        await reader.read(hostile_documents.pdf_of_pages(100_000), PdfLimits())


async def test_largest_document_that_is_no_pdf_is_damaged(reader: PymupdfPdfReader) -> None:
    with pytest.raises(PdfDamaged):
        await reader.read(hostile_documents.oversized(), PdfLimits())
    assert await _reads(reader)


async def test_document_that_does_not_fit_into_memory(reader: PymupdfPdfReader) -> None:
    with pytest.raises(PdfLimitExceeded) as raised:
        await reader.read(
            hostile_documents.oversized(), PdfLimits(memory_bytes=120 * hostile_documents.MIB)
        )
    assert raised.value.limit is ExceededLimit.MEMORY
    assert await _reads(reader)


async def test_answer_larger_than_the_limit_is_refused(reader: PymupdfPdfReader) -> None:
    with pytest.raises(PdfLimitExceeded) as raised:
        await reader.read(hostile_documents.plain_pdf("word " * 100), PdfLimits(output_bytes=500))
    assert raised.value.limit is ExceededLimit.OUTPUT


async def test_time_limit_ends_the_child(reader: PymupdfPdfReader) -> None:
    assert await _reads(reader)
    with pytest.raises(PdfLimitExceeded) as raised:
        await reader.read(hostile_documents.flate_bomb_content(), PdfLimits(wall_seconds=0.05))
    assert raised.value.limit is ExceededLimit.TIME
    assert _children() == set()
    assert await _reads(reader)


async def test_child_killed_in_mid_document_is_a_crash_of_that_document_only(
    reader: PymupdfPdfReader,
) -> None:
    assert await _reads(reader)
    [child] = _children()
    reading = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content(), PdfLimits()))
    await asyncio.sleep(0)  # it has been sent
    os.kill(child, signal.SIGKILL)
    with pytest.raises(PdfReaderCrashed):
        await reading
    assert await _reads(reader)


async def test_child_killed_while_idle_costs_no_document(reader: PymupdfPdfReader) -> None:
    assert await _reads(reader)
    [process] = reader._idle
    os.kill(process._process.pid, signal.SIGKILL)
    await process._process.wait()
    assert await _reads(reader)


async def test_cancelled_read_kills_its_child(reader: PymupdfPdfReader) -> None:
    assert await _reads(reader)
    [child] = _children()
    reading = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content(), PdfLimits()))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert child not in _children()
    assert await _reads(reader)


async def test_close_ends_idle_and_busy_children() -> None:
    reader = PymupdfPdfReader(processes=2)
    await asyncio.gather(_reads(reader), _reads(reader))
    busy = asyncio.create_task(reader.read(hostile_documents.flate_bomb_content(), PdfLimits()))
    await asyncio.sleep(0)
    assert len(_children()) == 2
    await reader.aclose()
    with pytest.raises(PdfReaderCrashed):
        await busy
    assert _children() == set()


async def test_child_is_replaced_after_its_share_of_documents() -> None:
    reader = PymupdfPdfReader(processes=1, documents_each=2)
    seen = []
    for _ in range(3):
        assert await _reads(reader)
        seen.append(frozenset(_children()))
    await reader.aclose()
    assert [len(children) for children in seen] == [1, 0, 1]
    assert seen[0] != seen[2]


async def test_cpu_time_of_earlier_documents_does_not_count() -> None:
    reader = PymupdfPdfReader(processes=1)
    many = hostile_documents.pdf_of_pages(2_000)
    await reader.read(many, PdfLimits(cpu_seconds=1, cpu_seconds_per_page=0.01))
    [child] = _children()
    for _ in range(20):
        await reader.read(many, PdfLimits(cpu_seconds=1, cpu_seconds_per_page=0.0005))
    assert _children() == {child}
    await reader.aclose()


async def test_child_has_no_rights_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    process = await ReadingProcess.started()
    try:
        folder = Path(f"/proc/{process._process.pid}")
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


def _children() -> set[int]:
    """Returns the living children of this process, the exited and unburied included."""
    return {
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    }
