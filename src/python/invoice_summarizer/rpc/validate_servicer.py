"""ValidateService."""

from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.ingest_servicer import INLINE_LIMIT_BYTES
from invoice_summarizer.rpc.mapping.reading import validated_answer
from invoice_summarizer.rpc.mapping.summary import style_from_proto
from invoice_summarizer.use_cases.validate_document import ValidateDocument
from invoices.v1 import validate_service_pb2, validate_service_pb2_grpc

Context = grpc.aio.ServicerContext[Any, Any]


class ValidateServicer(validate_service_pb2_grpc.ValidateServiceServicer):
    def __init__(self, *, validate: ValidateDocument) -> None:
        self._validate = validate

    async def ValidateInvoice(
        self, request: validate_service_pb2.ValidateInvoiceRequest, context: Context
    ) -> Any:  # a ValidateInvoiceResponse, rendered
        if len(request.document.data) > INLINE_LIMIT_BYTES:
            raise DocumentRejected(
                "the document is larger than 4 MiB",
                field="document.data",
                reason="DOCUMENT_TOO_LARGE",
                metadata={"limit_bytes": str(INLINE_LIMIT_BYTES)},
            )
        return await self._validate(
            request.document.data,
            request.document.media_type,
            answer=validated_answer,
            whose=caller().tenant,
            language_code=request.language_code,
            style=style_from_proto(request.style),
            part=request.part or 1,
        )
