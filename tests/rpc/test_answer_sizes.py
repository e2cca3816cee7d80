"""No answer is larger than a client with the defaults of gRPC takes: 4 MiB a message."""

from collections.abc import AsyncIterator

import grpc.aio
import pytest

from invoice_summarizer.rpc.mapping.bounded import LINES_LIMIT
from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2_grpc,
    invoice_pb2,
    query_service_pb2,
    query_service_pb2_grpc,
    review_service_pb2,
    review_service_pb2_grpc,
    summarize_service_pb2,
    summarize_service_pb2_grpc,
    validate_service_pb2,
    validate_service_pb2_grpc,
)
from rpc_fixture import OWNER, TENANT, Api, ingest_request, invoice_name
from small_invoice import ubl_invoice

LINES = 10_000
CLIENT_LIMIT_BYTES = 4 * 1024 * 1024
Full = invoice_pb2.InvoiceView.INVOICE_VIEW_FULL


@pytest.fixture
async def channel(api: Api) -> AsyncIterator[grpc.aio.Channel]:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{api.port}") as channel:
        yield channel


async def read(api: Api, data: bytes) -> str:
    operation = await api.ingested(data)
    done = await api.done(operation.name)
    assert done.ByteSize() < CLIENT_LIMIT_BYTES
    return invoice_name(operation)


async def test_invoice_of_ten_thousand_lines_comes_with_the_first_of_them(
    api: Api, channel: grpc.aio.Channel
) -> None:
    name = await read(api, ubl_invoice(lines=LINES))
    query = query_service_pb2_grpc.QueryServiceStub(channel)
    invoice = await query.GetInvoice(query_service_pb2.GetInvoiceRequest(name=name), metadata=OWNER)
    assert (invoice.line_count, len(invoice.content.lines)) == (LINES, LINES_LIMIT)
    of_lines = [each for each in invoice.annotations if each.field_path.startswith("lines[")]
    assert of_lines[-1].field_path.startswith(f"lines[{LINES_LIMIT - 1}]")
    basic = await query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(
            name=name, view=invoice_pb2.InvoiceView.INVOICE_VIEW_BASIC
        ),
        metadata=OWNER,
    )
    assert basic.line_count == LINES and not basic.content.lines


async def test_all_lines_come_by_pages(api: Api, channel: grpc.aio.Channel) -> None:
    name = await read(api, ubl_invoice(lines=LINES))
    query = query_service_pb2_grpc.QueryServiceStub(channel)
    request = query_service_pb2.ListLinesRequest(parent=name, page_size=1_000)
    seen = 0
    while True:
        page = await query.ListLines(request, metadata=OWNER)
        assert page.lines[0].index == seen
        seen += len(page.lines)
        request.page_token = page.next_page_token
        if not request.page_token:
            break
    assert seen == page.total_size == LINES


async def test_every_other_answer_about_such_an_invoice_is_bounded(
    api: Api, channel: grpc.aio.Channel
) -> None:
    name = await read(api, ubl_invoice(lines=LINES))
    review = review_service_pb2_grpc.ReviewServiceStub(channel)
    correction = correction_pb2.Correction(field_path="lines", clear=True)
    summarize = summarize_service_pb2_grpc.SummarizeServiceStub(channel)
    for style in range(1, 5):
        await summarize.SummarizeInvoice(
            summarize_service_pb2.SummarizeInvoiceRequest(name=name, style=style), metadata=OWNER  # type: ignore[arg-type]
        )
    answer = await review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=name, corrections=[correction]),
        metadata=OWNER,
    )
    assert answer.change_count > LINES
    rejected = await review.RejectInvoice(
        review_service_pb2.RejectInvoiceRequest(name=name, comment="no"), metadata=OWNER
    )
    assert rejected.line_count == 0


async def test_validation_answers_with_the_first_lines(api: Api, channel: grpc.aio.Channel) -> None:
    # As many as fit in a request of 4 MiB.
    data = ubl_invoice(lines=8_000)
    validate = validate_service_pb2_grpc.ValidateServiceStub(channel)
    answer = await validate.ValidateInvoice(
        validate_service_pb2.ValidateInvoiceRequest(document=ingest_request(data).document),
        metadata=OWNER,
    )
    assert (answer.line_count, len(answer.content.lines)) == (8_000, LINES_LIMIT)


async def test_page_of_large_invoices_ends_before_it_is_too_large(
    api: Api, channel: grpc.aio.Channel
) -> None:
    names = [await read(api, ubl_invoice(f"R-{n}", lines=LINES_LIMIT)) for n in range(40)]
    query = query_service_pb2_grpc.QueryServiceStub(channel)
    request = query_service_pb2.ListInvoicesRequest(parent=TENANT, page_size=50, view=Full)
    seen: list[str] = []
    pages = 0
    while True:
        page = await query.ListInvoices(request, metadata=OWNER)
        seen += [invoice.name for invoice in page.invoices]
        pages += 1
        request.page_token = page.next_page_token
        if not request.page_token:
            break
    assert seen == names[::-1]
    assert pages > 1 and page.total_size == 40


async def test_content_that_is_too_large_is_left_out_and_named(
    api: Api, channel: grpc.aio.Channel
) -> None:
    note = "<cbc:Note>" + "x" * 3_900_000 + "</cbc:Note>"
    data = ubl_invoice().replace(
        b"<cbc:DocumentCurrencyCode>", note.encode() + b"<cbc:DocumentCurrencyCode>"
    )
    ingest_stub = ingest_service_pb2_grpc.IngestServiceStub(channel)
    operation = await ingest_stub.IngestInvoice(ingest_request(data), metadata=OWNER)
    done = await api.done(operation.name)
    assert done.ByteSize() < CLIENT_LIMIT_BYTES
    query = query_service_pb2_grpc.QueryServiceStub(channel)
    invoice = await query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=invoice_name(operation)), metadata=OWNER
    )
    assert [*invoice.omitted] == ["notes"]
    assert not invoice.content.notes and invoice.content.invoice_number == "R-1"
    assert not [each for each in invoice.annotations if each.field_path.startswith("notes")]


async def test_changes_of_large_values_are_shortened(api: Api, channel: grpc.aio.Channel) -> None:
    note = "<cbc:Note>" + "x" * 15_000 + "</cbc:Note>"
    before = b"<cbc:DocumentCurrencyCode>"
    name = await read(api, ubl_invoice().replace(before, (note * 200).encode() + before))
    review = review_service_pb2_grpc.ReviewServiceStub(channel)
    corrections = [
        correction_pb2.Correction(field_path=f"notes[{number}].note", value="y" * 10_000)
        for number in range(200)
    ]
    answer = await review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=name, corrections=corrections),
        metadata=OWNER,
    )
    assert answer.change_count == 200
    assert 0 < len(answer.changes) < 200
    assert (answer.changes[0].before, answer.changes[0].after) == ("x" * 1_000, "y" * 1_000)
