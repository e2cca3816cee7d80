"""A reader of documents that fails and waits as it is told; a gate is told the bytes of the document."""

from collections.abc import Sequence

from invoice_reading.attached_files import AttachedFile
from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.document_reader import DocumentReader, Fetch, PagesTold, tell_nobody
from invoice_summarizer.ports.packed import Packed


class FaultyDocumentReader:
    def __init__(self, reader: DocumentReader, faults: Faults) -> None:
        self._reader = reader
        self._faults = faults

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        await self._faults.meet("read", data)
        return await self._reader.read(data, declared_media_type, whose=whose, told=told)

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        met = self._met("render_page", fetch)
        return await self._reader.render_page(met, page, dots_per_inch, boxes, whose=whose)

    async def attached_file(
        self, fetch: Fetch, sha256: str, *, whose: str = ""
    ) -> AttachedFile | None:
        met = self._met("attached_file", fetch)
        return await self._reader.attached_file(met, sha256, whose=whose)

    def _met(self, call: str, fetch: Fetch) -> Fetch:
        async def met() -> bytes:
            data = await fetch()
            await self._faults.meet(call, data)
            return data

        return met

    async def aclose(self) -> None:
        await self._reader.aclose()
