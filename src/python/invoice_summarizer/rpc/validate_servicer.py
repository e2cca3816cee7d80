"""ValidateService."""

from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.rpc.ingest_servicer import INLINE_LIMIT_BYTES
from invoice_summarizer.rpc.mapping.reading import reading_to_proto
from invoice_summarizer.rpc.mapping.summary import style_from_proto
from invoice_summarizer.use_cases.read_document import ReadDocument
from invoice_summarizer.use_cases.summarize_invoice import (
    DEFAULT_LANGUAGE,
    write_summary,
)
from invoices.v1 import validate_service_pb2, validate_service_pb2_grpc

Context = grpc.aio.ServicerContext[Any, Any]


class ValidateServicer(validate_service_pb2_grpc.ValidateServiceServicer):
    def __init__(self, *, read_document: ReadDocument) -> None:
        self._read_document = read_document

    async def ValidateInvoice(
        self, request: validate_service_pb2.ValidateInvoiceRequest, context: Context
    ) -> validate_service_pb2.ValidateInvoiceResponse:
        if len(request.document.data) > INLINE_LIMIT_BYTES:
            raise DocumentRejected(
                "the document is larger than 4 MiB",
                field="document.data",
                reason="DOCUMENT_TOO_LARGE",
                metadata={"limit_bytes": str(INLINE_LIMIT_BYTES)},
            )
        reading = await self._read_document(request.document.data, request.document.media_type)
        style = style_from_proto(request.style)
        language_code = request.language_code or DEFAULT_LANGUAGE
        bound = write_summary(reading, language_code, style)
        return reading_to_proto(reading, bound, language_code, style)
