"""ReviewService."""

from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.invoice import invoice_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, own_name
from invoice_summarizer.use_cases.decide_review import ApproveInvoice, RejectInvoice
from invoices.v1 import invoice_pb2, review_service_pb2, review_service_pb2_grpc

COMMENT_LIMIT = 2000

Context = grpc.aio.ServicerContext[Any, Any]


class ReviewServicer(review_service_pb2_grpc.ReviewServiceServicer):
    def __init__(self, *, approve: ApproveInvoice, reject: RejectInvoice) -> None:
        self._approve = approve
        self._reject = reject

    async def ApproveInvoice(
        self, request: review_service_pb2.ApproveInvoiceRequest, context: Context
    ) -> invoice_pb2.Invoice:
        ids = own_name(INVOICE, request.name, caller())
        return invoice_to_proto(
            await self._approve(
                caller(), ids["invoice"], comment=_comment(request.comment), etag=request.etag
            )
        )

    async def RejectInvoice(
        self, request: review_service_pb2.RejectInvoiceRequest, context: Context
    ) -> invoice_pb2.Invoice:
        ids = own_name(INVOICE, request.name, caller())
        comment = _comment(request.comment)
        if not comment.strip():
            raise InvalidInput(
                "must say why the invoice is rejected", field="comment", reason="COMMENT_MISSING"
            )
        return invoice_to_proto(
            await self._reject(caller(), ids["invoice"], comment=comment, etag=request.etag)
        )


def _comment(comment: str) -> str:
    if len(comment) > COMMENT_LIMIT:
        raise InvalidInput(
            f"must have at most {COMMENT_LIMIT} characters",
            field="comment",
            reason="COMMENT_TOO_LONG",
        )
    return comment
