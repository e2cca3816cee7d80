"""QueryService: a single invoice, its document, and what is not there."""

import grpc
import pytest
from google.api import httpbody_pb2

from invoice_summarizer.rpc.invoice_export import CHUNK_BYTES
from invoices.v1 import (
    invoice_pb2,
    query_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, TENANT, Api, invoice_name, upload
from small_invoice import ubl_invoice

Code = grpc.StatusCode
View = invoice_pb2.InvoiceView


async def document(api: Api, name: str) -> list[httpbody_pb2.HttpBody]:
    request = query_service_pb2.GetDocumentRequest(name=name)
    return [chunk async for chunk in api.query.GetDocument(request, metadata=OWNER)]


async def test_invoice_comes_with_all_that_is_known_or_in_the_basic_view(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    request = query_service_pb2.GetInvoiceRequest(name=invoice.name, view=View.INVOICE_VIEW_BASIC)
    basic = await api.query.GetInvoice(request, metadata=OWNER)
    assert invoice.annotations and invoice.findings and invoice.content.lines
    assert not (basic.annotations or basic.findings or basic.content.lines)
    assert basic.content.totals == invoice.content.totals
    request.view = View.INVOICE_VIEW_FULL
    assert await api.query.GetInvoice(request, metadata=OWNER) == invoice


async def test_every_value_of_an_e_invoice_has_its_xpath(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    present = [a for a in invoice.annotations if a.status == a.PRESENT]
    assert present and all(a.evidence[0].xml_node.xpath.startswith("/ubl:Invoice") for a in present)


async def test_document_comes_back_as_it_was_sent(api: Api) -> None:
    data = ubl_invoice()
    invoice = await api.read(data)
    [body] = await document(api, invoice.name)
    assert (body.data, body.content_type) == (data, "application/xml")


async def test_large_document_comes_in_chunks_of_which_the_first_has_the_type(api: Api) -> None:
    data = ubl_invoice() + b"<!--" + b" " * (5 * CHUNK_BYTES) + b"-->"
    operation = await api.ingested(data)
    await api.done(operation.name)
    chunks = await document(api, invoice_name(operation))
    assert b"".join(chunk.data for chunk in chunks) == data
    assert {len(chunk.data) for chunk in chunks[:-1]} == {CHUNK_BYTES}
    assert [chunk.content_type for chunk in chunks] == ["application/xml", *[""] * 5]


async def test_server_takes_chunks_of_a_document_only_as_the_caller_reads_them(api: Api) -> None:
    """So that a call holds a few, however large the document is and however slow the caller."""
    filling = [b" " * CHUNK_BYTES] * 63
    call = api.ingest.UploadInvoice(
        upload(ubl_invoice(), b"<!--", *filling, b"-->"), metadata=OWNER
    )
    request = query_service_pb2.GetDocumentRequest(name=invoice_name(await call))
    received, most_ahead = 0, 0
    async for _ in api.query.GetDocument(request, metadata=OWNER):
        received += 1
        most_ahead = max(most_ahead, api.faults.calls["chunk"] - received)
    assert received == 64
    assert most_ahead < 16


async def test_document_that_is_lost_is_data_loss(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    del api.objects._objects["acme", invoice.document.sha256]
    refusal = await refusal_of(document(api, invoice.name))
    assert (refusal.code, refusal.reason) == (Code.DATA_LOSS, "OBJECT_NOT_FOUND")
    assert invoice.document.sha256 not in refusal.message


async def test_what_is_not_there_is_not_found(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    nowhere = f"{TENANT}/invoices/00000000-0000-4000-8000-000000000000"
    for call in (
        api.invoice(nowhere),
        document(api, nowhere),
        api.query.ListLines(query_service_pb2.ListLinesRequest(parent=nowhere), metadata=OWNER),
        api.query.ListEvents(query_service_pb2.ListEventsRequest(parent=nowhere), metadata=OWNER),
        api.query.GetSummary(
            query_service_pb2.GetSummaryRequest(name=f"{invoice.name}/summaries/x"), metadata=OWNER
        ),
        api.query.ListSummaries(
            query_service_pb2.ListSummariesRequest(parent=nowhere), metadata=OWNER
        ),
    ):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "RESOURCE_NOT_FOUND")


@pytest.mark.parametrize("name", ["", "x", "tenants/acme", "tenants/acme/invoices/X_Y", "//"])
async def test_name_of_another_form_is_refused(api: Api, name: str) -> None:
    refusal = await refusal_of(api.invoice(name))
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_NAME",
        ("name",),
    )
