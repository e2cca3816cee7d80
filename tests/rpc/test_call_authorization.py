"""Every method against every role, without credentials, with wrong ones, and from another tenant."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.message import Message

from invoice_summarizer.domain.principal import Role
from invoice_summarizer.rpc.authorization import ROLES
from invoices.v1 import (
    ingest_service_pb2 as ingest,
)
from invoices.v1 import (
    page_service_pb2 as page,
)
from invoices.v1 import (
    query_service_pb2 as query,
)
from invoices.v1 import (
    review_service_pb2 as review,
)
from invoices.v1 import (
    summarize_service_pb2 as summarize,
)
from invoices.v1 import (
    validate_service_pb2 as validate,
)
from refusal import Refusal, refusal_of
from rpc_fixture import OTHER_TENANT, OWNER, STRANGER, TENANT, Api, bearer, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
_IN_TENANT = f"{TENANT}/invoices/x"
_OPERATION = f"{TENANT}/operations/x"
_BATCH = f"{TENANT}/batches/x"

# A request of each method that names the tenant; ValidateInvoice names none.
REQUESTS: dict[str, Message] = {
    "/invoices.v1.IngestService/IngestInvoice": ingest.IngestInvoiceRequest(parent=TENANT),
    "/invoices.v1.IngestService/UploadInvoice": ingest.UploadInvoiceRequest(
        header=ingest.UploadHeader(parent=TENANT)
    ),
    "/invoices.v1.IngestService/DeleteInvoice": ingest.DeleteInvoiceRequest(name=_IN_TENANT),
    "/invoices.v1.IngestService/ReprocessInvoice": ingest.ReprocessInvoiceRequest(name=_IN_TENANT),
    "/invoices.v1.ReviewService/CorrectInvoice": review.CorrectInvoiceRequest(name=_IN_TENANT),
    "/invoices.v1.ReviewService/ApproveInvoice": review.ApproveInvoiceRequest(name=_IN_TENANT),
    "/invoices.v1.ReviewService/RejectInvoice": review.RejectInvoiceRequest(
        name=_IN_TENANT, comment="wrong"
    ),
    "/invoices.v1.ReviewService/ReopenInvoice": review.ReopenInvoiceRequest(
        name=_IN_TENANT, comment="wrong"
    ),
    "/invoices.v1.SummarizeService/SummarizeInvoice": summarize.SummarizeInvoiceRequest(
        name=_IN_TENANT
    ),
    "/invoices.v1.SummarizeService/StreamSummary": summarize.StreamSummaryRequest(name=_IN_TENANT),
    "/invoices.v1.SummarizeService/ExplainClaim": summarize.ExplainClaimRequest(
        name=f"{_IN_TENANT}/summaries/x"
    ),
    "/invoices.v1.SummarizeService/CreateBatch": summarize.CreateBatchRequest(parent=TENANT),
    "/invoices.v1.SummarizeService/GetBatch": summarize.GetBatchRequest(name=_BATCH),
    "/invoices.v1.SummarizeService/ListBatches": summarize.ListBatchesRequest(parent=TENANT),
    "/invoices.v1.SummarizeService/ListBatchItems": summarize.ListBatchItemsRequest(parent=_BATCH),
    "/invoices.v1.SummarizeService/CancelBatch": summarize.CancelBatchRequest(name=_BATCH),
    "/invoices.v1.SummarizeService/DeleteBatch": summarize.DeleteBatchRequest(name=_BATCH),
    "/invoices.v1.ValidateService/ValidateInvoice": validate.ValidateInvoiceRequest(),
    "/invoices.v1.QueryService/GetInvoice": query.GetInvoiceRequest(name=_IN_TENANT),
    "/invoices.v1.QueryService/ListInvoices": query.ListInvoicesRequest(parent=TENANT),
    "/invoices.v1.QueryService/AggregateInvoices": query.AggregateInvoicesRequest(parent=TENANT),
    "/invoices.v1.QueryService/ListLines": query.ListLinesRequest(parent=_IN_TENANT),
    "/invoices.v1.QueryService/ListEvents": query.ListEventsRequest(parent=_IN_TENANT),
    "/invoices.v1.QueryService/GetDocument": query.GetDocumentRequest(name=_IN_TENANT),
    "/invoices.v1.QueryService/ExportInvoices": query.ExportInvoicesRequest(
        parent=TENANT, format=query.ExportInvoicesRequest.UBL
    ),
    "/invoices.v1.PageService/RenderPage": page.RenderPageRequest(name=_IN_TENANT, page=1),
    "/invoices.v1.PageService/GetAttachment": page.GetAttachmentRequest(
        name=_IN_TENANT, sha256="0" * 64
    ),
    "/invoices.v1.QueryService/GetSummary": query.GetSummaryRequest(
        name=f"{_IN_TENANT}/summaries/x"
    ),
    "/invoices.v1.QueryService/ListSummaries": query.ListSummariesRequest(parent=_IN_TENANT),
    "/google.longrunning.Operations/GetOperation": operations_pb2.GetOperationRequest(
        name=_OPERATION
    ),
    "/google.longrunning.Operations/ListOperations": operations_pb2.ListOperationsRequest(
        name=TENANT
    ),
    "/google.longrunning.Operations/WaitOperation": operations_pb2.WaitOperationRequest(
        name=_OPERATION
    ),
    "/google.longrunning.Operations/CancelOperation": operations_pb2.CancelOperationRequest(
        name=_OPERATION
    ),
}
_NAMES_NO_TENANT = "/invoices.v1.ValidateService/ValidateInvoice"


async def outcome(api: Api, method: str, metadata: tuple[tuple[str, str], ...]) -> Refusal | None:
    """Returns how the method refuses its request of the table; None where it succeeds."""
    return await _outcome(api, method, REQUESTS[method].SerializeToString(), metadata)


async def _outcome(
    api: Api, method: str, request: bytes, metadata: tuple[tuple[str, str], ...]
) -> Refusal | None:
    channel: Any = api.channel
    try:
        if method.endswith("/UploadInvoice"):
            await channel.stream_unary(method)(iter([request]), metadata=metadata)
        elif method.endswith(("/GetDocument", "/RenderPage", "/GetAttachment", "/ExportInvoices")):
            [_ async for _ in channel.unary_stream(method)(request, metadata=metadata)]
        else:
            await channel.unary_unary(method)(request, metadata=metadata)
    except grpc.aio.AioRpcError as error:
        return await refusal_of(_raising(error))
    return None


async def _raising(error: Exception) -> None:
    raise error


def cases() -> Iterator[Any]:
    for method, open_to in ROLES.items():
        for role in Role:
            yield pytest.param(method, role, role in open_to, id=f"{method.split('/')[-1]}-{role}")


def test_the_table_has_every_method_that_is_served() -> None:
    assert REQUESTS.keys() == ROLES.keys()


@pytest.mark.parametrize(("method", "role", "is_open"), [*cases()])
async def test_method_is_open_to_its_roles_alone(
    idle_api: Api, method: str, role: Role, is_open: bool
) -> None:
    refusal = await outcome(idle_api, method, bearer(role.value))
    refused = refusal is not None and refusal.code is Code.PERMISSION_DENIED
    assert refused is not is_open
    if refused:
        assert refusal is not None and refusal.reason == "ROLE_MISSING"


@pytest.mark.parametrize("method", REQUESTS)
async def test_call_without_good_credentials_is_unauthenticated(idle_api: Api, method: str) -> None:
    for metadata, reason in (
        ((), "CREDENTIALS_MISSING"),
        ((("authorization", "Basic b3duZXI="),), "CREDENTIALS_MISSING"),
        ((("authorization", "Bearer"),), "CREDENTIALS_MISSING"),
        (bearer(""), "CREDENTIALS_INVALID"),
        (bearer("owner2"), "CREDENTIALS_INVALID"),
    ):
        refusal = await outcome(idle_api, method, metadata)
        assert refusal is not None
        assert (refusal.code, refusal.reason) == (Code.UNAUTHENTICATED, reason)


@pytest.mark.parametrize("method", [name for name in REQUESTS if name != _NAMES_NO_TENANT])
async def test_name_of_another_tenant_is_not_found(idle_api: Api, method: str) -> None:
    """Whether the resource is there or not: the answer is the same in every part of it."""
    operation = await idle_api.ingested(ubl_invoice())
    answers = {
        (refusal.code, refusal.reason, refusal.message)
        for request in _with_real_names(REQUESTS[method], operation)
        if (refusal := await _outcome(idle_api, method, request, STRANGER))
    }
    assert answers == {(Code.NOT_FOUND, "RESOURCE_NOT_FOUND", "no such resource")}


def _with_real_names(request: Message, operation: operations_pb2.Operation) -> Iterator[bytes]:
    """Yields the request, and the same with names of what is there."""
    yield request.SerializeToString()
    real = type(request)()
    real.CopyFrom(request)
    _rename(
        real,
        lambda name: name.replace(_OPERATION, operation.name).replace(
            _IN_TENANT, invoice_name(operation)
        ),
    )
    yield real.SerializeToString()


def _rename(message: Any, renamed: Callable[[str], str]) -> None:
    for field, value in message.ListFields():
        if field.name in ("name", "parent"):
            setattr(message, field.name, renamed(value))
        elif field.message_type is not None:
            _rename(value, renamed)


async def test_lists_hold_the_callers_tenant_alone(api: Api) -> None:
    mine, theirs = await api.read(ubl_invoice()), await api.read(ubl_invoice(), metadata=STRANGER)
    for parent, metadata, name in (
        (TENANT, OWNER, mine.name),
        (OTHER_TENANT, STRANGER, theirs.name),
    ):
        invoices = await api.query.ListInvoices(
            query.ListInvoicesRequest(parent=parent), metadata=metadata
        )
        assert [invoice.name for invoice in invoices.invoices] == [name]
        operations = await api.operations.ListOperations(
            operations_pb2.ListOperationsRequest(name=parent), metadata=metadata
        )
        assert [invoice_name(operation) for operation in operations.operations] == [name]


async def test_method_without_an_entry_is_not_served(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    refusal = await refusal_of(
        idle_api.operations.DeleteOperation(
            operations_pb2.DeleteOperationRequest(name=operation.name), metadata=OWNER
        )
    )
    assert (refusal.code, refusal.reason) == (Code.UNIMPLEMENTED, "METHOD_UNIMPLEMENTED")
    unknown = await _outcome(idle_api, "/invoices.v1.QueryService/NoSuchMethod", b"", OWNER)
    assert unknown is not None and unknown.code is Code.UNIMPLEMENTED


async def test_scheme_of_the_token_is_read_in_any_case(api: Api) -> None:
    for header in ("bearer owner", "BEARER owner ", "Bearer  owner"):
        request = query.ListInvoicesRequest(parent=TENANT)
        await api.query.ListInvoices(request, metadata=(("authorization", header),))
