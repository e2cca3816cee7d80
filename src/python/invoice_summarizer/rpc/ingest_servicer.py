"""IngestService."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import grpc.aio
from google.longrunning import operations_pb2
from google.protobuf import empty_pb2

from invoice_summarizer.domain.errors import DocumentRejected, InvalidInput, InvoiceSummarizerError
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.rpc.bounded_comment import bounded_comment
from invoice_summarizer.rpc.call_context import caller, send_headers
from invoice_summarizer.rpc.errors import CallRefused
from invoice_summarizer.rpc.mapping.names import INVOICE, TENANT, own_name
from invoice_summarizer.rpc.operation_view import view_operation
from invoice_summarizer.rpc.request_id import checked_request_id
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.ingest_document import (
    IncomingDocument,
    IngestDocument,
    TakenIn,
)
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from invoice_summarizer.use_cases.store_document import DOCUMENT_LIMIT_BYTES, MEBIBYTE
from invoices.v1 import ingest_service_pb2, ingest_service_pb2_grpc

INLINE_LIMIT_BYTES = 4 * MEBIBYTE
_FILE_NAME_LIMIT = 255
_REST_SECONDS = 5.0

Context = grpc.aio.ServicerContext[Any, Any]


class IngestServicer(ingest_service_pb2_grpc.IngestServiceServicer):
    def __init__(
        self,
        *,
        reader: InvoiceReader,
        ingest: IngestDocument,
        delete: DeleteInvoice,
        reprocess: ReprocessInvoice,
    ) -> None:
        self._reader = reader
        self._ingest = ingest
        self._delete = delete
        self._reprocess = reprocess

    async def IngestInvoice(
        self, request: ingest_service_pb2.IngestInvoiceRequest, context: Context
    ) -> operations_pb2.Operation:
        own_name(TENANT, request.parent, caller(), "parent")
        if len(request.document.data) > INLINE_LIMIT_BYTES:
            raise DocumentRejected(
                "the document is larger than 4 MiB: send it by UploadInvoice",
                field="document.data",
                reason="DOCUMENT_TOO_LARGE",
                metadata={"limit_bytes": str(INLINE_LIMIT_BYTES)},
            )
        incoming = _incoming(
            request.document.media_type, request.document.file_name, request.request_id
        )
        taken = await self._ingest(caller(), _once(request.document.data), incoming)
        return await view_operation(self._reader, taken.operation, document_known=taken.known)

    async def UploadInvoice(
        self,
        request_iterator: AsyncIterator[ingest_service_pb2.UploadInvoiceRequest],
        context: Context,
    ) -> operations_pb2.Operation:
        first = await anext(request_iterator, None)
        if first is None:
            await send_headers(context)  # as `_chunks` does: the call may have broken off
        if first is None or first.WhichOneof("part") != "header":
            raise InvalidInput(
                "the first message of an upload is its header",
                field="header",
                reason="UPLOAD_HEADER_MISSING",
            )
        try:
            taken = await self._upload(first.header, _chunks(request_iterator, context))
        except InvoiceSummarizerError:
            await _take_rest(request_iterator)
            raise
        return await view_operation(self._reader, taken.operation, document_known=taken.known)

    async def _upload(
        self, header: ingest_service_pb2.UploadHeader, chunks: AsyncIterator[bytes]
    ) -> TakenIn:
        own_name(TENANT, header.parent, caller(), "header.parent")
        incoming = _incoming(header.media_type, header.file_name, header.request_id)
        return await self._ingest(caller(), chunks, incoming)

    async def DeleteInvoice(
        self, request: ingest_service_pb2.DeleteInvoiceRequest, context: Context
    ) -> empty_pb2.Empty:
        ids = own_name(INVOICE, request.name, caller())
        await self._delete(
            caller(),
            ids["invoice"],
            request.etag,
            force=request.force,
            comment=bounded_comment(request.comment),
        )
        return empty_pb2.Empty()

    async def ReprocessInvoice(
        self, request: ingest_service_pb2.ReprocessInvoiceRequest, context: Context
    ) -> operations_pb2.Operation:
        ids = own_name(INVOICE, request.name, caller())
        operation = await self._reprocess(
            caller(),
            ids["invoice"],
            etag=request.etag,
            request_id=checked_request_id(request.request_id),
            replay=request.replay,
            discard_corrections=request.discard_corrections,
        )
        return await view_operation(self._reader, operation)


def _incoming(media_type: str, file_name: str, request_id: str) -> IncomingDocument:
    if len(file_name) > _FILE_NAME_LIMIT or not file_name.isprintable():
        raise InvalidInput(
            "must be printable and have at most 255 characters",
            field="file_name",
            reason="INVALID_FILE_NAME",
        )
    return IncomingDocument(
        media_type=media_type, file_name=file_name, request_id=checked_request_id(request_id)
    )


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _chunks(
    stream: AsyncIterator[ingest_service_pb2.UploadInvoiceRequest], context: Context
) -> AsyncIterator[bytes]:
    """Yields the bytes of an upload. Where it breaks off, it ends with the call being cancelled."""
    async for message in stream:
        if message.WhichOneof("part") != "chunk":
            raise InvalidInput(
                "after the header, an upload has chunks only",
                field="chunk",
                reason="UPLOAD_PART_UNEXPECTED",
            )
        yield message.chunk
    # gRPC ends the messages of a call that breaks off as those of one that is complete, and says only afterwards that
    # it was cancelled. Headers take the same way as that word and stand behind it: once they are sent, it has come.
    await send_headers(context)


async def _take_rest(stream: AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]) -> None:
    """Takes what the caller is still sending, within bounds.

    A client that is in the middle of sending when its call ends may see an error of its own instead of our answer:
    Python's does.
    """
    left = 2 * DOCUMENT_LIMIT_BYTES
    with suppress(TimeoutError, CallRefused):  # the caller is told of what came first
        async with asyncio.timeout(_REST_SECONDS):
            async for message in stream:
                left -= len(message.chunk)
                if left < 0:
                    return
