"""The gateway of one machine, in a child process that ends with whoever started it, however that ends."""

import asyncio
import errno
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path

from invoice_gateway.program import gateway_program

_START_SECONDS = 30.0
_STOP_SECONDS = 25.0  # the grace of its requests under way, and a little


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

    async def start(self, *, port: int, services: str) -> int:
        """Serves the gRPC services at the address `services` as REST; returns the port. Raises NoGateway, GatewayFailed."""
        program = gateway_program()
        if program is None:
            raise NoGateway("this installation carries no gateway")
        settings = {
            "INVOICES_GATEWAY__PORT": str(port),
            "INVOICES_GATEWAY__LEAVE_SECONDS": "0",
            **{
                f"INVOICES_GATEWAY__{name}_ADDRESS": services
                for name in ("INGEST", "SUMMARIZE", "QUERY")
            },
        }
        try:
            process = self._process = await _started(program, settings)
            serving: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            self._copying = asyncio.create_task(self._copied(process, serving))
            return await asyncio.wait_for(serving, _START_SECONDS)
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

    async def _copied(self, process: Process, serving: asyncio.Future[int]) -> None:
        """All that the child logs is in the file; `serving` has the port once the log says it, or what it said last."""
        assert process.stderr is not None
        last = ""
        with self._log.open("ab", buffering=0) as log:
            while line := await process.stderr.readline():
                log.write(line)
                last = line.decode(errors="replace").strip()
                if not serving.done() and (port := _port_in(last)) is not None:
                    serving.set_result(port)
        if not serving.done():
            said = last or f"see {self._log}"
            serving.set_exception(GatewayFailed(f"the gateway has ended: {said}"))


async def _started(program: Path, settings: Mapping[str, str]) -> Process:
    return await asyncio.create_subprocess_exec(
        str(program),
        "--until-stdin-ends",
        env=settings,  # of the environment of its parent it sees nothing
        stdin=PIPE,
        stdout=DEVNULL,
        stderr=PIPE,
        start_new_session=True,  # Ctrl-C is for the parent, which ends it in its turn
    )


def _port_in(line: str) -> int | None:
    """Returns the port of the event `serving`; None of any other line."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return int(event["port"]) if event.get("event") == "serving" else None
