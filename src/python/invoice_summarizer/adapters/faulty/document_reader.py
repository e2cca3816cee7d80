"""A reader of documents that fails and waits as it is told; a gate is told the bytes of the document."""

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.packed import Packed


class FaultyDocumentReader:
    def __init__(self, reader: DocumentReader, faults: Faults) -> None:
        self._reader = reader
        self._faults = faults

    async def read(
        self, data: bytes, declared_media_type: str = "", *, whose: str = ""
    ) -> Packed[Reading]:
        await self._faults.meet("read", data)
        return await self._reader.read(data, declared_media_type, whose=whose)

    async def render_page(self, data: bytes, page: int, dots_per_inch: int) -> bytes:
        await self._faults.meet("render_page", data)
        return await self._reader.render_page(data, page, dots_per_inch)

    async def aclose(self) -> None:
        await self._reader.aclose()
