"""The most memory that each process of the system has had, and each child that it ever had."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.embedded_postgres.leftover import server_state
from process_facts import descendants_of, peak_memory_bytes
from separate_processes import SeparateProcesses

_LOOK_SECONDS = 0.05  # a child lives longer than that


@asynccontextmanager
async def peaks_of_memory(system: SeparateProcesses) -> AsyncIterator[Mapping[str, int]]:
    """Yields the peaks in bytes, by the name of the process; those of all children of it are under one name."""
    peaks: defaultdict[str, int] = defaultdict(int)

    postgres = server_state(system.folder / "postgres" / "data")
    assert postgres is not None, "PostgreSQL does not run"

    def look() -> None:
        for server in descendants_of(postgres[0]):
            peaks["a server of PostgreSQL"] = max(
                peaks["a server of PostgreSQL"], peak_memory_bytes(server)
            )
        for process in system.processes:
            peaks[process.name] = max(peaks[process.name], peak_memory_bytes(process.pid))
            for child in descendants_of(process.pid):
                name = f"{process.name}, child"
                peaks[name] = max(peaks[name], peak_memory_bytes(child))

    async def keep_looking() -> None:
        while True:
            look()
            await asyncio.sleep(_LOOK_SECONDS)

    looking = asyncio.create_task(keep_looking())
    try:
        yield peaks
        look()
    finally:
        looking.cancel()
