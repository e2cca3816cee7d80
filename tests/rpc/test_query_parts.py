"""QueryService: what an invoice has many of: lines, events, summaries."""

import grpc

from invoices.v1 import (
    correction_pb2,
    event_pb2,
    ingest_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, STRANGER, Api, bearer, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Event = event_pb2.Event


async def test_summaries_are_listed_newest_first_in_pages(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    made = [
        await api.summarize.SummarizeInvoice(
            summarize_service_pb2.SummarizeInvoiceRequest(name=invoice.name, language_code=code),
            metadata=OWNER,
        )
        for code in ("en", "de", "fr")
    ]
    request = query_service_pb2.ListSummariesRequest(parent=invoice.name, page_size=2)
    first = await api.query.ListSummaries(request, metadata=OWNER)
    request.page_token = first.next_page_token
    second = await api.query.ListSummaries(request, metadata=OWNER)
    assert [*first.summaries, *second.summaries] == made[::-1]
    assert second.next_page_token == ""
    got = await api.query.GetSummary(
        query_service_pb2.GetSummaryRequest(name=made[0].name), metadata=OWNER
    )
    assert got == made[0]
    request.page_token = "x"
    refusal = await refusal_of(api.query.ListSummaries(request, metadata=OWNER))
    assert refusal.reason == "INVALID_PAGE_TOKEN"


async def test_lines_come_in_pages_with_what_is_known_of_them(api: Api) -> None:
    invoice = await api.read(ubl_invoice(lines=5))
    request = query_service_pb2.ListLinesRequest(parent=invoice.name, page_size=2)
    lines: list[query_service_pb2.AnnotatedLine] = []
    while True:
        page = await api.query.ListLines(request, metadata=OWNER)
        assert (page.total_size, page.invoice_etag) == (5, invoice.etag)
        lines += page.lines
        request.page_token = page.next_page_token
        if not request.page_token:
            break
    assert [line.index for line in lines] == [0, 1, 2, 3, 4]
    assert [line.line for line in lines] == [*invoice.content.lines]
    annotations = [each for each in invoice.annotations if each.field_path.startswith("lines[")]
    assert [each for line in lines for each in line.annotations] == annotations
    assert annotations


async def test_pages_of_lines_are_of_one_state_of_the_invoice(api: Api) -> None:
    invoice = await api.read(ubl_invoice(lines=3))
    request = query_service_pb2.ListLinesRequest(parent=invoice.name, page_size=2)
    request.page_token = (await api.query.ListLines(request, metadata=OWNER)).next_page_token
    correction = correction_pb2.Correction(field_path="lines[0]", clear=True)
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=invoice.name, corrections=[correction]),
        metadata=OWNER,
    )
    refusal = await refusal_of(api.query.ListLines(request, metadata=OWNER))
    assert (refusal.code, refusal.reason) == (Code.ABORTED, "ETAG_MISMATCH")
    request.page_token = "x"
    refusal = await refusal_of(api.query.ListLines(request, metadata=OWNER))
    assert refusal.reason == "INVALID_PAGE_TOKEN"


async def test_invoice_that_is_not_read_has_no_lines(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    request = query_service_pb2.ListLinesRequest(parent=name)
    page = await idle_api.query.ListLines(request, metadata=OWNER)
    assert (len(page.lines), page.total_size, page.next_page_token) == (0, 0, "")


async def test_history_says_who_did_what_newest_first_in_pages(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    correction = correction_pb2.Correction(field_path="project_reference", value="P-1")
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(name=invoice.name, corrections=[correction]),
        metadata=bearer("editor"),
    )
    await api.review.ApproveInvoice(
        review_service_pb2.ApproveInvoiceRequest(name=invoice.name), metadata=bearer("reviewer")
    )
    request = query_service_pb2.ListEventsRequest(parent=invoice.name, page_size=2)
    first = await api.query.ListEvents(request, metadata=OWNER)
    assert len(first.events) == 2
    approved, corrected = first.events
    assert (approved.kind, approved.actor) == (Event.INVOICE_APPROVED, "one reviewer")
    assert (corrected.kind, corrected.actor) == (Event.INVOICE_CORRECTED, "one editor")
    assert [*corrected.changed] == ["project_reference"]
    assert approved.name.startswith(f"{invoice.name}/events/")
    assert corrected.time.ToDatetime() <= approved.time.ToDatetime()
    request.page_token = first.next_page_token
    second = await api.query.ListEvents(request, metadata=OWNER)
    assert [event.kind for event in second.events] == [Event.INVOICE_READY, Event.INVOICE_RECEIVED]
    assert second.next_page_token == ""
    assert second.events[1].actor == "olga"


async def test_history_of_another_tenant_is_not_found(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    request = query_service_pb2.ListEventsRequest(parent=invoice.name)
    refusal = await refusal_of(api.query.ListEvents(request, metadata=STRANGER))
    assert refusal.code is Code.NOT_FOUND


async def test_history_outlives_the_invoice(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    await api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=invoice.name), metadata=OWNER
    )
    request = query_service_pb2.ListEventsRequest(parent=invoice.name)
    events = (await api.query.ListEvents(request, metadata=OWNER)).events
    assert [event.kind for event in events] == [
        Event.INVOICE_DELETED,
        Event.INVOICE_READY,
        Event.INVOICE_RECEIVED,
    ]
