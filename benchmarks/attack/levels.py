"""What the processes hold when nobody calls: descriptors and memory, before attacks and after them."""

import asyncio
import gc
from dataclasses import dataclass
from itertools import chain

from google.longrunning import operations_pb2

from attack.bystander import goes_through
from attack.outcome import Outcome
from attack.target import BYSTANDER, Target
from attack.watch import in_mebibytes
from invoices.v1 import query_service_pb2
from process_facts import memory_bytes
from separate_processes import SeparateProcesses
from tenant_client import SECONDS, TenantClient

_CALLS = 16
_SPARE_DESCRIPTORS = (
    8  # connections of clients that the server has not seen end, a child that is replaced
)
_RETURN_WITHIN_SECONDS = 40.0
MEMORY_LIMIT = 512 << 20  # of a process that does not read documents itself


@dataclass(frozen=True, slots=True)
class Levels:
    """By the name of each process."""

    descriptors: dict[str, int]
    memory: dict[str, int]

    @classmethod
    def of(cls, system: SeparateProcesses) -> "Levels":
        memory = {process.name: memory_bytes(process.pid) for process in system.processes}
        return cls(system.open_descriptors(), memory)


async def levels_in_use(target: Target, outcome: Outcome) -> Levels:
    """Returns the levels once everything has been used: connections to the database are opened at need, and kept."""
    clients = [
        target.system.client(BYSTANDER, ingest_server=number)
        for number in range(len(target.system.ingest_servers))
    ]
    calls = chain.from_iterable(
        (_listed(client), _operations(client)) for client in clients * _CALLS
    )
    await asyncio.gather(*calls)
    await asyncio.gather(*(goes_through(target, outcome) for _ in range(_CALLS)))
    for client in clients:
        await client.close()
    return Levels.of(target.system)


async def require_return(target: Target, outcome: Outcome, before: Levels) -> Levels:
    """The descriptors are back where they were, give or take a few, and no process is too large; else that is a miss."""
    gc.collect()  # the connections of our own that are closed end when their channel is collected
    end = asyncio.get_running_loop().time() + _RETURN_WITHIN_SECONDS
    while grown := _grown(before, now := Levels.of(target.system)):
        if asyncio.get_running_loop().time() >= end:
            outcome.require(False, f"descriptors do not come back: {', '.join(grown)}")
            break
        await asyncio.sleep(0.2)
    for name, size in now.memory.items():
        outcome.require(size <= MEMORY_LIMIT, f"{name} keeps {in_mebibytes(size)}")
    return now


def levels_table(before: Levels, after: Levels) -> str:
    lines = [f"{'process':10}  {'descriptors':>14}  {'memory':>20}"]
    for name in before.memory:
        descriptors = f"{before.descriptors[name]} to {after.descriptors[name]}"
        memory = f"{in_mebibytes(before.memory[name])} to {in_mebibytes(after.memory[name])}"
        lines.append(f"{name:10}  {descriptors:>14}  {memory:>20}")
    return "\n".join(lines)


def _grown(before: Levels, now: Levels) -> list[str]:
    return [
        f"{name} from {before.descriptors[name]} to {count}"
        for name, count in now.descriptors.items()
        if count > before.descriptors[name] + _SPARE_DESCRIPTORS
    ]


async def _listed(client: TenantClient) -> None:
    await client.query.ListInvoices(
        query_service_pb2.ListInvoicesRequest(parent=client.parent),
        metadata=client.credentials,
        timeout=SECONDS,
    )


async def _operations(client: TenantClient) -> None:
    await client.operations.ListOperations(
        operations_pb2.ListOperationsRequest(name=client.parent),
        metadata=client.credentials,
        timeout=SECONDS,
    )
