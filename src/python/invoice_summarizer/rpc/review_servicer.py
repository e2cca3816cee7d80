"""ReviewService."""

from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.correction import corrected_to_proto, corrections_from_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, own_name
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from invoice_summarizer.use_cases.decide_review import ApproveInvoice, RejectInvoice
from invoices.v1 import review_service_pb2, review_service_pb2_grpc

COMMENT_LIMIT = 2000

Context = grpc.aio.ServicerContext[Any, Any]


class ReviewServicer(review_service_pb2_grpc.ReviewServiceServicer):
    def __init__(
        self,
        *,
        reader: InvoiceReader,
        correct: CorrectInvoice,
        approve: ApproveInvoice,
        reject: RejectInvoice,
    ) -> None:
        self._reader = reader
        self._correct = correct
        self._approve = approve
        self._reject = reject

    async def CorrectInvoice(
        self, request: review_service_pb2.CorrectInvoiceRequest, context: Context
    ) -> review_service_pb2.CorrectInvoiceResponse:
        ids = own_name(INVOICE, request.name, caller())
        corrected = await self._correct(
            caller(),
            ids["invoice"],
            corrections=corrections_from_proto(request.corrections),
            etag=request.etag,
        )
        return corrected_to_proto(corrected)

    async def ApproveInvoice(
        self, request: review_service_pb2.ApproveInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        await self._approve(
            caller(), ids["invoice"], comment=_comment(request.comment), etag=request.etag
        )
        return await self._reader.view(ids["tenant"], ids["invoice"], InvoiceView.FULL)

    async def RejectInvoice(
        self, request: review_service_pb2.RejectInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        comment = _comment(request.comment)
        if not comment.strip():
            raise InvalidInput(
                "must say why the invoice is rejected", field="comment", reason="COMMENT_MISSING"
            )
        await self._reject(caller(), ids["invoice"], comment=comment, etag=request.etag)
        return await self._reader.view(ids["tenant"], ids["invoice"], InvoiceView.FULL)


def _comment(comment: str) -> str:
    if len(comment) > COMMENT_LIMIT:
        raise InvalidInput(
            f"must have at most {COMMENT_LIMIT} characters",
            field="comment",
            reason="COMMENT_TOO_LONG",
        )
    return comment
