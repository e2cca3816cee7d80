"""Documents read, pages painted, and files taken out, in child processes that can be lost."""

import hashlib
from collections.abc import Callable, Sequence

from invoice_reading.assist.question import Pointing
from invoice_reading.attached_files import AttachedFile
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.process import READS_TEXT, ReadingProcess
from invoice_summarizer.adapters.reading_process.protocol import (
    AskedReading,
    AttachedFileRequest,
    FileFound,
    InvoicesRead,
    Picture,
    PicturesLeft,
    ReadRequest,
    Refusal,
    RenderRequest,
    Request,
    Sent,
)
from invoice_summarizer.child_processes.fair_semaphore import FairSemaphore
from invoice_summarizer.ports.document_reader import (
    Asked,
    Fetch,
    ReaderCrashed,
    ReaderUnavailable,
    ReadingLimitExceeded,
)
from invoice_summarizer.ports.packed import Packed


class NoCell(ReaderUnavailable):
    """Walls that the settings require do not stand around the reading processes of this system."""


class ProcessDocumentReader:
    """A DocumentReader with up to `processes` children, each replaced after `documents_each` or after any mishap.

    Children are started when they are first needed, and kept. When the first one has started, `confined` is called with
    the names of the walls around it. With `require_cell`, a child whose walls make no cell reads nothing.

    A document with pages that are pictures goes on to `recogniser`, where there is one: a reader whose children run a
    module that reads pictures, up to `pictures` of a document.
    """

    def __init__(
        self,
        processes: int = 2,
        limits: ProcessLimits | None = None,
        pdf_limits: PdfLimits | None = None,
        documents_each: int = 200,
        *,
        confined: Callable[[Sequence[str]], None] = lambda walls: None,
        require_cell: bool = False,
        child: str = READS_TEXT,
        pictures: int = 0,
        recogniser: "ProcessDocumentReader | None" = None,
    ) -> None:
        self._limits = limits or ProcessLimits()
        self._pdf_limits = pdf_limits or PdfLimits()
        self._processes_in_turn = FairSemaphore(processes)
        self._documents_each = documents_each
        self._confined: Callable[[Sequence[str]], None] | None = confined
        self._require_cell = require_cell
        self._child = child
        self._pictures = pictures
        self._recogniser = recogniser
        self._idle: list[ReadingProcess] = []
        self._busy: set[ReadingProcess] = set()
        self._closed = False

    async def start(self) -> None:
        """The first child waits for a document. Raises ReaderUnavailable, and NoCell where its walls make none."""
        async with self._processes_in_turn.place(""):
            process = await self._taken()
            self._busy.discard(process)
            self._idle.append(process)

    async def read(
        self, data: bytes, declared_media_type: str = "", *, whose: str = ""
    ) -> Sequence[Packed[Reading]]:
        return (await self._read(data, declared_media_type, whose)).readings

    async def ask(self, data: bytes, declared_media_type: str = "", *, whose: str = "") -> Asked:
        return await self._read(data, declared_media_type, whose, asks=True)

    async def read_pointed(
        self, data: bytes, declared_media_type: str, pointing: Pointing, *, whose: str = ""
    ) -> Sequence[Packed[Reading]]:
        return (await self._read(data, declared_media_type, whose, pointing=pointing)).readings

    async def _read(
        self,
        data: bytes,
        declared_media_type: str,
        whose: str,
        *,
        asks: bool = False,
        pointing: Pointing | None = None,
    ) -> Asked:
        async def held() -> bytes:
            return data

        request = ReadRequest(
            self._limits,
            self._pdf_limits,
            declared_media_type,
            leaves_pictures=self._recogniser is not None,
            pictures=self._pictures,
            asks=asks,
            pointing=pointing,
        )
        answer = await self._answer(request, held, whose)
        match answer:
            case InvoicesRead() if answer.readings:
                return Asked(answer.readings, None)
            case AskedReading() if asks:
                return Asked((answer.reading,), answer.question)
            case PicturesLeft() if self._recogniser is not None:
                return await self._recogniser._read(
                    data, declared_media_type, whose, asks=asks, pointing=pointing
                )
            case _:
                raise ReaderCrashed

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        answer = await self._answer(
            RenderRequest(self._limits, self._pdf_limits, page, dots_per_inch, tuple(boxes)),
            fetch,
            whose,
        )
        if not isinstance(answer, Picture):
            raise ReaderCrashed
        return answer.png

    async def attached_file(
        self, fetch: Fetch, sha256: str, *, whose: str = ""
    ) -> AttachedFile | None:
        request = AttachedFileRequest(self._limits, self._pdf_limits, sha256)
        answer = await self._answer(request, fetch, whose)
        if not isinstance(answer, FileFound):
            raise ReaderCrashed
        # The child read what nobody trusts: what it hands out is what was asked for, or nothing is.
        if answer.file is not None and hashlib.sha256(answer.file.data).hexdigest() != sha256:
            raise ReaderCrashed
        return answer.file

    async def aclose(self) -> None:
        self._closed = True
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        for process in processes:
            await process.end()
        if self._recogniser is not None:
            await self._recogniser.aclose()

    async def _answer(
        self, request: Request, fetch: Fetch, whose: str
    ) -> InvoicesRead | AskedReading | Picture | FileFound | PicturesLeft:
        async with self._processes_in_turn.place(whose):
            if self._closed:
                raise ReaderUnavailable
            data = await fetch()
            process = await self._taken()
            kept = False
            try:
                answer = await process.answer(request, data)
                kept = _is_unharmed(answer) and process.documents < self._documents_each
            except ReaderCrashed:
                if self._closed:
                    raise ReaderUnavailable from None
                raise
            finally:
                self._busy.discard(process)
                if kept and not self._closed:
                    self._idle.append(process)
                else:
                    await process.end()
        if isinstance(answer, Refusal):
            raise answer.error()
        return answer

    async def _taken(self) -> ReadingProcess:
        if self._closed:
            raise ReaderUnavailable
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                break
            await process.end()
        else:
            process = await ReadingProcess.started(self._child)
            if self._closed:
                await process.end()
                raise ReaderUnavailable
            await self._look_at_walls(process)
        self._busy.add(process)
        return process

    async def _look_at_walls(self, process: ReadingProcess) -> None:
        if self._confined is not None:
            self._confined(process.walls.names)
            self._confined = None
        if self._require_cell and not process.walls.make_a_cell:
            await process.end()
            raise NoCell


def _is_unharmed(answer: Sent) -> bool:
    """A process that ran out of memory may have lost its place in the stream of requests."""
    return not (isinstance(answer, Refusal) and answer.reason == ReadingLimitExceeded.reason)
