"""A reading process as its parent sees it."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

import msgspec

from invoice_summarizer.adapters.pymupdf.protocol import (
    HEADER_BYTES,
    Answer,
    body_length,
    decode_answer,
    encode,
    header,
)
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfLimitExceeded,
    PdfLimits,
    PdfReaderCrashed,
)

# The child gets the parent's search path whole: under PEX it is set up at run time, so that no variable can say it.
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from invoice_summarizer.adapters.pymupdf.child import main; main()"
)
_START_SECONDS = 60


class ReadingProcess:
    """One child in a process group of its own; it dies with its parent, and sees nothing of its environment."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.documents = 0

    @classmethod
    async def started(cls) -> "ReadingProcess":
        """Returns a child that waits for a document. Raises PdfReaderCrashed; the cause is on standard error."""
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
                await child._frame(most_bytes=0)
        except TimeoutError:
            await child.end()
            raise PdfReaderCrashed from None
        except BaseException:
            await child.end()
            raise
        return child

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def answer(self, data: bytes, limits: PdfLimits) -> Answer:
        """Returns the child's answer about one document. After any exception the child is of no more use.

        Raises PdfLimitExceeded and PdfReaderCrashed.
        """
        self.documents += 1
        stdin = self._process.stdin
        assert stdin is not None
        try:
            async with asyncio.timeout(limits.wall_seconds):
                for body in (encode(limits), data):
                    stdin.write(header(len(body)))
                    stdin.write(body)
                with suppress(BrokenPipeError, ConnectionResetError):
                    await stdin.drain()  # where it has ended, the lack of an answer tells
                return decode_answer(await self._frame(limits.output_bytes))
        except TimeoutError:
            raise PdfLimitExceeded(ExceededLimit.TIME) from None
        except msgspec.DecodeError:
            raise PdfReaderCrashed from None  # only a child that has been taken over says such things

    async def end(self) -> None:
        """The child and whatever belongs to its group has been killed, and nothing of it remains."""
        if self.alive:
            with suppress(ProcessLookupError):  # it was quicker
                os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def _frame(self, most_bytes: int) -> bytes:
        stdout = self._process.stdout
        assert stdout is not None
        try:
            length = body_length(await stdout.readexactly(HEADER_BYTES))
            if length > most_bytes:
                raise PdfLimitExceeded(ExceededLimit.OUTPUT)
            return await stdout.readexactly(length)
        except asyncio.IncompleteReadError:
            if await self._process.wait() == -signal.SIGXCPU:
                raise PdfLimitExceeded(ExceededLimit.CPU) from None
            raise PdfReaderCrashed from None
