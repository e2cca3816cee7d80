"""ReviewService."""

from typing import Any

import grpc.aio

from invoice_summarizer.domain.errors import NotFound, Unavailable
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.rpc.bounded_comment import bounded_comment, required_comment
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.invoice_views import corrected_answer
from invoice_summarizer.rpc.mapping.correction import corrected_to_proto, corrections_from_proto
from invoice_summarizer.rpc.mapping.invoice import header_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, own_name
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from invoice_summarizer.use_cases.decide_review import (
    ApproveInvoice,
    RejectInvoice,
    ReopenInvoice,
)
from invoices.v1 import review_service_pb2, review_service_pb2_grpc

Context = grpc.aio.ServicerContext[Any, Any]


class ReviewServicer(review_service_pb2_grpc.ReviewServiceServicer):
    def __init__(
        self,
        *,
        reader: InvoiceReader,
        correct: CorrectInvoice,
        approve: ApproveInvoice,
        reject: RejectInvoice,
        reopen: ReopenInvoice,
    ) -> None:
        self._reader = reader
        self._correct = correct
        self._approve = approve
        self._reject = reject
        self._reopen = reopen

    async def CorrectInvoice(
        self, request: review_service_pb2.CorrectInvoiceRequest, context: Context
    ) -> Any:  # a CorrectInvoiceResponse, rendered
        ids = own_name(INVOICE, request.name, caller())
        corrected = await self._correct(
            caller(),
            ids["invoice"],
            corrections=corrections_from_proto(request.corrections),
            etag=request.etag,
            comment=bounded_comment(request.comment),
        )
        invoice = await self._decided(corrected.header)
        return corrected_answer(invoice) + corrected_to_proto(corrected).SerializeToString()

    async def ApproveInvoice(
        self, request: review_service_pb2.ApproveInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        comment = bounded_comment(request.comment)
        return await self._decided(
            await self._approve(caller(), ids["invoice"], comment=comment, etag=request.etag)
        )

    async def RejectInvoice(
        self, request: review_service_pb2.RejectInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        comment = required_comment(request.comment, "why the invoice is rejected")
        return await self._decided(
            await self._reject(caller(), ids["invoice"], comment=comment, etag=request.etag)
        )

    async def ReopenInvoice(
        self, request: review_service_pb2.ReopenInvoiceRequest, context: Context
    ) -> Any:  # an Invoice, rendered
        ids = own_name(INVOICE, request.name, caller())
        comment = required_comment(request.comment, "why the decision is taken back")
        return await self._decided(
            await self._reopen(caller(), ids["invoice"], comment=comment, etag=request.etag)
        )

    async def _decided(self, header: InvoiceHeader) -> bytes:
        """Returns the invoice as it is stored, rendered.

        What was decided or corrected stands, and no error hides it: where the invoice cannot be read any more, the answer is what
        is known of it, without its content.
        """
        try:
            return await self._reader.view(header.tenant, header.id, InvoiceView.FULL)
        except (NotFound, Unavailable):
            message = header_to_proto(header)
            message.omitted.append("content")
            return message.SerializeToString()
