"""Known pages in the place of reading PDFs; whatever comes after the pages is read as it is."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence

from invoice_reading.attached_files import AttachedFile, attached_file
from invoice_reading.errors import (
    DocumentUnreadable,
    PageNotFound,
    PdfDamaged,
    PdfLimit,
    PdfLimitExceeded,
    PdfTooManyPages,
)
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box, PdfPages
from invoice_reading.read import read_every
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.adapters.memory.in_memory import InMemory
from invoice_summarizer.ports.document_reader import (
    Fetch,
    PagesTold,
    ReaderUnavailable,
    tell_nobody,
)
from invoice_summarizer.ports.packed import Packed

# A picture of one white pixel.
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)


class MemoryDocumentReader:
    """A DocumentReader that knows PDFs by the SHA-256 of their bytes (hexadecimal); any other is damaged to it.

    It paints every page white, and no frames.
    """

    def __init__(
        self,
        pdfs: Mapping[str, PdfPages | DocumentUnreadable],
        limits: PdfLimits | None = None,
    ) -> None:
        self._pdfs = pdfs
        self._limits = limits or PdfLimits()
        self._closed = False

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        if self._closed:
            raise ReaderUnavailable
        stages = Stages(pdf_engine=self._known)

        def every() -> list[Reading]:
            return [*read_every(data, declared_media_type, stages, self._limits)]

        return [*map(InMemory, await asyncio.to_thread(every))]

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        if self._closed:
            raise ReaderUnavailable
        pages = self._known(await fetch(), self._limits).pages_total
        if not 1 <= page <= pages:
            raise PageNotFound(pages)
        return _PNG

    async def attached_file(
        self, fetch: Fetch, sha256: str, *, whose: str = ""
    ) -> AttachedFile | None:
        if self._closed:
            raise ReaderUnavailable
        data = await fetch()
        return await asyncio.to_thread(attached_file, data, sha256, self._known, self._limits)

    async def aclose(self) -> None:
        self._closed = True

    def _known(self, data: bytes, limits: PdfLimits) -> PdfPages:
        known = self._pdfs.get(hashlib.sha256(data).hexdigest())
        if known is None:
            raise PdfDamaged
        if isinstance(known, DocumentUnreadable):
            # A new one: the one that is kept would gather tracebacks.
            raise DocumentUnreadable(known.message, reason=known.reason, metadata=known.metadata)
        _hold(known, limits)
        return known


def _hold(pdf: PdfPages, limits: PdfLimits) -> None:
    """Holds the limits that need no reading: pages, words, attachments."""
    if pdf.pages_total > limits.pages:
        raise PdfTooManyPages
    if sum(len(page.words) for page in pdf.pages) > limits.words:
        raise PdfLimitExceeded(PdfLimit.WORDS)
    if sum(len(attachment.data) for attachment in pdf.attachments) > limits.attachment_bytes:
        raise PdfLimitExceeded(PdfLimit.ATTACHMENTS)
