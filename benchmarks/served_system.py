"""The whole system in a process of its own, whose peak memory can be asked for."""

import asyncio
import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.databases import DATABASE, SERVICE, SUPERUSER
from invoice_summarizer.local_stack import local_stack
from invoice_summarizer.telemetry import configure_logging
from measurement import peak_mebibytes


@dataclass(frozen=True, slots=True)
class ServedSystem:
    port: int
    token: str
    dsn: str  # of the services' login
    superuser_dsn: str
    _process: Connection

    @property
    def credentials(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self.token}"),)

    def peak_mebibytes(self) -> float:
        """Returns the most memory that the serving process has had."""
        self._process.send("memory")
        return float(self._process.recv())


@contextmanager
def served_system() -> Iterator[ServedSystem]:
    """Yields the system as it serves from a new folder; then nothing of it is left."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        process = context.Process(target=_run, args=(theirs, folder))
        process.start()
        try:
            port, token = ours.recv()
            socket = Path(folder) / "postgres" / "socket"
            service, superuser = (
                f"postgresql://{user}@/{DATABASE}?host={socket}" for user in (SERVICE, SUPERUSER)
            )
            yield ServedSystem(port, token, service, superuser, ours)
        finally:
            ours.send("stop")
            process.join(30)


def _run(asked: Connection, folder: str) -> None:
    configure_logging("benchmark", "WARNING")
    asyncio.run(_serve(asked, Path(folder)))


async def _serve(asked: Connection, folder: Path) -> None:
    async with local_stack(folder) as stack:
        asked.send((stack.query_port, stack.token))
        while await asyncio.to_thread(asked.recv) != "stop":
            asked.send(peak_mebibytes())
