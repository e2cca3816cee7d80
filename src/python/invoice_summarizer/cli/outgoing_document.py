"""A document on its way to a server: in one message, or in chunks where it is large."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from invoices.v1 import ingest_service_pb2, input_document_pb2

INLINE_LIMIT_BYTES = 3_670_016  # 3.5 MiB: the API takes 4 MiB, the rest of the request included
_CHUNK_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingDocument:
    data: bytes
    file_name: str
    request_id: str
    media_type: str = ""

    @property
    def is_large(self) -> bool:
        """Says whether it has to be sent in chunks."""
        return len(self.data) > INLINE_LIMIT_BYTES

    def input(self) -> input_document_pb2.InputDocument:
        """Returns it as a part of a request."""
        return input_document_pb2.InputDocument(
            data=self.data, media_type=self.media_type, file_name=self.file_name
        )

    async def parts(self, parent: str) -> AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]:
        """Yields the messages that upload it for the parent: what it is, and then its chunks."""
        header = ingest_service_pb2.UploadHeader(
            parent=parent,
            media_type=self.media_type,
            file_name=self.file_name,
            request_id=self.request_id,
        )
        yield ingest_service_pb2.UploadInvoiceRequest(header=header)
        for begin in range(0, len(self.data), _CHUNK_BYTES):
            chunk = self.data[begin : begin + _CHUNK_BYTES]
            yield ingest_service_pb2.UploadInvoiceRequest(chunk=chunk)
