"""Many clients that send the same at the same moment, to all servers."""

import time
from collections.abc import Iterator
from random import Random
from uuid import UUID

import grpc.aio

from attack.bystander import all_alive, goes_through
from attack.outcome import Outcome
from attack.sending import ended, sent
from attack.stored_documents import look_at_what_is_stored
from attack.target import Target
from invoices.v1 import ingest_service_pb2
from refusal import Refusal, read_refusal
from rpc_fixture import invoice_name
from small_invoice import ubl_invoice
from tenant_client import SECONDS, TenantClient

_TENANT = "duplicates"
_AT_ONCE = 40  # of one tenant, over two servers, each of which takes 50
_IN_CHUNKS = 10  # each tenth is an upload
_ENDS_WITHIN_SECONDS = 120.0


async def attack_by_duplicates(target: Target) -> Outcome:
    """The same documents again and again: by one request id, by new ones, and by none."""
    documents, times = target.counts.duplicated_documents, target.counts.sends_of_each
    outcome = Outcome(
        attack="duplicate requests",
        goal="one invoice for a document, and the same operation for everybody",
        planned=documents * times,
    )
    chance = target.chance(_TENANT)
    clients = _clients(target)
    operations: dict[bytes, set[str]] = {}
    names: dict[str, set[str]] = {}

    async def send(turn: tuple[int, bytes, str]) -> None:
        number, document, request_id = turn
        answer = await sent(
            clients[number % len(clients)],
            document,
            request_id,
            in_chunks=number % _IN_CHUNKS == 0,
        )
        if isinstance(answer, Refusal):
            outcome.require(False, f"a request is refused: {answer.code.name} {answer.reason}")
            return
        operations.setdefault(document, set()).add(answer.name)
        names.setdefault(answer.name, set()).add(invoice_name(answer))

    outcome.tried = await target.on_each(_sends(chance, documents, times), send, _AT_ONCE)
    outcome.doubled += sum(len(same) - 1 for same in operations.values())
    outcome.doubled += sum(len(same) - 1 for same in names.values())
    await _all_ended(outcome, clients[0], names)
    await look_at_what_is_stored(outcome, target.system.state, _TENANT, operations)
    all_alive(target, outcome)
    return outcome


async def attack_by_storms(target: Target) -> Outcome:
    """Many ask for one invoice to be read again while no worker moves, so that the first is still under way."""
    storms, calls = target.counts.storms, target.counts.storm_calls
    outcome = Outcome(
        attack="storms of Reprocess",
        goal="at most one operation on an invoice under way, and one for a request id",
        planned=storms * calls,
    )
    chance = target.chance("storms")
    clients = _clients(target)
    read = [await clients[0].ingested(ubl_invoice(f"Storm-{n}")) for n in range(storms)]
    invoices = {operation.name: {invoice_name(operation)} for operation in read}
    await _all_ended(outcome, clients[0], invoices)
    for process in target.system.workers:
        process.halt()
    try:
        begun = [
            await _storm(target, outcome, clients, chance, invoice_name(operation))
            for operation in read
        ]
    finally:
        for process in target.system.workers:
            process.go_on()
    outcome.doubled += sum(max(0, len(names) - 1) for names in begun)
    await _all_ended(outcome, clients[0], {name: set() for names in begun for name in names})
    await look_at_what_is_stored(outcome, target.system.state, _TENANT, ())
    all_alive(target, outcome)
    await goes_through(target, outcome)
    return outcome


async def _storm(
    target: Target, outcome: Outcome, clients: list[TenantClient], chance: Random, invoice: str
) -> set[str]:
    """Returns the operations that were begun, or were under that request id already."""
    shared = _request_id(chance)
    begun: set[str] = set()

    async def ask(turn: tuple[int, str]) -> None:
        number, request_id = turn
        client = clients[number % len(clients)]
        request = ingest_service_pb2.ReprocessInvoiceRequest(name=invoice, request_id=request_id)
        try:
            operation = await client.ingest.ReprocessInvoice(
                request, metadata=client.credentials, timeout=SECONDS
            )
        except grpc.aio.AioRpcError as error:
            reason = read_refusal(error).reason
            outcome.require(reason == "WRONG_STATE", f"a storm ends with {reason or error.code()}")
        else:
            begun.add(operation.name)

    turns = [
        (number, chance.choice((shared, _request_id(chance), "")))
        for number in range(target.counts.storm_calls)
    ]
    outcome.tried += await target.on_each(turns, ask, _AT_ONCE)
    all_asked = time.monotonic() < target.until
    outcome.require(bool(begun) or not all_asked, "nobody of a storm gets through")
    return begun


async def _all_ended(
    outcome: Outcome, client: TenantClient, operations: dict[str, set[str]]
) -> None:
    for name in operations:
        failure = await ended(client, name, _ENDS_WITHIN_SECONDS)
        outcome.require(failure == "", f"an operation ends with {failure}")


def _sends(chance: Random, documents: int, times: int) -> Iterator[tuple[int, bytes, str]]:
    """Yields each document so often, one document after the other, with its request id, a new one, or none."""
    number = 0
    for of_document in range(documents):
        document, shared = ubl_invoice(f"Again-{of_document}"), _request_id(chance)
        for _ in range(times):
            number += 1
            yield number, document, chance.choice((shared, shared, _request_id(chance), ""))


def _clients(target: Target) -> list[TenantClient]:
    return [
        target.system.client(_TENANT, ingest_server=number)
        for number in range(len(target.system.ingest_servers))
    ]


def _request_id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
