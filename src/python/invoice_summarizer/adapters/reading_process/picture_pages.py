"""Text in the pictures of a document, recognised page by page in child processes that can be lost."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from invoice_reading.limits import PdfLimits
from invoice_summarizer.adapters.reading_process.budget import Budget
from invoice_summarizer.adapters.reading_process.limits import MEBIBYTE, ProcessLimits
from invoice_summarizer.adapters.reading_process.pool import ProcessPool
from invoice_summarizer.adapters.reading_process.protocol import (
    PictureRead,
    RecogniseRequest,
    Refusal,
)
from invoice_summarizer.ports.document_reader import (
    PagesTold,
    ReaderCrashed,
    ReadingLimit,
)


class PicturePages:
    """Reads up to `most` pages of a document, as many at once as `pool` has children.

    `limits` are those of a document: processor time and wall time are of all its pages together, memory of each. A page
    waits for its place by itself, so that nobody waits for more than one page of another tenant's.
    """

    def __init__(
        self, pool: ProcessPool, limits: ProcessLimits, pdf_limits: PdfLimits, most: int
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._pdf_limits = pdf_limits
        self.most = most

    async def read(
        self, data: bytes, pages: Sequence[int], *, whose: str, told: PagesTold
    ) -> list[bytes]:
        """Returns the lines of each page that can be painted, as in PictureRead; `told` learns of each.

        After a failed or cancelled call none of it goes on. Raises as DocumentReader.read does.
        """
        processor, wall = self._budgets(data, len(pages))
        reads = [
            asyncio.create_task(self._page(data, each, whose, processor, wall)) for each in pages
        ]
        found: list[bytes] = []
        told(0, len(pages))
        try:
            for done, read in enumerate(asyncio.as_completed(reads), start=1):
                lines = await read
                if lines is not None:
                    found.append(lines)
                told(done, len(pages))
        finally:
            for task in reads:
                task.cancel()
            await asyncio.gather(*reads, return_exceptions=True)
        return found

    async def aclose(self) -> None:
        await self._pool.aclose()

    def _budgets(self, data: bytes, pages: int) -> tuple[Budget, Budget]:
        limits = self._limits
        once = limits.cpu_seconds + limits.cpu_seconds_per_mebibyte * len(data) / MEBIBYTE
        of_page = min(once + limits.cpu_seconds_per_page, limits.most_cpu_seconds)
        of_all = min(once + limits.cpu_seconds_per_page * pages, limits.most_cpu_seconds)
        return (
            Budget(ReadingLimit.CPU, of_all, of_page),
            Budget(ReadingLimit.TIME, limits.wall_seconds, limits.wall_seconds),
        )

    async def _page(
        self, data: bytes, page: int, whose: str, processor: Budget, wall: Budget
    ) -> bytes | None:
        async with self._pool.place(whose), self._pool.process() as process:
            with processor.page() as cpu, wall.page() as elapsed:
                began = time.monotonic()
                request = RecogniseRequest(
                    self._limits_of_page(cpu.seconds, elapsed.seconds), self._pdf_limits, page
                )
                answer = await process.answer(request, data)
                elapsed.used = time.monotonic() - began
                if isinstance(answer, PictureRead):
                    cpu.used = answer.cpu_seconds
                elif not isinstance(answer, Refusal):
                    raise ReaderCrashed  # it says what no child says that is its own
        if isinstance(answer, Refusal):
            raise answer.error()
        return answer.lines

    def _limits_of_page(self, cpu_seconds: float, wall_seconds: float) -> ProcessLimits:
        return replace(
            self._limits,
            cpu_seconds=cpu_seconds,
            cpu_seconds_per_page=0,
            cpu_seconds_per_mebibyte=0,
            most_cpu_seconds=cpu_seconds,
            wall_seconds=wall_seconds,
        )
