"""google.longrunning.Operations: look, list, wait, cancel."""

import asyncio
from typing import Any

import grpc
import pytest
from google.longrunning import operations_pb2
from google.protobuf.duration_pb2 import Duration
from google.rpc.code_pb2 import Code as RpcCode
from google.rpc.error_details_pb2 import ErrorInfo

from invoices.v1 import ingest_service_pb2, invoice_pb2, operation_pb2, validate_service_pb2
from refusal import refusal_of
from rpc_fixture import OWNER, TENANT, Api, ingest_request, invoice_name, operation_metadata
from small_invoice import ubl_invoice

Code = grpc.StatusCode
State = operation_pb2.OperationMetadata.State


async def got(api: Api, name: str) -> operations_pb2.Operation:
    answer: operations_pb2.Operation = await api.operations.GetOperation(
        operations_pb2.GetOperationRequest(name=name), metadata=OWNER
    )
    return answer


async def cancel(api: Api, name: str) -> None:
    await api.operations.CancelOperation(
        operations_pb2.CancelOperationRequest(name=name), metadata=OWNER
    )


async def waited(api: Api, name: str, timeout: Duration | None) -> operations_pb2.Operation:
    answer: operations_pb2.Operation = await api.operations.WaitOperation(
        operations_pb2.WaitOperationRequest(name=name, timeout=timeout), metadata=OWNER
    )
    return answer


def info_of(operation: operations_pb2.Operation) -> ErrorInfo:
    info = ErrorInfo()
    assert operation.error.details[0].Unpack(info)
    return info


def reason_of(operation: operations_pb2.Operation) -> str:
    return str(info_of(operation).reason)


async def test_failed_operation_has_a_typed_reason(api: Api) -> None:
    operation = await api.ingested(b"<unknown/>")
    done = await api.done(operation.name)
    assert (done.error.code, reason_of(done)) == (RpcCode.FAILED_PRECONDITION, "XML_SYNTAX_UNKNOWN")
    invoice = await api.invoice(invoice_name(operation))
    assert (invoice.status, invoice.failure_reason) == (
        invoice_pb2.Invoice.FAILED,
        "XML_SYNTAX_UNKNOWN",
    )
    assert await got(api, operation.name) == done


async def test_error_of_a_failed_operation_says_what_validation_says(api: Api) -> None:
    deep = b"<a>" * 65 + b"</a>" * 65
    operation = await api.done((await api.ingested(deep)).name)
    request = validate_service_pb2.ValidateInvoiceRequest(document=ingest_request(deep).document)
    refusal = await refusal_of(api.validate.ValidateInvoice(request, metadata=OWNER))
    assert (reason_of(operation), dict(info_of(operation).metadata)) == (
        refusal.reason,
        refusal.metadata,
    )
    assert refusal.metadata == {"limit": "DEPTH"}


async def test_operation_that_has_succeeded_has_its_invoice_as_it_is_now(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    [listed] = (
        await api.operations.ListOperations(
            operations_pb2.ListOperationsRequest(name=TENANT), metadata=OWNER
        )
    ).operations
    assert listed.done and not listed.HasField("response")
    response = invoice_pb2.Invoice()
    assert (await got(api, listed.name)).response.Unpack(response)
    assert response == invoice


async def test_operations_are_listed_newest_first_in_pages_by_whether_they_are_done(
    idle_api: Api,
) -> None:
    names = [(await idle_api.ingested(ubl_invoice(f"R-{n}"))).name for n in range(5)]
    await cancel(idle_api, names[3])

    async def listed(filter: str) -> list[str]:
        found, token = [], ""
        while True:
            answer = await idle_api.operations.ListOperations(
                operations_pb2.ListOperationsRequest(
                    name=TENANT, filter=filter, page_size=2, page_token=token
                ),
                metadata=OWNER,
            )
            found += [operation.name for operation in answer.operations]
            token = answer.next_page_token
            if not token:
                return found

    assert await listed("") == names[::-1]
    assert await listed("done=true") == [names[3]]
    assert await listed(" done = false ") == [names[4], names[2], names[1], names[0]]


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        ({"filter": "state=x"}, "INVALID_FILTER", "filter"),
        ({"page_token": "x"}, "INVALID_PAGE_TOKEN", "page_token"),
        ({"page_size": -1}, "INVALID_PAGE_SIZE", "page_size"),
    ],
)
async def test_list_refuses_what_it_does_not_understand(
    api: Api, request_: dict[str, Any], reason: str, field: str
) -> None:
    request = operations_pb2.ListOperationsRequest(name=TENANT, **request_)
    refusal = await refusal_of(api.operations.ListOperations(request, metadata=OWNER))
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        reason,
        (field,),
    )


