"""SIGKILL of every part of the system, at random moments, while clients send documents."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random
from uuid import UUID

import msgspec
from google.longrunning.operations_pb2 import Operation

from attack.bystander import goes_through
from attack.leftover_files import left_after_sweep
from attack.outcome import Outcome
from attack.sending import ended, sent_until_taken
from attack.stored_documents import look_at_what_is_stored
from attack.target import Target, on_each
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.wording import GERMAN
from refusal import Refusal
from separate_processes import SeparateProcesses
from small_invoice import ubl_invoice

_TENANT = "kills"
_AT_ONCE = 6
_TAKEN_WITHIN_SECONDS = 90.0
_ENDS_WITHIN_SECONDS = 150.0  # every attempt may have to wait for the lease of the one before
_LONGEST_PAUSE_SECONDS = 1.5
_EXHAUSTED = "ATTEMPTS_EXHAUSTED"

Kill = Callable[[SeparateProcesses, Random], Awaitable[None]]


async def attack_by_kills(target: Target) -> Outcome:
    chance = target.chance(_TENANT)
    system = target.system
    outcome = Outcome(
        attack="kills under load",
        goal="nothing lost or doubled, every operation ends, nothing is orphaned",
        planned=target.counts.kills_of_each * len(_KILLS),
    )
    clients = [
        system.client(_TENANT, ingest_server=number) for number in range(len(system.ingest_servers))
    ]
    sending = True
    taken: list[tuple[bytes, Operation]] = []
    numbers = iter(range(1, 1_000_000))

    async def send() -> None:
        while sending or len(taken) < target.counts.documents_while_killing:
            number = next(numbers)
            document, request_id = _document(number), _request_id(chance)
            answer = await sent_until_taken(
                clients[number % len(clients)], document, request_id, _TAKEN_WITHIN_SECONDS
            )
            if isinstance(answer, Refusal):
                outcome.require(False, f"a document is refused: {answer.code} {answer.reason}")
                return
            taken.append((document, answer))

    async with asyncio.TaskGroup() as tasks:
        for _ in range(_AT_ONCE):
            tasks.create_task(send())
        try:
            outcome.tried = await _kill_everything(target, chance)
        finally:
            sending = False
    await system.ready()
    ends = Counter[str]()

    async def see_end(sent: tuple[bytes, Operation]) -> None:
        failure = await ended(clients[0], sent[1].name, _ENDS_WITHIN_SECONDS)
        ends["not ended" if failure is None else failure or "read"] += 1

    await on_each(taken, see_end, _AT_ONCE)
    # Whose every attempt was killed has failed for that reason, and is not lost.
    outcome.require(not ends.keys() - {"read", _EXHAUSTED}, f"operations end with {dict(ends)}")
    await look_at_what_is_stored(
        outcome, system.state, _TENANT, (document for document, _ in taken)
    )
    left = await left_after_sweep(system.service_dsn, system.state)
    outcome.require(not left, f"{left} files are left that belong to nothing")
    await goes_through(target, outcome)
    outcome.notes.append(f"{len(taken)} documents meanwhile, {dict(ends)}")
    return outcome


async def _kill_everything(target: Target, chance: Random) -> int:
    """Returns how many parts have been killed, one after the other in an order drawn at random."""
    kills = [*_KILLS] * target.counts.kills_of_each
    chance.shuffle(kills)
    for number, kill in enumerate(kills):
        if time.monotonic() >= target.until:
            return number
        await asyncio.sleep(chance.uniform(0, _LONGEST_PAUSE_SECONDS))
        await kill(target.system, chance)
    return len(kills)


async def _kill_a_worker(system: SeparateProcesses, chance: Random) -> None:
    await chance.choice(system.workers).restart()


async def _kill_a_server(system: SeparateProcesses, chance: Random) -> None:
    await chance.choice(system.servers).restart()


async def _kill_a_reading_process(system: SeparateProcesses, chance: Random) -> None:
    async with asyncio.timeout(60):
        while not (children := _reading(system)):
            await asyncio.sleep(0.01)
    os.kill(chance.choice(children), signal.SIGKILL)


def _reading(system: SeparateProcesses) -> list[int]:
    return sorted(child for worker in system.workers for child in worker.reading_processes)


async def _kill_postgres(system: SeparateProcesses, chance: Random) -> None:
    await system.kill_postgres()
    await asyncio.sleep(chance.uniform(0, _LONGEST_PAUSE_SECONDS))
    system.start_postgres()


_KILLS: tuple[Kill, ...] = (
    _kill_a_worker,
    _kill_a_server,
    _kill_a_reading_process,
    _kill_postgres,
)


def _document(number: int) -> bytes:
    """Returns small and large XML, and PDFs, each of which takes another time to read."""
    if number % 5 == 0:
        return ubl_invoice(f"Kill-{number}", lines=1_000)
    if number % 3 == 0:
        content = sample_invoices()[0].expected
        return printed(msgspec.structs.replace(content, invoice_number=f"Kill-{number}"), GERMAN)
    return ubl_invoice(f"Kill-{number}")


def _request_id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
