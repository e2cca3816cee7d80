"""Workers and servers of two versions on one database, as while the one takes the other's place."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import grpc.aio
import later_version
import pytest
from google.longrunning import operations_pb2, operations_pb2_grpc
from later_version import LATER_EVENT, LATER_KIND

from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.services import ingest, query, worker
from invoices.v1 import event_pb2, invoice_pb2, query_service_pb2, query_service_pb2_grpc
from rpc_fixture import bearer, operation_metadata
from small_invoice import ubl_invoice
from worker_fixture import Backlog

PARENT = "tenants/acme"
THIS = {
    service.__name__.rpartition(".")[2]: (service.__name__,) for service in (ingest, query, worker)
}
LATER = {name: (later_version.__name__, name) for name in THIS}
_VERSION = ProtobufViewRenderer().version
_ARE_OF_THIS = f"""
    SELECT FROM invoices JOIN invoice_views AS views ON views.invoice_id = invoices.id
    WHERE '{_VERSION}' IN (invoices.view_version, views.version)
"""


async def is_done(backlog: Backlog, operation: Operation) -> None:
    await backlog.until(
        "SELECT FROM operations WHERE id = %s AND state = 'succeeded'", operation.id
    )


@asynccontextmanager
async def served(backlog: Backlog, *command: str) -> AsyncIterator[grpc.aio.Channel]:
    """Starts a server; yields a channel to it."""
    process = await backlog.start(*command, log=asyncio.subprocess.STDOUT)
    assert process.stdout is not None
    async for line in process.stdout:
        if (told := json.loads(line))["event"] == "serving":
            break
    async with grpc.aio.insecure_channel(f"127.0.0.1:{told['port']}") as channel:
        yield channel


async def add_later_and_healthy(backlog: Backlog) -> tuple[Operation, Operation]:
    """Adds two documents; what the first waits for is of a kind that only the later version knows."""
    later, healthy = await backlog.add([ubl_invoice("R-1"), ubl_invoice("R-2")])
    await backlog.change("UPDATE operations SET kind = %s WHERE id = %s", LATER_KIND, later.id)
    return later, healthy


async def views_are_renewed(backlog: Backlog, *command: str) -> None:
    """Returns once a new worker of the version has had its turn at the task, which was due."""
    await backlog.change("UPDATE scheduled_tasks SET due_at = now(), finished_at = NULL")
    process = await backlog.start(*command)
    await backlog.until(
        "SELECT FROM scheduled_tasks WHERE name = 'renew_views' AND finished_at IS NOT NULL"
    )
    process.terminate()
    assert await process.wait() == 0


async def test_each_worker_works_on_what_it_knows(backlog: Backlog) -> None:
    later, healthy = await add_later_and_healthy(backlog)
    await backlog.start(*THIS["worker"])
    await is_done(backlog, healthy)
    states = dict(await backlog.rows("SELECT id, state || ' ' || attempt FROM operations"))
    assert states == {later.id: "pending 0", healthy.id: "succeeded 1"}
    of_later = await backlog.start(*LATER["worker"])
    await is_done(backlog, later)
    [(who,)] = await backlog.rows("SELECT worker FROM operations WHERE id = %s", later.id)
    assert who.endswith(f"-{of_later.pid}")


async def test_views_are_renewed_in_one_direction(backlog: Backlog) -> None:
    _, healthy = await add_later_and_healthy(backlog)
    process = await backlog.start(*THIS["worker"])
    await is_done(backlog, healthy)
    assert await backlog.rows(_ARE_OF_THIS)
    process.terminate()
    assert await process.wait() == 0
    await views_are_renewed(backlog, *LATER["worker"])
    assert not await backlog.rows(_ARE_OF_THIS)
    await views_are_renewed(backlog, *THIS["worker"])
    assert not await backlog.rows(_ARE_OF_THIS)


@pytest.mark.parametrize("version", [THIS, LATER], ids=["this", "later"])
async def test_servers_of_both_versions_answer_about_all(
    backlog: Backlog, version: dict[str, tuple[str, ...]]
) -> None:
    later, healthy = await add_later_and_healthy(backlog)
    await backlog.start(*THIS["worker"])
    await is_done(backlog, healthy)
    await backlog.start(*LATER["worker"])
    await is_done(backlog, later)
    assert await backlog.rows("SELECT FROM audit_log WHERE kind = %s", LATER_EVENT)
    caller = bearer(backlog.token)
    async with served(backlog, *version["query"]) as channel:
        stub: Any = query_service_pb2_grpc.QueryServiceStub(channel)
        names = [f"{PARENT}/invoices/{each.invoice_id}" for each in (later, healthy)]
        for name in names:
            request = query_service_pb2.GetInvoiceRequest(name=name)
            assert (
                await stub.GetInvoice(request, metadata=caller)
            ).status == invoice_pb2.Invoice.READY
        page = await stub.ListInvoices(
            query_service_pb2.ListInvoicesRequest(parent=PARENT), metadata=caller
        )
        assert {each.name for each in page.invoices} == {*names}
        history = await stub.ListEvents(
            query_service_pb2.ListEventsRequest(parent=names[0]), metadata=caller
        )
        kinds = [each.kind for each in reversed(history.events)]
        assert kinds == [event_pb2.Event.INVOICE_RECEIVED, event_pb2.Event.KIND_UNSPECIFIED]
    async with served(backlog, *version["ingest"]) as channel:
        operations: Any = operations_pb2_grpc.OperationsStub(channel)
        listed = await operations.ListOperations(
            operations_pb2.ListOperationsRequest(name=PARENT), metadata=caller
        )
        shown = {each.name: operation_metadata(each).kind for each in listed.operations}
        assert len(shown) == 2 and 0 in shown.values()
        for name in shown:
            request = operations_pb2.GetOperationRequest(name=name)
            got = await operations.GetOperation(request, metadata=caller)
            assert got.done and got.HasField("response")


async def test_reason_for_review_of_a_later_version_is_shown_as_another(backlog: Backlog) -> None:
    [operation] = await backlog.add([ubl_invoice("R-1")])
    await backlog.start(*THIS["worker"])
    await is_done(backlog, operation)
    # As the later version writes it: this one makes the message of the columns.
    await backlog.change(
        "UPDATE invoices SET status = 'review_pending', review_reasons = '[{\"code\": \"SEEN_BEFORE\"}]',"
        " view_version = 'later'"
    )
    async with asyncio.timeout(60), served(backlog, *THIS["query"]) as channel:
        stub: Any = query_service_pb2_grpc.QueryServiceStub(channel)
        request = query_service_pb2.GetInvoiceRequest(
            name=f"{PARENT}/invoices/{operation.invoice_id}"
        )
        invoice = await stub.GetInvoice(request, metadata=bearer(backlog.token))
    assert list(invoice.review_reasons) == ["OTHER"]
