"""Thousands of documents, XML and PDF in turn: what the system does a second, and what of it grows meanwhile.

All of it runs as separate processes. Memory, descriptors and tables are looked at before, in the middle and after.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from goals import Measured, table

from invoice_summarizer.samples.catalogue import sample_invoices
from process_facts import memory_bytes
from separate_processes import SeparateProcesses, separate_processes
from small_invoice import ubl_invoice
from tenant_client import TenantClient

DOCUMENTS = 5_000
WORKERS = 2
_TENANT = "acme"
_AT_ONCE = 8
_PATIENCE_SECONDS = 110
_MIB = 1 << 20
_MOST_GROWTH = 1.1  # of the memory of a process, from the middle to the end
_SPARE_DESCRIPTORS = 4  # connections to the database that are opened at need
# A table is cleaned up when a fifth of its rows are dead, and not at once.
_MOST_DEAD_ROWS = 0.5
_DEAD_ROWS_AT_FIRST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What there is at one time: by the name of each process, and by that of each table."""

    memory: dict[str, int]
    descriptors: dict[str, int]
    rows: dict[str, tuple[int, int]]  # living and dead
    database_bytes: int

    @classmethod
    async def of(cls, system: SeparateProcesses) -> "Levels":
        await system.state.rows("SELECT pg_stat_force_next_flush()")
        rows = await system.state.rows(
            "SELECT relname, n_live_tup, n_dead_tup FROM pg_stat_user_tables"
        )
        [(size,)] = await system.state.rows("SELECT pg_database_size(current_database())")
        return cls(
            memory={process.name: memory_bytes(process.pid) for process in system.processes},
            descriptors=system.open_descriptors(),
            rows={name: (living, dead) for name, living, dead in rows},
            database_bytes=size,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Soaked:
    start: Levels
    middle: Levels
    end: Levels
    documents: int
    seconds: float
    lost: int
    doubled: int


async def soak(documents: int) -> Soaked:
    """All documents have been sent and read, half of them before the middle."""
    async with separate_processes(tenants=(_TENANT,), workers=WORKERS, throwaway=False) as system:
        client = system.client(_TENANT)
        await _read(client, -WORKERS * _AT_ONCE, 0)  # opens what is opened at need
        start, began = await Levels.of(system), time.perf_counter()
        await _read(client, 0, documents // 2)
        first = time.perf_counter() - began
        middle, began = await Levels.of(system), time.perf_counter()
        await _read(client, documents // 2, documents)
        seconds = first + time.perf_counter() - began
        end = await Levels.of(system)
        sent = documents + WORKERS * _AT_ONCE
        return Soaked(
            start=start,
            middle=middle,
            end=end,
            documents=documents,
            seconds=seconds,
            lost=sent - await _read_once(system),
            doubled=await _doubled(system),
        )


async def _read(client: TenantClient, first: int, end: int) -> None:
    """The documents of these numbers are read."""
    numbers = iter(range(first, end))

    printed = [each.data for each in sample_invoices() if each.media_type == "application/pdf"]

    async def take() -> None:
        for number in numbers:
            operation = await client.ingested(_document(number, printed))
            done = await client.waited(operation.name, _PATIENCE_SECONDS)
            assert done.HasField("response"), f"document {number} is not read: {done}"

    async with asyncio.TaskGroup() as tasks:
        for _ in range(_AT_ONCE):
            tasks.create_task(take())


def _document(number: int, printed: Sequence[bytes]) -> bytes:
    """Returns a document that no other number has: XML where it is even, else one that is printed."""
    if number % 2 == 0:
        return ubl_invoice(f"Soak-{number}", lines=1 + number % 20)
    return printed[number // 2 % len(printed)] + f"\n%{number}".encode()


async def _read_once(system: SeparateProcesses) -> int:
    """Returns how many documents have exactly one invoice, which was read by one operation."""
    [(count,)] = await system.state.rows("""
        SELECT count(*) FROM documents d WHERE 1 = (
            SELECT count(*) FROM invoices i JOIN operations o ON o.invoice_id = i.id
            WHERE i.document_sha256 = d.sha256 AND i.form IS NOT NULL AND o.state = 'succeeded')
        """)
    return int(count)


async def _doubled(system: SeparateProcesses) -> int:
    """Returns how many invoices are there, or were read, beyond one of each document."""
    [(doubled,)] = await system.state.rows("""
        SELECT (SELECT count(*) FROM invoices) - (SELECT count(*) FROM documents)
        + (SELECT count(*) FROM audit_log WHERE kind IN ('invoice.ready', 'invoice.review_pending'))
        - (SELECT count(*) FROM invoices WHERE form IS NOT NULL)
        """)
    return int(doubled)


def measured(soaked: Soaked) -> Sequence[Measured]:
    start, middle, end = soaked.start, soaked.middle, soaked.end
    rows = [
        Measured(name="documents lost", value=soaked.lost, goal=0, unit=""),
        Measured(name="documents doubled", value=soaked.doubled, goal=0, unit=""),
    ]
    for name, size in end.memory.items():
        rows.append(
            Measured(
                name=f"memory of {name}, from {start.memory[name] / _MIB:.0f}",
                value=size / _MIB,
                goal=middle.memory[name] / _MIB * _MOST_GROWTH,
                unit="MiB",
            )
        )
        rows.append(
            Measured(
                name=f"descriptors of {name}, from {start.descriptors[name]}",
                value=end.descriptors[name],
                goal=middle.descriptors[name] + _SPARE_DESCRIPTORS,
                unit="",
            )
        )
    for name, (living, dead) in sorted(end.rows.items()):
        goal = _MOST_DEAD_ROWS * living + _DEAD_ROWS_AT_FIRST
        rows.append(
            Measured(name=f"dead rows of {name}, {living} live", value=dead, goal=goal, unit="")
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    soaked = asyncio.run(soak(parser.parse_args().documents))
    rows = measured(soaked)
    grown = soaked.end.database_bytes - soaked.start.database_bytes
    print(table(rows))
    print(f"{soaked.documents / soaked.seconds:.1f} documents a second")
    print(f"{grown / soaked.documents:,.0f} bytes of the database for each document")
    sys.exit(0 if all(row.reached for row in rows) else 1)


if __name__ == "__main__":
    main()
