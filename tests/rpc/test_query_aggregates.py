"""QueryService: exact sums, for each currency and by what else is asked for."""

from decimal import Decimal
from typing import Any

import grpc
import pytest

from invoices.v1 import (
    invoice_pb2,
    query_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, TENANT, Api
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Dimension = query_service_pb2.AggregateInvoicesRequest.Dimension


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


async def test_answer_has_totals_in_order_and_what_is_told_apart(api: Api) -> None:
    await api.read(ubl_invoice("R-1", seller="A", issue_date="2026-02-05"))
    await api.read(ubl_invoice("R-2", seller="a", issue_date="2026-01-25"))
    await api.done((await api.ingested(b"<Order/>")).name)
    request = query_service_pb2.AggregateInvoicesRequest(parent=TENANT, group_by=[Dimension.MONTH])
    answer = await api.query.AggregateInvoices(request, metadata=OWNER)
    assert [each.month for each in answer.aggregates] == ["2026-01", "2026-02"]
    [total] = answer.totals
    assert (total.currency_code, total.count, total.amount_with_vat) == ("EUR", 2, "238.00")
    assert not total.HasField("month")
    assert answer.apart == query_service_pb2.InvoicesApart(failed=1)
    request.group_by[:] = [Dimension.SUPPLIER]
    [group] = (await api.query.AggregateInvoices(request, metadata=OWNER)).aggregates
    assert (group.supplier, group.count) == ("A", 2)
    assert group.lacking == query_service_pb2.LackingAmounts()


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
