"""Children that are started when they are first needed, kept while they are unharmed, and replaced now and then."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.reading_process.process import READS_TEXT, ReadingProcess
from invoice_summarizer.child_processes.fair_semaphore import FairSemaphore
from invoice_summarizer.ports.document_reader import ReaderCrashed, ReaderUnavailable


class NoCell(ReaderUnavailable):
    """Walls that the settings require do not stand around the reading processes of this system."""


class ProcessPool:
    """Up to `processes` children, each replaced after `answers_each`, above `most_resident_bytes`, or after any mishap.

    When the first one has started, `confined` is called with the names of the walls around it. With `require_cell`, a
    child whose walls make no cell does nothing.
    """

    def __init__(
        self,
        processes: int,
        answers_each: int,
        *,
        child: str = READS_TEXT,
        most_resident_bytes: int | None = None,
        require_cell: bool = False,
        confined: Callable[[Sequence[str]], None] = lambda walls: None,
    ) -> None:
        self._in_turn = FairSemaphore(processes)
        self._answers_each = answers_each
        self._child = child
        self._most_resident_bytes = most_resident_bytes
        self._require_cell = require_cell
        self._confined: Callable[[Sequence[str]], None] | None = confined
        self._idle: list[ReadingProcess] = []
        self._busy: set[ReadingProcess] = set()
        self._closed = False

    @asynccontextmanager
    async def place(self, whose: str) -> AsyncIterator[None]:
        """Yields once a child may work for the tenant, for which tenants take turns. Raises ReaderUnavailable."""
        async with self._in_turn.place(whose):
            if self._closed:
                raise ReaderUnavailable
            yield

    @asynccontextmanager
    async def process(self) -> AsyncIterator[ReadingProcess]:
        """Yields a child, for one request and within a place; it is kept where it answers and nothing is raised, and else nothing of it remains.

        Raises ReaderUnavailable, also in the place of ReaderCrashed where the pool was closed meanwhile.
        """
        process = await self._taken()
        kept = False
        try:
            yield process
            kept = self._is_kept(process)
        except ReaderCrashed:
            if self._closed:
                raise ReaderUnavailable from None
            raise
        finally:
            self._busy.discard(process)
            if kept and not self._closed:
                self._idle.append(process)
            else:
                await process.end()

    async def start(self) -> None:
        """The first child waits for a request. Raises ReaderUnavailable, and NoCell where its walls make none."""
        async with self.place(""), self.process():
            pass

    async def aclose(self) -> None:
        """No child is left."""
        self._closed = True
        processes = [*self._idle, *self._busy]
        self._idle.clear()
        for process in processes:
            await process.end()

    def _is_kept(self, process: ReadingProcess) -> bool:
        if not process.is_unharmed or process.answers >= self._answers_each:
            return False
        most = self._most_resident_bytes
        return most is None or process.resident_bytes <= most

    async def _taken(self) -> ReadingProcess:
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                break
            await process.end()
        else:
            process = await ReadingProcess.started(self._child)
            if self._closed:
                await process.end()
                raise ReaderUnavailable
            await self._look_at_walls(process)
        self._busy.add(process)
        return process

    async def _look_at_walls(self, process: ReadingProcess) -> None:
        if self._confined is not None:
            self._confined(process.walls.names)
            self._confined = None
        if self._require_cell and not process.walls.make_a_cell:
            await process.end()
            raise NoCell
