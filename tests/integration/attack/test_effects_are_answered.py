"""An effect is never hidden behind an error: where a method has changed the largest invoice, its answer comes.

The client has the defaults of gRPC, so that an answer that is too large is an error. Every method is tried on an
invoice of as many lines as there may be, with as much in the request as there may be.
"""

from typing import Any

from google.longrunning import operations_pb2

from invoices.v1 import (
    correction_pb2,
    event_pb2,
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    summary_pb2,
)
from rpc_fixture import invoice_name
from separate_processes import separate_processes
from small_invoice import ubl_invoice
from tenant_client import TenantClient

LINES = 10_000
CORRECTIONS = 1_000
PATIENCE_SECONDS = 110
# A machine that does much else must not be what a statement fails of.
_PATIENT_DATABASE = {"INVOICES_DATABASE__STATEMENT_TIMEOUT_SECONDS": "100"}
Kind = event_pb2.Event.Kind


class LargestInvoice:
    """An invoice, and the calls that change it; each call has its answer, or fails the test."""

    def __init__(self, client: TenantClient) -> None:
        self._client = client
        self.name = ""

    async def answer(self, method: Any, request: Any) -> Any:
        return await method(request, metadata=self._client.credentials, timeout=PATIENCE_SECONDS)

    async def happened(self, kind: Kind.ValueType) -> int:
        """Returns how often the history of the invoice has such an event."""
        events = await self.answer(
            self._client.query.ListEvents, query_service_pb2.ListEventsRequest(parent=self.name)
        )
        return sum(event.kind == kind for event in events.events)

    async def ingested(self) -> None:
        operation = await self._client.ingested(ubl_invoice(lines=LINES))
        self.name = invoice_name(operation)
        await self.read(operation)

    async def read(self, operation: operations_pb2.Operation) -> None:
        ended = await self._client.waited(operation.name, PATIENCE_SECONDS)
        while not ended.done:
            ended = await self._client.waited(operation.name, PATIENCE_SECONDS)
        assert ended.HasField("response")

    async def reprocessed(self) -> operations_pb2.Operation:
        operation: operations_pb2.Operation = await self.answer(
            self._client.ingest.ReprocessInvoice,
            ingest_service_pb2.ReprocessInvoiceRequest(name=self.name, discard_corrections=True),
        )
        return operation

    async def cancelled(self, operation: operations_pb2.Operation) -> None:
        request = operations_pb2.CancelOperationRequest(name=operation.name)
        await self.answer(self._client.operations.CancelOperation, request)

    async def summarized(self, style: summary_pb2.Summary.Style.ValueType) -> None:
        request = summarize_service_pb2.SummarizeInvoiceRequest(name=self.name, style=style)
        assert (await self.answer(self._client.summarize.SummarizeInvoice, request)).text

    async def corrected(self) -> None:
        corrections = [
            correction_pb2.Correction(field_path=f"lines[{number}].note", value="x" * 1_000)
            for number in range(CORRECTIONS)
        ]
        request = review_service_pb2.CorrectInvoiceRequest(name=self.name, corrections=corrections)
        answer = await self.answer(self._client.review.CorrectInvoice, request)
        assert answer.change_count == CORRECTIONS

    async def rejected(self) -> invoice_pb2.Invoice.Status.ValueType:
        request = review_service_pb2.RejectInvoiceRequest(name=self.name, comment="x" * 2_000)
        return await self._decided(self._client.review.RejectInvoice, request)

    async def approved(self) -> invoice_pb2.Invoice.Status.ValueType:
        request = review_service_pb2.ApproveInvoiceRequest(name=self.name, comment="x" * 2_000)
        return await self._decided(self._client.review.ApproveInvoice, request)

    async def opened_again(self) -> invoice_pb2.Invoice.Status.ValueType:
        request = review_service_pb2.ReopenInvoiceRequest(name=self.name, comment="x" * 2_000)
        return await self._decided(self._client.review.ReopenInvoice, request)

    async def deleted(self) -> None:
        request = ingest_service_pb2.DeleteInvoiceRequest(name=self.name, force=True)
        await self.answer(self._client.ingest.DeleteInvoice, request)

    async def _decided(self, method: Any, request: Any) -> invoice_pb2.Invoice.Status.ValueType:
        answer: invoice_pb2.Invoice = await self.answer(method, request)
        return answer.status


async def test_every_change_of_the_largest_invoice_is_answered() -> None:
    async with separate_processes(
        tenants=("acme",), workers=1, environment=_PATIENT_DATABASE
    ) as system:
        invoice = LargestInvoice(system.client("acme"))
        await invoice.ingested()
        assert await invoice.happened(Kind.INVOICE_RECEIVED) == 1
        for style in summary_pb2.Summary.Style.values()[1:]:
            await invoice.summarized(style)
        assert await invoice.happened(Kind.INVOICE_SUMMARIZED) == 4
        await invoice.corrected()
        assert await invoice.happened(Kind.INVOICE_CORRECTED) == 1
        await invoice.cancelled(await invoice.reprocessed())
        assert await invoice.happened(Kind.OPERATION_CANCELLED) == 1
        assert await invoice.rejected() == invoice_pb2.Invoice.Status.REJECTED
        await invoice.read(await invoice.reprocessed())
        assert await invoice.happened(Kind.INVOICE_REPROCESS_REQUESTED) == 2
        assert await invoice.approved() == invoice_pb2.Invoice.Status.APPROVED
        assert await invoice.opened_again() == invoice_pb2.Invoice.Status.READY
        assert await invoice.approved() == invoice_pb2.Invoice.Status.APPROVED
        await invoice.deleted()
        assert await system.state.rows("SELECT id FROM invoices") == []
        assert "call_failed" not in system.logs()
