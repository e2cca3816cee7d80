"""A reading process as its parent sees it."""

import asyncio
import os
import signal
from pathlib import Path

import msgspec

from invoice_summarizer.adapters.reading_process.protocol import (
    MOST_BYTES_OF_WALLS,
    Refusal,
    Request,
    Sent,
    decode_allowance,
    decode_answer,
    decode_walls,
    encode_request,
    size_bytes,
)
from invoice_summarizer.adapters.reading_process.walls import Walls
from invoice_summarizer.child_processes.child_process import (
    ChildEnded,
    ChildProcess,
    FrameTooLarge,
)
from invoice_summarizer.ports.document_reader import (
    ReaderCrashed,
    ReaderUnavailable,
    ReadingLimit,
    ReadingLimitExceeded,
)

READS_TEXT = "invoice_summarizer.adapters.reading_process.child"
RECOGNISES_PICTURES = "invoice_summarizer.adapters.reading_process.recognising_child"
_START_SECONDS = 60


class ReadingProcess:
    """One child; it dies with its parent."""

    walls: Walls

    def __init__(self, child: ChildProcess) -> None:
        self.child = child
        self.answers = 0
        self.is_unharmed = True  # it can be asked again
        self._cpu_seconds_allowed = 0.0

    @classmethod
    async def started(cls, module: str = READS_TEXT) -> "ReadingProcess":
        """Returns a child that waits for a document. Raises ReaderUnavailable; the cause is on standard error."""
        process = cls(await ChildProcess.started(module))
        try:
            async with asyncio.timeout(_START_SECONDS):
                process.walls = decode_walls(await process.child.frame(MOST_BYTES_OF_WALLS))
        except (TimeoutError, ChildEnded, FrameTooLarge, msgspec.DecodeError):
            await process.end()
            raise ReaderUnavailable from None
        except BaseException:
            await process.end()
            raise
        return process

    @property
    def alive(self) -> bool:
        return self.child.alive

    @property
    def resident_bytes(self) -> int:
        """The memory that the child has in RAM now; 0 where that cannot be known."""
        try:
            pages = Path(f"/proc/{self.child.pid}/statm").read_text().split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    async def answer(self, request: Request, data: bytes) -> Sent:
        """Returns the child's answer about one document. After any exception the child is of no more use.

        Raises ReadingLimitExceeded and ReaderCrashed.
        """
        self.answers += 1
        self.is_unharmed = False
        most_bytes = request.limits.output_bytes
        try:
            async with asyncio.timeout(request.limits.wall_seconds):
                await self.child.send(encode_request(request), data)
                body = await self.child.frame(most_bytes)
                while (allowance := decode_allowance(body)) is not None:
                    self._cpu_seconds_allowed = allowance.cpu_seconds
                    body = await self.child.frame(most_bytes)
        except TimeoutError:
            raise ReadingLimitExceeded(ReadingLimit.TIME, request.limits.wall_seconds) from None
        except FrameTooLarge:
            raise ReadingLimitExceeded(ReadingLimit.OUTPUT, most_bytes) from None
        except ChildEnded as ended:
            if ended.status == -signal.SIGPROF:
                raise ReadingLimitExceeded(ReadingLimit.CPU, self._cpu_seconds_allowed) from None
            raise ReaderCrashed from None
        try:
            answer = decode_answer(body)
        except msgspec.DecodeError:
            raise ReaderCrashed from None  # only a child that has been taken over says such things
        if size_bytes(answer) > most_bytes:
            raise ReadingLimitExceeded(ReadingLimit.OUTPUT, most_bytes)
        # One that ran out of memory may have lost its place in the stream of requests.
        ran_out = isinstance(answer, Refusal) and answer.reason == ReadingLimitExceeded.reason
        self.is_unharmed = not ran_out
        return answer

    async def end(self) -> None:
        """The child and whatever belongs to its group has been killed, and nothing of it remains."""
        await self.child.end()
