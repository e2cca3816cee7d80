"""Documents read, pages painted, and files taken out, in child processes that can be lost."""

import hashlib
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from invoice_reading.assist.question import Pointing
from invoice_reading.attached_files import AttachedFile
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.picture_pages import PicturePages
from invoice_summarizer.adapters.reading_process.pool import ProcessPool
from invoice_summarizer.adapters.reading_process.protocol import (
    AskedReading,
    AttachedFileRequest,
    FileFound,
    InvoicesRead,
    Picture,
    Pictures,
    PicturesLeft,
    ReadRequest,
    Refusal,
    RenderRequest,
    Request,
    Sent,
)
from invoice_summarizer.ports.document_reader import (
    Asked,
    Fetch,
    PagesTold,
    ReaderCrashed,
    tell_nobody,
)
from invoice_summarizer.ports.packed import Packed

# Once for pages that have no words, and once for what stands beside the words of others.
_MOST_TIMES_PICTURES_ARE_LEFT = 2


class ProcessDocumentReader:
    """A DocumentReader with up to `processes` children, each replaced after `documents_each` or after any mishap.

    Children are started when they are first needed, and kept. When the first one has started, `confined` is called with
    the names of the walls around it. With `require_cell`, a child whose walls make no cell reads nothing.

    The pictures of pages are read by `pictures`, where there is something that reads them, before the document is.
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
        pictures: PicturePages | None = None,
    ) -> None:
        self._limits = limits or ProcessLimits()
        self._pdf_limits = pdf_limits or PdfLimits()
        self._pool = ProcessPool(
            processes, documents_each, require_cell=require_cell, confined=confined
        )
        self._pictures = pictures

    async def start(self) -> None:
        """The first child waits for a document. Raises ReaderUnavailable, and NoCell where its walls make none."""
        await self._pool.start()

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        return (await self._read(data, declared_media_type, whose, told)).readings

    async def ask(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Asked:
        return await self._read(data, declared_media_type, whose, told, asks=True)

    async def read_pointed(
        self,
        data: bytes,
        declared_media_type: str,
        pointing: Pointing,
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        read = await self._read(data, declared_media_type, whose, told, pointing=pointing)
        return read.readings

    async def _read(
        self,
        data: bytes,
        declared_media_type: str,
        whose: str,
        told: PagesTold,
        *,
        asks: bool = False,
        pointing: Pointing | None = None,
    ) -> Asked:
        request = ReadRequest(
            self._limits,
            self._pdf_limits,
            declared_media_type,
            pictures=None if self._pictures is None else Pictures(self._pictures.most),
            asks=asks,
            pointing=pointing,
        )
        for _ in range(_MOST_TIMES_PICTURES_ARE_LEFT + 1):
            match await self._answer(request, _held(data), whose):
                case InvoicesRead(readings) if readings:
                    return Asked(readings, None)
                case AskedReading(reading, question) if asks:
                    return Asked((reading,), question)
                case PicturesLeft(pages):
                    request = await self._with_pictures(request, pages, data, whose, told)
                case _:
                    break
        raise ReaderCrashed  # it says what no child says that is its own

    async def _with_pictures(
        self, request: ReadRequest, wanted: Sequence[int], data: bytes, whose: str, told: PagesTold
    ) -> ReadRequest:
        """Returns the request with what is in the pictures of these pages besides. Raises ReaderCrashed."""
        if self._pictures is None or request.pictures is None:
            raise ReaderCrashed
        known = request.pictures
        asked = (*known.asked, *wanted)
        if not wanted or len(set(asked)) < len(asked) or len(asked) > known.most:
            raise ReaderCrashed
        lines = await self._pictures.read(data, wanted, whose=whose, told=told)
        return replace(request, pictures=Pictures(known.most, asked, (*known.lines, *lines)))

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
        await self._pool.aclose()
        if self._pictures is not None:
            await self._pictures.aclose()

    async def _answer(self, request: Request, fetch: Fetch, whose: str) -> Sent:
        """Returns the answer, which is no Refusal: that is raised."""
        async with self._pool.place(whose):
            data = await fetch()
            async with self._pool.process() as process:
                answer = await process.answer(request, data)
        if isinstance(answer, Refusal):
            raise answer.error()
        return answer


def _held(data: bytes) -> Fetch:
    async def held() -> bytes:
        return data

    return held
