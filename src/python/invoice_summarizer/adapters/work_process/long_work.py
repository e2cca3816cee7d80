"""Large work in a child process, one at a time; all other work in threads."""

import asyncio
import pickle
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from invoice_summarizer.adapters.work_process.outcome import Failed, Outcome
from invoice_summarizer.child_processes.child_process import ChildEnded, ChildProcess
from invoice_summarizer.child_processes.fair_semaphore import FairSemaphore
from invoice_summarizer.ports.long_work import PackedT, WorkLost, in_a_thread

# Of some 1,500 values. Unpacking them and writing a summary takes some thirty milliseconds; the way to the child and
# back a few.
LARGE_BYTES = 256 * 1024
_CHILD = "invoice_summarizer.adapters.work_process.child"
_IDLE_SECONDS = 10.0

P = ParamSpec("P")
T = TypeVar("T")


class ProcessLongWork:
    """A LongWork with one child for all that is large.

    It starts when it is first needed, and ends, so that its memory is given back, when it has had nothing to do for
    `idle_seconds`, or after any mishap.
    """

    def __init__(
        self, *, large_bytes: int = LARGE_BYTES, idle_seconds: float = _IDLE_SECONDS
    ) -> None:
        self._large_bytes = large_bytes
        self._idle_seconds = idle_seconds
        self._one_at_a_time = FairSemaphore(1)
        self._child: ChildProcess | None = None
        self._idle: asyncio.Task[None] | None = None
        self._closed = False

    async def __call__(
        self,
        whose: str,
        packed: PackedT,
        function: Callable[Concatenate[PackedT, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if packed.size_bytes < self._large_bytes:
            return await in_a_thread(whose, packed, function, *args, **kwargs)
        request = pickle.dumps((function, (packed, *args), kwargs), pickle.HIGHEST_PROTOCOL)
        async with self._one_at_a_time.place(whose):
            answer = await self._answer(request)
        outcome: Outcome = pickle.loads(answer)
        if isinstance(outcome, Failed):
            raise outcome.error()
        value: T = outcome.value
        return value

    async def aclose(self) -> None:
        """No child is left. Calls that are under way end with WorkLost, and so does each that comes."""
        self._closed = True
        await self._end()
        async with self._one_at_a_time.place(""):
            pass  # whoever was at it has seen its end

    async def _answer(self, request: bytes) -> bytes:
        if self._closed:
            raise WorkLost
        if self._idle is not None:
            self._idle.cancel()
        child = self._child
        if child is None or not child.alive:
            await self._end()
            child = self._child = await ChildProcess.started(_CHILD)
        try:
            await child.send(request)
            answer = await child.frame()
        except ChildEnded:
            await self._end()
            raise WorkLost from None
        except BaseException:  # nobody wants the answer any more
            await self._end()
            raise
        self._idle = asyncio.create_task(self._end_when_idle())
        return answer

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._one_at_a_time.place(""):
            self._idle = None  # this
            await self._end()

    async def _end(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        child, self._child = self._child, None
        if child is not None:
            await child.end()