async def test_unknown_operation_is_not_found(api: Api) -> None:
    name = f"{TENANT}/operations/x"
    for call in (got(api, name), cancel(api, name), waited(api, name, None)):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "RESOURCE_NOT_FOUND")


async def test_cancelled_operation_is_done_and_its_invoice_has_failed(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    await cancel(idle_api, operation.name)
    done = await got(idle_api, operation.name)
    assert done.done and operation_metadata(done).state == State.CANCELLED
    assert (done.error.code, reason_of(done)) == (RpcCode.CANCELLED, "OPERATION_CANCELLED")
    invoice = await idle_api.invoice(invoice_name(operation))
    assert (invoice.status, invoice.failure_reason) == (
        invoice_pb2.Invoice.FAILED,
        "OPERATION_CANCELLED",
    )
    refusal = await refusal_of(cancel(idle_api, operation.name))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "OPERATION_DONE")


async def test_invoice_of_a_cancelled_operation_can_be_processed_again(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    await cancel(idle_api, operation.name)
    again = await idle_api.ingest.ReprocessInvoice(
        ingest_service_pb2.ReprocessInvoiceRequest(name=invoice_name(operation)), metadata=OWNER
    )
    assert again.name != operation.name
    invoice = await idle_api.invoice(invoice_name(operation))
    # It stands as it did until it has been read.
    assert (invoice.status, invoice.failure_reason) == (
        invoice_pb2.Invoice.FAILED,
        "OPERATION_CANCELLED",
    )


async def test_done_operation_cannot_be_cancelled(api: Api) -> None:
    operation = await api.ingested(ubl_invoice())
    await api.done(operation.name)
    refusal = await refusal_of(cancel(api, operation.name))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "OPERATION_DONE")


async def test_wait_ends_with_the_operation_as_it_stands(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    for timeout in (
        Duration(),
        Duration(nanos=1_000_000),
        Duration(seconds=-(2**62)),
        Duration(nanos=-5),
    ):
        assert not (await waited(idle_api, operation.name, timeout)).done


@pytest.mark.parametrize("timeout", [None, Duration(seconds=2**62)])
async def test_wait_ends_when_the_operation_is_cancelled(
    idle_api: Api, timeout: Duration | None
) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    waiting = asyncio.create_task(waited(idle_api, operation.name, timeout))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await cancel(idle_api, operation.name)
    async with asyncio.timeout(20):
        done = await waiting
    assert done.done and reason_of(done) == "OPERATION_CANCELLED"


async def test_operation_goes_with_its_invoice(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    await idle_api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=invoice_name(operation)), metadata=OWNER
    )
    assert (await refusal_of(got(idle_api, operation.name))).code is Code.NOT_FOUND


async def test_every_method_takes_the_names_that_its_rest_path_gives(idle_api: Api) -> None:
    operation = await idle_api.ingested(ubl_invoice())
    assert operation.name.startswith(f"{TENANT}/operations/")
    assert (await got(idle_api, operation.name)).name == operation.name
    assert (await waited(idle_api, operation.name, Duration())).name == operation.name
    listed = await idle_api.operations.ListOperations(
        operations_pb2.ListOperationsRequest(name=TENANT), metadata=OWNER
    )
    assert [each.name for each in listed.operations] == [operation.name]
    await cancel(idle_api, operation.name)
    for name in ("operations", f"{TENANT}/operations", "operations/x"):
        refusal = await refusal_of(
            idle_api.operations.ListOperations(
                operations_pb2.ListOperationsRequest(name=name), metadata=OWNER
            )
        )
        assert (refusal.reason, refusal.fields) == ("INVALID_NAME", ("name",))
