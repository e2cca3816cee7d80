"""Clients, connections and a worker that stand still: nobody else may wait for them, and nothing of them may stay."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator

import grpc.aio

from attack.bystander import all_alive, goes_through, served_meanwhile
from attack.halted_worker import goes_on_after_its_lease, halted_while_reading
from attack.levels import levels_in_use, require_return
from attack.outcome import Outcome
from attack.stalling_proxy import stalling_proxy
from attack.stored_documents import look_at_what_is_stored
from attack.target import Target
from attack.watch import in_mebibytes, watched
from invoices.v1 import ingest_service_pb2, query_service_pb2
from refusal import read_refusal, refusal_of_upload
from rpc_fixture import invoice_name, upload
from service_process import ServiceProcess
from small_invoice import ubl_invoice
from tenant_client import TenantClient

_TENANT = "stalls"
_UPLOADS_OF_A_TENANT = 16
_CALLS_OF_A_TENANT = 50
_PACE_SECONDS = 1.0
_LONGER_THAN_PATIENCE_SECONDS = 60.0
_AT_ONCE = 8
_READ_AT_ONCE = 4
_LARGE_BYTES = 3 << 20
_IN_FLIGHT = re.compile(r"^grpc_server_in_flight (\S+)$", re.MULTILINE)

_Messages = AsyncIterator[ingest_service_pb2.UploadInvoiceRequest]


async def attack_by_stalls(target: Target) -> Outcome:
    """Three kinds of stalled uploads, calls beyond the limit, answers that nobody reads, and a halted worker."""
    calls = target.counts.stalled_calls
    outcome = Outcome(
        attack="stalls",
        goal="others are served; limits have their reasons; nothing stays open",
        planned=3 * calls + _CALLS_OF_A_TENANT + calls + _READ_AT_ONCE + 1,
    )
    system = target.system
    first, second = (system.client(_TENANT, ingest_server=number) for number in range(2))
    before = await levels_in_use(target, outcome)
    _, unnamed, _ = await system.state.orphans()
    async with watched(system) as watch, served_meanwhile(target, outcome):
        halted = await halted_while_reading(target, first)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_slow_uploads(target, outcome, first))
            tasks.create_task(_on_the_second_server(target, outcome, second, halted.operations[0]))
        await goes_on_after_its_lease(target, outcome, halted)
        outcome.tried += 1
    for server in system.servers:
        await _nothing_in_flight(outcome, server)
    await require_return(target, outcome, before)
    most = watch.most_memory
    outcome.notes.append(f"most memory of a process: {in_mebibytes(most)}")
    await look_at_what_is_stored(outcome, system.state, _TENANT, halted.documents)
    _, left, _ = await system.state.orphans()
    outcome.require(
        left <= unnamed, f"{len(left - unnamed)} files are left of uploads that broke off"
    )
    all_alive(target, outcome)
    await goes_through(target, outcome)
    return outcome


async def _on_the_second_server(
    target: Target, outcome: Outcome, client: TenantClient, operation: str
) -> None:
    await _abandoned_uploads(target, outcome, client)
    await _too_many_calls(target, outcome, client, f"{client.parent}/operations/{operation}")
    await _uploads_through_a_stalled_proxy(target, outcome)
    await _answers_that_nobody_reads(target, outcome, client)


async def _slow_uploads(target: Target, outcome: Outcome, client: TenantClient) -> None:
    """A byte a second: those within the limit are ended for their pace, those beyond are refused at once."""
    reasons = Counter[str]()

    async def slow(number: int) -> _Messages:
        for message in upload(ubl_invoice(f"Slow-{number}")[:1], parent=client.parent):
            yield message
        for byte in ubl_invoice(f"Slow-{number}")[1:]:
            await asyncio.sleep(_PACE_SECONDS)
            yield ingest_service_pb2.UploadInvoiceRequest(chunk=bytes([byte]))

    async def send(number: int) -> None:
        outcome.tried += 1
        refusal = await refusal_of_upload(
            lambda: client.ingest.UploadInvoice(
                slow(number), metadata=client.credentials, timeout=_LONGER_THAN_PATIENCE_SECONDS
            )
        )
        reasons[refusal.reason] += 1
        if refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED:
            outcome.require(refusal.retry_seconds is not None, "a limit without a RetryInfo")

    await asyncio.gather(*(send(number) for number in range(target.counts.stalled_calls)))
    outcome.notes.append(f"slow uploads: {dict(reasons)}")
    outcome.require(reasons["STREAM_TOO_SLOW"] > 0, "a slow upload is not ended")
    beyond = target.counts.stalled_calls - _UPLOADS_OF_A_TENANT
    outcome.require(reasons["TOO_MANY_UPLOADS"] >= beyond, "uploads beyond the limit are taken")


async def _abandoned_uploads(target: Target, outcome: Outcome, client: TenantClient) -> None:
    """Clients that begin to send and go away, some with a word, some without: their connection is cut."""

    async def abandon(number: int) -> None:
        outcome.tried += 1
        messages = _HeldUpload(client.parent, ubl_invoice(f"Gone-{number}"))
        async with stalling_proxy(target.system.ingest_servers[1].port) as proxy:
            sender = client if number % 2 else _client_through(target, proxy.port)
            call = sender.ingest.UploadInvoice(messages(), metadata=sender.credentials)
            await messages.sent.wait()
            if sender is client:
                call.cancel()
            else:
                proxy.close()
                await sender.close()

    await target.on_each(range(target.counts.stalled_calls), abandon, _AT_ONCE)


async def _too_many_calls(
    target: Target, outcome: Outcome, client: TenantClient, operation: str
) -> None:
    """Calls that wait for what the halted worker holds: those beyond the limit are refused."""
    reasons = Counter[str]()
    calls = _CALLS_OF_A_TENANT + target.counts.stalled_calls

    async def wait() -> None:
        outcome.tried += 1
        try:
            await client.waited(operation, seconds=5)
        except grpc.aio.AioRpcError as error:
            refusal = read_refusal(error)
            reasons[refusal.reason] += 1
            outcome.require(refusal.retry_seconds is not None, "a limit without a RetryInfo")

    await asyncio.gather(*(wait() for _ in range(calls)))
    outcome.notes.append(f"{calls} calls at once: {dict(reasons)}")
    outcome.require(
        reasons["TOO_MANY_CALLS"] >= target.counts.stalled_calls, "calls beyond the limit are taken"
    )


async def _uploads_through_a_stalled_proxy(target: Target, outcome: Outcome) -> None:
    """Nothing comes any more, and the connections stay: the server ends the calls by itself."""
    server = target.system.ingest_servers[1]
    async with stalling_proxy(server.port) as proxy:
        client = _client_through(target, proxy.port)
        uploads = [
            _HeldUpload(client.parent, ubl_invoice(f"Held-{number}"))
            for number in range(min(target.counts.stalled_calls, _UPLOADS_OF_A_TENANT))
        ]
        calls = [
            client.ingest.UploadInvoice(messages(), metadata=client.credentials)
            for messages in uploads
        ]
        await asyncio.gather(*(messages.sent.wait() for messages in uploads))
        proxy.hold()
        outcome.tried += target.counts.stalled_calls
        await _nothing_in_flight(outcome, server)
        for call in calls:
            call.cancel()
        await client.close()


async def _answers_that_nobody_reads(
    target: Target, outcome: Outcome, client: TenantClient
) -> None:
    """The document does not fit into what a connection holds: the calls end with their deadline."""
    operation = await client.ingested(ubl_invoice("Unread").ljust(_LARGE_BYTES))
    request = query_service_pb2.GetDocumentRequest(name=invoice_name(operation))
    async with stalling_proxy(target.system.query.port) as proxy:
        reader = _client_through(target, proxy.port)
        streams = [
            reader.query.GetDocument(request, metadata=reader.credentials, timeout=5)
            for _ in range(_READ_AT_ONCE)
        ]
        for stream in streams:
            await stream.read()
        proxy.hold()
        outcome.tried += len(streams)
        await _nothing_in_flight(outcome, target.system.query)
        await reader.close()


class _HeldUpload:
    """The messages of an upload that does not end; `sent` is set when the document is on its way."""

    def __init__(self, parent: str, document: bytes) -> None:
        self.sent = asyncio.Event()
        self._parent = parent
        self._document = document

    async def __call__(self) -> _Messages:
        for message in upload(self._document, parent=self._parent):
            yield message
        self.sent.set()
        await asyncio.Event().wait()


def _client_through(target: Target, port: int) -> TenantClient:
    return TenantClient(
        _TENANT, target.system.tokens[_TENANT], ingest=port, query=port, summarize=port
    )


async def _nothing_in_flight(outcome: Outcome, server: ServiceProcess) -> None:
    """No call of the tenant's is under way; those of the bystander come and go."""
    try:
        async with asyncio.timeout(_LONGER_THAN_PATIENCE_SECONDS):
            while not (found := _IN_FLIGHT.search(await server.metrics())) or float(found[1]) > 1:
                await asyncio.sleep(0.2)
    except TimeoutError:
        outcome.require(False, f"calls of {server.name} do not end")
