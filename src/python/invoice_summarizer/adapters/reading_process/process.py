"""A reading process as its parent sees it."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import msgspec

from invoice_summarizer.adapters.reading_process.protocol import (
    HEADER_BYTES,
    MOST_BYTES_OF_WALLS,
    Answer,
    Request,
    body_length,
    decode_allowance,
    decode_answer,
    decode_walls,
    encode_request,
    header,
)
from invoice_summarizer.adapters.reading_process.walls import Walls
from invoice_summarizer.ports.document_reader import (
    ReaderCrashed,
    ReaderUnavailable,
    ReadingLimit,
    ReadingLimitExceeded,
)

# The child gets the parent's search path whole: under PEX it is set up at run time, so that no variable can say it.
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from invoice_summarizer.adapters.reading_process.child import main; main()"
)
_START_SECONDS = 60
_LEFT_AT_ONCE_BYTES = 1024 * 1024
_DECODED_AT_ONCE_BYTES = 1024 * 1024  # in a millisecond or two


class ReadingProcess:
    """One child in a process group of its own; it dies with its parent, and sees nothing of its environment."""

    walls: Walls

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._taking = asyncio.Lock()  # what the child says; only one may
        self.documents = 0
        self._cpu_seconds_allowed = 0.0

    @classmethod
    async def started(cls) -> "ReadingProcess":
        """Returns a child that waits for a document. Raises ReaderUnavailable; the cause is on standard error."""
        child = cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                *("-I", "-S", "-c", _START),
                *(os.path.abspath(entry) for entry in sys.path),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                child.walls = decode_walls(await child._frame(MOST_BYTES_OF_WALLS))
        except (TimeoutError, ReaderCrashed, ReadingLimitExceeded, msgspec.DecodeError):
            await child.end()
            raise ReaderUnavailable from None
        except BaseException:
            await child.end()
            raise
        return child

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def answer(self, request: Request, data: bytes) -> Answer:
        """Returns the child's answer about one document. After any exception the child is of no more use.

        Raises ReadingLimitExceeded and ReaderCrashed.
        """
        self.documents += 1
        stdin = self._process.stdin
        assert stdin is not None
        try:
            async with asyncio.timeout(request.limits.wall_seconds):
                for body in (encode_request(request), data):
                    stdin.write(header(len(body)))
                    stdin.write(body)
                with suppress(BrokenPipeError, ConnectionResetError):
                    await stdin.drain()  # where it has ended, the lack of an answer tells
                body = await self._frame(request.limits.output_bytes)
                while (allowance := decode_allowance(body)) is not None:
                    self._cpu_seconds_allowed = allowance.cpu_seconds
                    body = await self._frame(request.limits.output_bytes)
        except TimeoutError:
            raise ReadingLimitExceeded(ReadingLimit.TIME, request.limits.wall_seconds) from None
        # The child is done: what the parent takes from here on is not the document's time.
        try:
            if len(body) <= _DECODED_AT_ONCE_BYTES:
                return decode_answer(body)
            # Away from the loop: an answer may have a hundred megabytes.
            return await asyncio.to_thread(decode_answer, body)
        except msgspec.DecodeError:
            raise ReaderCrashed from None  # only a child that has been taken over says such things

    async def end(self) -> None:
        """The child and whatever belongs to its group has been killed, and nothing of it remains."""
        if self.alive:
            with suppress(ProcessLookupError):  # it was quicker
                os.killpg(self._process.pid, signal.SIGKILL)
        await self._leave_the_rest()
        await self._process.wait()

    async def _leave_the_rest(self) -> None:
        """Takes what the child has said and nobody wants: asyncio waits for its end until all of that is read."""
        stdout = self._process.stdout
        assert stdout is not None
        async with self._taking:
            while await stdout.read(_LEFT_AT_ONCE_BYTES):
                pass

    async def _frame(self, most_bytes: int) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        try:
            async with self._taking:
                length = body_length(await stdout.readexactly(HEADER_BYTES))
                if length > most_bytes:
                    raise ReadingLimitExceeded(ReadingLimit.OUTPUT, most_bytes)
                return await stdout.readexactly(length)
        except asyncio.IncompleteReadError:
            if await self._process.wait() == -signal.SIGXCPU:
                raise ReadingLimitExceeded(ReadingLimit.CPU, self._cpu_seconds_allowed) from None
            raise ReaderCrashed from None
