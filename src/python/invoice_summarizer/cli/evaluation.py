"""Reads the documents of a manifest, one after the other or several at once."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.cli.documents import read_file
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.predictions import (
    ManifestEntry,
    Prediction,
    nothing_read,
    prediction,
)
from invoice_summarizer.cli.reading import opened_reader
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.document_reader import DocumentReader, PagesTold

Watch = Callable[[str, Reading], None]
PagesOfFileTold = Callable[[str, int, int], None]


async def predictions(
    entries: Sequence[ManifestEntry],
    folder: Path,
    jobs: int,
    watch: Watch | None = None,
    told: PagesOfFileTold = lambda file, done, pages: None,
) -> AsyncIterator[Prediction]:
    """Yields one for each entry, in their order, with up to `jobs` documents under way.

    `watch` is told the reading of each document that was read; `told` learns of the pages of one whose pictures are.
    """
    room = asyncio.Semaphore(jobs)
    async with opened_reader(jobs) as reader:

        async def one(entry: ManifestEntry) -> Prediction:
            async with room:
                return await _predicted(
                    reader, entry.file, folder, watch, partial(told, entry.file)
                )

        tasks = [asyncio.create_task(one(entry)) for entry in entries]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()


async def _predicted(
    reader: DocumentReader, file: str, folder: Path, watch: Watch | None, told: PagesTold
) -> Prediction:
    started = time.perf_counter()
    try:
        readings = await reader.read(read_file(folder / file), told=told)
        reading = readings[0].unpacked()
    except (CommandFailed, DocumentUnreadable, InvoiceSummarizerError) as error:
        reason = error.reason
    except Exception as error:
        # A mistake of ours costs this document its score, and must not cost the others theirs.
        reason = f"INTERNAL:{type(error).__name__}"
    else:
        seconds = time.perf_counter() - started
        if watch is not None:
            watch(file, reading)
        return prediction(file, reading, seconds, parts=len(readings))
    return nothing_read(file, reason, time.perf_counter() - started)
