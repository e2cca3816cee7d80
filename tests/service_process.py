"""A process of the system, started as an operator starts it; it can be killed, halted and started again."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import ModuleType
from typing import Any

from process_facts import is_gone, reading_processes_of

READY_SECONDS = 60
_LOOK_SECONDS = 0.02


class StartedProcess:
    """A program that logs its ports when it serves; after a restart it has the ports of before.

    Its name is that of its log in the folder, to which every start adds. `port_variable` is what its port is given by.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        *,
        port_variable: str,
    ) -> None:
        self.name = name
        self.port = 0  # a worker has none
        self.http_port = 0
        self._command = command
        self._environment = dict(environment)
        self._port_variable = port_variable
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int:
        """Returns the process id of the last start, ended or not."""
        assert self._process is not None, f"{self.name} has not been started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def reading_processes(self) -> set[int]:
        return {child for child in reading_processes_of(self.pid) if not is_gone(child)}

    async def start(self) -> None:
        """The process is ready."""
        self.launch()
        await self.ready()

    def launch(self) -> None:
        """The process has been started, and is not ready yet."""
        assert not self.is_running, f"{self.name} runs already"
        self._log_start = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_ends_with_us(), *self._command],
                env=self._environment | self._ports(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ready(self) -> None:
        """`/readyz` says so. Fails where the process ends before, or the time does."""
        await self.listening()
        async with asyncio.timeout(READY_SECONDS):
            while await self.http_status("/readyz") != 200:
                assert self.is_running, f"{self.name} has ended: {self.log()[-2000:]}"
                await asyncio.sleep(_LOOK_SECONDS)

    async def listening(self) -> None:
        """It has said its ports, and may not be ready yet. Fails where it ends before, or the time does."""
        async with asyncio.timeout(READY_SECONDS):
            while not self._knows_its_ports():
                assert self.is_running, f"{self.name} has ended: {self.log()[-2000:]}"
                await asyncio.sleep(_LOOK_SECONDS)

    async def http_status(self, path: str) -> int:
        """Returns the status of the HTTP port's answer; 0 where there is none within two seconds."""
        return (await self._http(path))[0]

    async def metrics(self) -> str:
        return (await self._http("/metrics"))[1]

    def kill(self) -> None:
        """The process gets SIGKILL; its children end with it."""
        self._signal(signal.SIGKILL)

    def halt(self) -> None:
        """The process stands still until `go_on`; its children do not."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def terminate(self) -> None:
        """The process is told to end what it does, and to stop."""
        self._signal(signal.SIGTERM)

    async def ended(self) -> int:
        """Returns the exit code of the process, once it has one."""
        assert self._process is not None
        while (code := self._process.poll()) is None:
            await asyncio.sleep(_LOOK_SECONDS)
        return code

    async def restart(self) -> None:
        """The process has been killed, and started again, and is ready."""
        self.kill()
        await self.ended()
        await self.start()

    def log(self) -> str:
        """Returns everything that all starts have written."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def events(self) -> Iterator[dict[str, Any]]:
        """Yields the events that the last start has logged."""
        with self._log.open("rb") as log:
            log.seek(self._log_start)
            for line in log:
                with suppress(json.JSONDecodeError):  # it is being written, or comes from a library
                    yield json.loads(line)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _ports(self) -> dict[str, str]:
        return {self._port_variable: str(self.port), "INVOICES_HTTP__PORT": str(self.http_port)}

    def _knows_its_ports(self) -> bool:
        for event in self.events():
            if event.get("event") in ("serving", "working"):
                self.port = event.get("port", 0)
                self.http_port = event["http_port"]
                return True
        return False

    async def _http(self, path: str) -> tuple[int, str]:
        return await asyncio.to_thread(_got, self.http_port, path)


class ServiceProcess(StartedProcess):
    """One of the entry points in `invoice_summarizer.services`."""

    def __init__(
        self, name: str, module: ModuleType, environment: Mapping[str, str], folder: Path
    ) -> None:
        command = [sys.executable, "-m", module.__name__]
        super().__init__(name, command, environment, folder, port_variable="INVOICES_SERVER__PORT")


def _got(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return HTTPStatus(answer.status), answer.read().decode()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


def _ends_with_us() -> list[str]:
    """Returns what to set before a command, so that it is killed when we are, whatever kills us."""
    setpriv = shutil.which("setpriv")
    assert setpriv is not None, "setpriv of util-linux is not there"
    return [setpriv, "--pdeathsig=KILL"]


def search_path() -> dict[str, str]:
    """Returns the environment in which a child finds our modules, with none of the caller's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INVOICES_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(os.path.abspath(entry) for entry in sys.path)}
