"""QueryService: single resources, pages over changing data, filters, exact sums."""

from decimal import Decimal
from typing import Any

import grpc
import pytest
from google.api import httpbody_pb2

from invoice_summarizer.rpc.query_servicer import CHUNK_BYTES, MAXIMUM_FULL_PAGE_SIZE
from invoices.v1 import (
    correction_pb2,
    event_pb2,
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
)
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, STRANGER, TENANT, Api, bearer, invoice_name, upload
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Dimension = query_service_pb2.AggregateInvoicesRequest.Dimension
Event = event_pb2.Event
View = invoice_pb2.InvoiceView


async def listed(
    api: Api, *, filter: str = "", order_by: str = "", page_size: int = 0, page_token: str = ""
) -> query_service_pb2.ListInvoicesResponse:
    return await api.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(
            parent=TENANT,
            filter=filter,
            order_by=order_by,
            page_size=page_size,
            page_token=page_token,
        ),
        metadata=OWNER,
    )


async def document(api: Api, name: str) -> list[httpbody_pb2.HttpBody]:
    request = query_service_pb2.GetDocumentRequest(name=name)
    return [chunk async for chunk in api.query.GetDocument(request, metadata=OWNER)]


async def numbers(api: Api, filter: str = "", order_by: str = "invoice_number") -> list[str]:
    answer = await listed(api, filter=filter, order_by=order_by)
    return [invoice.content.invoice_number for invoice in answer.invoices]


async def refused_list(api: Api, **request: str | int) -> Refusal:
    return await refusal_of(listed(api, **request))  # type: ignore[arg-type]


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


async def test_pages_lead_through_all_invoices(api: Api) -> None:
    for number in range(7):
        await api.read(ubl_invoice(f"R-{number}"))
    seen, token, sizes = [], "", []
    while True:
        page = await listed(api, order_by="invoice_number desc", page_size=3, page_token=token)
        seen += [invoice.content.invoice_number for invoice in page.invoices]
        sizes.append((len(page.invoices), page.total_size))
        token = page.next_page_token
        if not token:
            break
    assert seen == [f"R-{number}" for number in reversed(range(7))]
    assert sizes == [(3, 7), (3, 7), (1, 7)]


async def test_pages_neither_skip_nor_repeat_while_invoices_come_and_go(api: Api) -> None:
    invoices = [await api.read(ubl_invoice(f"R-{number}")) for number in range(6)]
    first = await listed(api, page_size=2)
    assert [i.content.invoice_number for i in first.invoices] == ["R-5", "R-4"]
    await api.read(ubl_invoice("R-new"))
    for gone in (invoices[4], invoices[2]):
        await api.ingest.DeleteInvoice(
            ingest_service_pb2.DeleteInvoiceRequest(name=gone.name), metadata=OWNER
        )
    second = await listed(api, page_size=9, page_token=first.next_page_token)
    assert [i.content.invoice_number for i in second.invoices] == ["R-3", "R-1", "R-0"]
    assert second.next_page_token == ""


async def test_page_token_is_good_for_its_own_request_only(api: Api) -> None:
    for number in range(3):
        await api.read(ubl_invoice(f"R-{number}"))
    token = (await listed(api, page_size=1)).next_page_token
    assert len((await listed(api, page_size=2, page_token=token)).invoices) == 2
    wrong: list[dict[str, str]] = [
        {"page_token": "x"},
        {"page_token": "ü"},
        {"page_token": token[:-1]},
        {"page_token": token, "filter": 'status="ready"'},
        {"page_token": token, "order_by": "issue_date"},
    ]
    for request in wrong:
        refusal = await refused_list(api, **request)
        assert (refusal.code, refusal.reason, refusal.fields) == (
            Code.INVALID_ARGUMENT,
            "INVALID_PAGE_TOKEN",
            ("page_token",),
        )


async def test_page_size_may_not_be_negative(api: Api) -> None:
    refusal = await refused_list(api, page_size=-1)
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "INVALID_PAGE_SIZE")
    assert (await listed(api, page_size=2_000_000_000)).total_size == 0


async def test_filter_finds_by_content_and_status(api: Api) -> None:
    await api.read(ubl_invoice("R-1", net="10.00", seller="Nordwind GmbH"))
    await api.read(ubl_invoice("R-2", net="20.00", seller="Südwind AG"))
    await api.read(ubl_invoice("R-3", net="30.00", declared_total="1.00", issue_date="2026-01-31"))
    assert await numbers(api, 'status="ready"') == ["R-1", "R-2"]
    assert await numbers(api, 'status="review_pending"') == ["R-3"]
    assert await numbers(api, 'seller.name:"südwind"') == ["R-2"]
    assert await numbers(api, "totals.amount_with_vat > 11.9") == ["R-2"]
    assert await numbers(api, "issue_date < 2026-02-01 OR totals.amount_due = 11.90") == [
        "R-1",
        "R-3",
    ]
    assert await numbers(api, 'form="XML"', "totals.amount_without_vat desc") == [
        "R-3",
        "R-2",
        "R-1",
    ]


