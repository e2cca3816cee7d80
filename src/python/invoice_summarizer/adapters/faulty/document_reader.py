"""A reader of documents that fails and waits as it is told; a gate is told the bytes of the document."""

from collections.abc import Sequence

from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.document_reader import DocumentReader, Fetch
from invoice_summarizer.ports.packed import Packed


class FaultyDocumentReader:
    def __init__(self, reader: DocumentReader, faults: Faults) -> None:
        self._reader = reader
        self._faults = faults

    async def read(
        self, data: bytes, declared_media_type: str = "", *, whose: str = ""
    ) -> Sequence[Packed[Reading]]:
        await self._faults.meet("read", data)
        return await self._reader.read(data, declared_media_type, whose=whose)

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        async def met() -> bytes:
            data = await fetch()
            await self._faults.meet("render_page", data)
            return data

        return await self._reader.render_page(met, page, dots_per_inch, boxes, whose=whose)

    async def aclose(self) -> None:
        await self._reader.aclose()
