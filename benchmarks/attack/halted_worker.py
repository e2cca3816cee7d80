"""A worker that stands still while it reads, for longer than its lease, and then goes on."""

import asyncio
from dataclasses import dataclass
from itertools import count

from attack.outcome import Outcome
from attack.sending import ended
from attack.target import Target
from service_process import ServiceProcess
from small_invoice import ubl_invoice
from tenant_client import TenantClient

_HELD = "SELECT id FROM operations WHERE tenant = %s AND state = 'running' AND worker LIKE %s"
_ATTEMPTS = "SELECT min(attempt) FROM operations WHERE tenant = %s AND id = ANY(%s)"
_DOCUMENTS_AT_ONCE = 6
_LINES = 3_000  # so that reading takes a while
_CAUGHT_WITHIN_SECONDS = 60
_ENDS_WITHIN_SECONDS = 120.0
_SEES_WITHIN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class HaltedWorker:
    """The worker stands still; the operations are those that it holds, by their ids."""

    process: ServiceProcess
    client: TenantClient
    operations: list[str]
    documents: list[bytes]


async def halted_while_reading(target: Target, client: TenantClient) -> HaltedWorker:
    """Returns one of the workers, halted in the midst of an operation."""
    worker = target.system.workers[0]
    documents: list[bytes] = []
    numbers = count(1)
    async with asyncio.timeout(_CAUGHT_WITHIN_SECONDS):
        while True:
            for _ in range(_DOCUMENTS_AT_ONCE):
                documents.append(ubl_invoice(f"Halt-{next(numbers)}", lines=_LINES))
                await client.ingested(documents[-1])
            if held := await _halted(target, client, worker):
                return HaltedWorker(worker, client, held, documents)


async def _halted(target: Target, client: TenantClient, worker: ServiceProcess) -> list[str]:
    """Returns what the worker holds, now that it is halted; nothing where it goes on, as it held nothing any more."""
    who = client.tenant, f"%-{worker.pid}"
    for _ in range(200):
        if await target.system.state.rows(_HELD, *who):
            worker.halt()
            if held := await target.system.state.rows(_HELD, *who):
                return [operation for (operation,) in held]
            worker.go_on()
    return []


async def goes_on_after_its_lease(target: Target, outcome: Outcome, halted: HaltedWorker) -> None:
    """Others have ended what it held; when it goes on it sees that, and writes nothing."""
    parent = f"{halted.client.parent}/operations"
    for operation in halted.operations:
        failure = await ended(halted.client, f"{parent}/{operation}", _ENDS_WITHIN_SECONDS)
        outcome.require(failure == "", f"what a halted worker held ends with {failure}")
    [(attempts,)] = await target.system.state.rows(
        _ATTEMPTS, halted.client.tenant, halted.operations
    )
    outcome.require(attempts >= 2, "no other worker took up what a halted one held")
    halted.process.go_on()
    try:
        async with asyncio.timeout(_SEES_WITHIN_SECONDS):
            while not _lost_leases(halted.process) >= {*halted.operations}:
                await asyncio.sleep(0.1)
    except TimeoutError:
        outcome.require(False, "a worker that was halted does not see that its lease is lost")


def _lost_leases(process: ServiceProcess) -> set[str]:
    return {
        event["operation"]
        for event in process.events()
        if event.get("event") == "operation_ended" and event.get("outcome") == "lease_lost"
    }
