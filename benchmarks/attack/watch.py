"""What the processes hold while they are attacked: memory and descriptors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from invoice_summarizer.adapters.reading_process.process import RECOGNISES_PICTURES
from process_facts import command_of, memory_bytes, peak_address_space_bytes
from separate_processes import SeparateProcesses

_LOOK_SECONDS = 0.1
_MIB = 1 << 20


@dataclass(slots=True)
class Watch:
    """The most that was seen: memory in RAM by process, and address space of any process that reads documents.

    Those that recognise text in pictures have a ceiling of their own.
    """

    memory: dict[str, int] = field(default_factory=dict)
    reading_address_space: int = 0
    recognising_address_space: int = 0

    def look(self, system: SeparateProcesses) -> None:
        for process in system.processes:
            seen = memory_bytes(process.pid)
            self.memory[process.name] = max(seen, self.memory.get(process.name, 0))
            for child in process.reading_processes:
                size = peak_address_space_bytes(child)
                if RECOGNISES_PICTURES in command_of(child):
                    self.recognising_address_space = max(self.recognising_address_space, size)
                else:
                    self.reading_address_space = max(self.reading_address_space, size)

    @property
    def most_memory(self) -> int:
        return max(self.memory.values(), default=0)


@asynccontextmanager
async def watched(system: SeparateProcesses) -> AsyncIterator[Watch]:
    """Yields what is seen of the processes within the block, ten times a second."""
    watch, stop = Watch(), asyncio.Event()

    async def keep_looking() -> None:
        while not stop.is_set():
            watch.look(system)
            await asyncio.sleep(_LOOK_SECONDS)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keep_looking())
        try:
            yield watch
        finally:
            stop.set()


def in_mebibytes(size_bytes: int) -> str:
    return f"{size_bytes / _MIB:.0f} MiB"
