"""REST gives what gRPC gives: the same answers and the same errors, as JSON with the names of the protos."""

import base64
from typing import Any, cast

import grpc.aio
import pytest
from google.longrunning import operations_pb2
from google.rpc import status_pb2
from grpc_status import rpc_status
from rest_stack import Rest, canonical

from invoices.v1 import query_service_pb2, summarize_service_pb2
from small_invoice import ubl_invoice

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def ingested(rest: Rest, number: str) -> str:
    """Sends a new document by REST, waits until it is read, and returns the invoice's name."""
    document = {"data": base64.b64encode(ubl_invoice(number)).decode(), "file_name": "a.xml"}
    sent = await rest.post(f"{rest.parent}/invoices:ingest", {"document": document})
    assert sent.status == 200, sent.body
    done = await rest.post(f"/v1/{sent.json['name']}:wait", {"timeout": "30s"})
    assert done.json["done"], done.body
    return str(done.json["response"]["name"])


async def test_invoice_is_the_same_by_both(rest: Rest) -> None:
    name = await ingested(rest, "G-1")
    by_rest = await rest.get(f"/v1/{name}")
    by_grpc = await rest.direct.query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=name), metadata=rest.direct.credentials
    )
    assert canonical(by_rest.body) == canonical(by_grpc)
    assert by_rest.json["content"]["invoice_number"] == "G-1"


async def test_list_with_filter_is_the_same_by_both(rest: Rest) -> None:
    await ingested(rest, "G-2")
    query = "filter=invoice_number%3D%22G-2%22&page_size=5&view=INVOICE_VIEW_FULL"
    by_rest = await rest.get(f"{rest.parent}/invoices?{query}")
    by_grpc = await rest.direct.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(
            parent=rest.direct.parent,
            filter='invoice_number="G-2"',
            page_size=5,
            view=2,  # type: ignore[arg-type]  # by its number, as REST names it
        ),
        metadata=rest.direct.credentials,
    )
    assert canonical(by_rest.body) == canonical(by_grpc)
    assert by_rest.json["total_size"] == 1


async def test_operation_is_the_same_by_both(rest: Rest) -> None:
    await ingested(rest, "G-3")
    listed = await rest.get(f"{rest.parent}/operations?filter=done%3Dtrue")
    name = listed.json["operations"][0]["name"]
    by_rest = await rest.get(f"/v1/{name}")
    by_grpc = await rest.direct.operations.GetOperation(
        operations_pb2.GetOperationRequest(name=name), metadata=rest.direct.credentials
    )
    assert canonical(by_rest.body) == canonical(by_grpc)
    assert by_rest.json["response"]["@type"] == "type.googleapis.com/invoices.v1.Invoice"


async def test_summary_is_the_same_by_both(rest: Rest) -> None:
    name = await ingested(rest, "G-4")
    by_rest = await rest.post(f"/v1/{name}:summarize", {"language_code": "de"})
    by_grpc = await rest.direct.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=name, language_code="de"),
        metadata=rest.direct.credentials,
    )
    by_grpc.ClearField("stored_before")  # it is, by the first call
    assert canonical(by_rest.body) == canonical(by_grpc)


async def test_error_is_the_same_by_both_under_the_callers_request_id(rest: Rest) -> None:
    by_rest = await rest.get(f"{rest.parent}/invoices?filter=colour%3D1", **{"X-Request-Id": "r-1"})
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await rest.direct.query.ListInvoices(
            query_service_pb2.ListInvoicesRequest(parent=rest.direct.parent, filter="colour=1"),
            metadata=(*rest.direct.credentials, ("x-request-id", "r-1")),
        )
    status: status_pb2.Status = rpc_status.from_call(cast(Any, refused.value))
    assert by_rest.status == 400
    assert canonical(by_rest.body) == canonical(status)
    assert by_rest.headers["X-Request-Id"] == "r-1"


async def test_tenant_of_others_is_not_found(rest: Rest) -> None:
    answer = await rest.get("/v1/tenants/other/invoices")
    assert (answer.status, answer.reason) == (404, "RESOURCE_NOT_FOUND")


async def test_gateway_is_ready_and_counts_by_status(rest: Rest) -> None:
    ready = await rest.gateway.request("GET", "/readyz")
    assert (ready.status, ready.body) == (200, b"ok\n")
    assert (await rest.gateway.request("GET", "/healthz")).status == 200
    await rest.gateway.request("GET", f"{rest.parent}/invoices")
    metrics = await rest.gateway.metrics()
    route = "/v1/{parent=tenants/*}/invoices"
    assert f'http_requests_total{{method="GET",route="{route}",status="401"}} 1' in metrics
    assert "http_request_duration_seconds_bucket" in metrics


async def test_openapi_has_every_path_with_names_of_the_protos(rest: Rest) -> None:
    answer = await rest.gateway.request("GET", "/openapi.json")
    paths = answer.json["paths"]
    assert "/v1/tenants/{tenant}/invoices/{invoice}:approve" in paths
    assert "/v1/tenants/{tenant}/operations/{operation}:wait" in paths
    assert not [path for path in paths if path.startswith("/v1/operations")]
    assert "invoice_number" in answer.json["definitions"]["v1InvoiceContent"]["properties"]
