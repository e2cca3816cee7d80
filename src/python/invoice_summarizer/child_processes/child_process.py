"""A child process as its parent sees it: a module's `main`, with which frames are exchanged over its pipes."""

import asyncio
import os
import signal
import sys
from contextlib import suppress

from invoice_summarizer.child_processes.frames import HEADER_BYTES, body_length, header

# The child gets the parent's search path whole: under PEX it is set up at run time, so that no variable can say it.
_START = "import sys; sys.path[:] = sys.argv[1:]; from {module} import main; main()"
_LEFT_AT_ONCE_BYTES = 1024 * 1024


class ChildEnded(Exception):
    """The child has ended, and owes an answer. `status` is its return code: the negative of a signal that ended it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the child has ended with {status}")
        self.status = status


class FrameTooLarge(Exception):
    """The child has begun to say more than it may."""


class ChildProcess:
    """One child in a process group of its own, which sees nothing of its parent's environment."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._taking = asyncio.Lock()  # what the child says; only one may

    @classmethod
    async def started(cls, module: str) -> "ChildProcess":
        """Returns a child that runs the module's `main`; it has begun, and has said nothing yet."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                *("-I", "-S", "-c", _START.format(module=module)),
                *(os.path.abspath(entry) for entry in sys.path),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={"LC_ALL": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )
        )

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._process.pid

    async def send(self, *bodies: bytes) -> None:
        """The bodies have been sent, each as a frame; where the child has ended, the lack of an answer tells."""
        stdin = self._process.stdin
        assert stdin is not None
        for body in bodies:
            stdin.write(header(len(body)))
            stdin.write(body)
        with suppress(BrokenPipeError, ConnectionResetError):
            await stdin.drain()

    async def frame(self, most_bytes: int | None = None) -> bytes:
        """Returns what the child says next. Raises ChildEnded, and FrameTooLarge where it is more than that."""
        stdout = self._process.stdout
        assert stdout is not None
        try:
            async with self._taking:
                length = body_length(await stdout.readexactly(HEADER_BYTES))
                if most_bytes is not None and length > most_bytes:
                    raise FrameTooLarge
                return await stdout.readexactly(length)
        except asyncio.IncompleteReadError:
            raise ChildEnded(await self._process.wait()) from None

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
