"""QueryService: pages of invoices over changing data, filters, order."""

import grpc
import pytest

from invoice_summarizer.rpc.query_servicer import MAXIMUM_FULL_PAGE_SIZE
from invoices.v1 import (
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
)
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, TENANT, Api, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
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


async def numbers(api: Api, filter: str = "", order_by: str = "invoice_number") -> list[str]:
    answer = await listed(api, filter=filter, order_by=order_by)
    return [invoice.content.invoice_number for invoice in answer.invoices]


async def refused_list(api: Api, **request: str | int) -> Refusal:
    return await refusal_of(listed(api, **request))  # type: ignore[arg-type]


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
        ('amounts="1"', 0),
        ('status="ready" AND vat="1"', 19),
        ("status=", 7),
        ("status=ready AND", 16),
        ('status="ready', 7),
        ("(status=ready", 13),
        ("totals.amount_due>x", 18),
        ('status="DONE"', 7),
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
        assert refusal.metadata["position"] == str(position)


async def test_unknown_word_is_answered_with_the_known_ones_and_what_may_have_been_meant(
    api: Api,
) -> None:
    refusal = await refused_list(api, filter='status="waiting for review"')
    assert "ready, review_pending" in refusal.message
    assert "suggestion" not in refusal.metadata
    refusal = await refused_list(api, filter="status=redy")
    assert refusal.metadata == {"position": "7", "suggestion": "ready"}
    refusal = await refused_list(api, order_by="recieved desc")
    assert refusal.metadata == {"position": "0", "suggestion": "received"}
    assert "issue_date, payment_due_date" in refusal.message


async def test_words_of_the_tables_work_in_filters_and_orders(api: Api) -> None:
    await api.read(ubl_invoice("R-1", seller="A"))
    await api.read(ubl_invoice("R-2", seller="B", declared_total="1.00"))
    assert await numbers(api, 'status="review pending" reason:RULE_FAILED') == ["R-2"]
    assert await numbers(api, "kind=INVOICE supplier=A") == ["R-1"]
    assert await numbers(api, order_by="supplier desc") == ["R-2", "R-1"]


async def test_order_error_says_where(api: Api) -> None:
    refusal = await refused_list(api, order_by="issue_date desc, lines")
    assert (refusal.reason, refusal.fields, refusal.metadata) == (
        "INVALID_ORDER_BY",
        ("order_by",),
        {"position": "17"},
    )


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