@pytest.mark.parametrize(
    ("filter", "position"),
    [
        ('amount="1"', 0),
        ('status="ready" AND vat="1"', 19),
        ("status=", 7),
        ("status=ready AND", 16),
        ('status="ready', 7),
        ("(status=ready", 13),
        ("totals.amount_due>x", 18),
        ('status="READY"', 7),
        ("status<ready", 6),
        ("issue_date=2026-02-30", 11),
    ],
)
async def test_filter_error_says_where(api: Api, filter: str, position: int) -> None:
    for call in (
        listed(api, filter=filter),
        api.query.AggregateInvoices(
            query_service_pb2.AggregateInvoicesRequest(parent=TENANT, filter=filter),
            metadata=OWNER,
        ),
    ):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason, refusal.fields) == (
            Code.INVALID_ARGUMENT,
            "INVALID_FILTER",
            ("filter",),
        )
        assert refusal.metadata == {"position": str(position)}


async def test_value_of_an_enumeration_is_written_as_it_is_stored(api: Api) -> None:
    refusal = await refused_list(api, filter='status="READY"')
    assert "ready, review_pending" in refusal.message


async def test_order_error_says_where(api: Api) -> None:
    refusal = await refused_list(api, order_by="issue_date desc, lines")
    assert (refusal.reason, refusal.fields, refusal.metadata) == (
        "INVALID_ORDER_BY",
        ("order_by",),
        {"position": "17"},
    )


async def test_sums_are_exact_and_never_mix_currencies(api: Api) -> None:
    await api.read(ubl_invoice("R-1", net="0.10"))
    await api.read(ubl_invoice("R-2", net="0.20"))
    await api.read(ubl_invoice("R-3", net="12345678901234567.89", currency="USD"))
    answer = await api.query.AggregateInvoices(
        query_service_pb2.AggregateInvoicesRequest(parent=TENANT), metadata=OWNER
    )
    found = {a.currency_code: (a.count, a.amount_without_vat) for a in answer.aggregates}
    assert found == {"EUR": (2, "0.30"), "USD": (1, "12345678901234567.89")}


async def test_sums_are_grouped_by_what_was_asked(api: Api) -> None:
    await api.read(ubl_invoice("R-1", seller="A", issue_date="2026-01-05"))
    await api.read(ubl_invoice("R-2", seller="A", issue_date="2026-01-25"))
    await api.read(ubl_invoice("R-3", seller="B", issue_date="2026-02-25", declared_total="1.00"))
    request = query_service_pb2.AggregateInvoicesRequest(
        parent=TENANT, group_by=[Dimension.SUPPLIER, Dimension.MONTH, Dimension.STATUS]
    )
    answer = await api.query.AggregateInvoices(request, metadata=OWNER)
    assert [(a.supplier, a.month, a.status, a.count) for a in answer.aggregates] == [
        ("A", "2026-01", invoice_pb2.Invoice.READY, 2),
        ("B", "2026-02", invoice_pb2.Invoice.REVIEW_PENDING, 1),
    ]
    assert Decimal(answer.aggregates[0].amount_with_vat) == Decimal("238.00")


async def test_invoice_that_is_not_read_is_listed_without_content(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    [found] = (await listed(idle_api)).invoices
    assert (found.name, found.status) == (name, invoice_pb2.Invoice.RECEIVED)
    assert not found.HasField("content")


async def test_page_of_invoices_in_full_is_shorter(idle_api: Api) -> None:
    for number in range(MAXIMUM_FULL_PAGE_SIZE + 1):
        await idle_api.ingested(ubl_invoice(str(number)))
    request = query_service_pb2.ListInvoicesRequest(
        parent=TENANT, page_size=1000, view=View.INVOICE_VIEW_FULL
    )
    answer = await idle_api.query.ListInvoices(request, metadata=OWNER)
    assert len(answer.invoices) == MAXIMUM_FULL_PAGE_SIZE
    assert answer.next_page_token and answer.total_size == MAXIMUM_FULL_PAGE_SIZE + 1


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


@pytest.mark.parametrize("dimension", [Dimension.DIMENSION_UNSPECIFIED, 99])
async def test_sums_by_an_unknown_dimension_are_refused(api: Api, dimension: Any) -> None:
    request = query_service_pb2.AggregateInvoicesRequest(
        parent=TENANT, group_by=[Dimension.STATUS, dimension]
    )
    refusal = await refusal_of(api.query.AggregateInvoices(request, metadata=OWNER))
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "UNKNOWN_ENUM_VALUE",
        ("group_by[1]",),
    )
    assert "CURRENCY, SUPPLIER, MONTH, STATUS" in refusal.message


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
