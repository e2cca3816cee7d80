"""The whole system as separate processes on loopback, over one embedded PostgreSQL, object folder and token file.

    async with separate_processes() as system:
        operation = await system.client("acme").ingested(document)
        await system.workers[0].restart()

Everything of it can be killed, halted and started again. At the end nothing of it is left, whatever happened.
"""

import asyncio
import os
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from weakref import WeakSet

from aip.page_token import KEY_BYTES
from invoice_summarizer.adapters.embedded_postgres.databases import DATABASE, SUPERUSER
from invoice_summarizer.adapters.embedded_postgres.leftover import server_state
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.token_file.creation import add_token
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.services import ingest, query, summarize, worker
from process_facts import descendants_of, is_gone, open_descriptors, peak_memory_bytes
from service_process import ServiceProcess, search_path
from stored_state import StoredState
from tenant_client import TenantClient

TENANTS = ("acme", "other", "third")


class SeparateProcesses:
    """The running system. `state` says what it has stored; `client` is a tenant's connections to it."""

    def __init__(
        self,
        folder: Path,
        postgres: EmbeddedPostgres,
        environment: Mapping[str, str],
        tokens: Mapping[str, str],
        ingest_servers: int,
        workers: int,
    ) -> None:
        self.folder = folder
        self.service_dsn = postgres.service_dsn
        self.tokens = tokens
        # The server's address does not change when it is started again.
        self.state = StoredState(postgres.dsn(SUPERUSER, DATABASE), folder / "objects")
        self._postgres = postgres
        logs = folder / "logs"
        logs.mkdir()
        self.query = ServiceProcess("query", query, environment, logs)
        self.summarize = ServiceProcess("summarize", summarize, environment, logs)
        self.ingest_servers, self.workers = (
            [
                ServiceProcess(f"{name}-{number}", module, environment, logs)
                for number in range(1, count + 1)
            ]
            for name, module, count in (
                ("ingest", ingest, ingest_servers),
                ("worker", worker, workers),
            )
        )
        self._clients: WeakSet[TenantClient] = WeakSet()

    @property
    def servers(self) -> Sequence[ServiceProcess]:
        return *self.ingest_servers, self.query, self.summarize

    @property
    def processes(self) -> Sequence[ServiceProcess]:
        return *self.servers, *self.workers

    async def start(self) -> None:
        """All processes are ready."""
        for process in self.processes:
            process.launch()
        await self.ready()

    async def ready(self) -> None:
        """All processes say that they are ready."""
        await asyncio.gather(*(process.ready() for process in self.processes))

    def client(self, tenant: str, *, ingest_server: int = 0) -> TenantClient:
        """Returns new connections of the tenant's to the servers; they end with the system."""
        client = TenantClient(
            tenant,
            self.tokens[tenant],
            ingest=self.ingest_servers[ingest_server].port,
            query=self.query.port,
            summarize=self.summarize.port,
        )
        self._clients.add(client)
        return client

    async def kill_postgres(self) -> None:
        """All processes of PostgreSQL have been killed by SIGKILL, as when its machine dies."""
        state = server_state(self.folder / "postgres" / "data")
        assert state is not None, "PostgreSQL does not run"
        pids = {state[0], *descendants_of(state[0])}
        for pid in pids:
            _kill(pid)
        async with asyncio.timeout(20):
            while not all(map(is_gone, pids)):
                await asyncio.sleep(0.01)
        self._postgres.stop()  # only its folder is to be given back

    def start_postgres(self) -> None:
        """PostgreSQL has recovered and answers. The calling thread has to be the main one, and waits."""
        self._postgres.start()

    def peak_memory_bytes(self) -> dict[str, int]:
        """Returns the most memory that each process has had in RAM since its last start, by its name."""
        return {process.name: peak_memory_bytes(process.pid) for process in self.processes}

    def open_descriptors(self) -> dict[str, int]:
        """Returns how many descriptors each process has open, by its name."""
        return {process.name: open_descriptors(process.pid) for process in self.processes}

    def logs(self) -> str:
        """Returns everything that all processes have logged, PostgreSQL too."""
        postgres = (self.folder / "postgres" / "postgres.log").read_text(errors="replace")
        return "".join(process.log() for process in self.processes) + postgres

    async def end(self) -> None:
        """No process of the services is left, and no connection of the clients."""
        for client in [*self._clients]:
            await client.close()
        started = [process for process in self.processes if process.is_running]
        for process in started:
            process.kill()
        for process in started:
            await process.ended()


@asynccontextmanager
async def separate_processes(
    *,
    tenants: Sequence[str] = TENANTS,
    ingest_servers: int = 1,
    workers: int = 3,
    environment: Mapping[str, str] | None = None,
    throwaway: bool = False,
) -> AsyncIterator[SeparateProcesses]:
    """Yields the system when all of it is ready. `environment` adds settings, of all processes; a bucket among them takes
    the place of the object folder.

    With `throwaway` PostgreSQL is faster, cleans up no tables, and may lose what was committed last when it is killed.
    """
    # Short, so that PostgreSQL's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="apart-") as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / "postgres", throwaway=throwaway) as postgres:
            migrate(postgres.owner_dsn)
            tokens = {
                tenant: add_token(
                    folder / "tokens.json", subject=f"of {tenant}", tenant=tenant, roles=Role
                )
                for tenant in tenants
            }
            settings = {**_settings(folder, postgres.service_dsn), **(environment or {})}
            if "INVOICES_OBJECTS__BUCKET" in settings:
                del settings["INVOICES_OBJECT_FOLDER"]
            system = SeparateProcesses(folder, postgres, settings, tokens, ingest_servers, workers)
            try:
                await system.start()
                yield system
            finally:
                await system.end()


def _settings(folder: Path, dsn: str) -> dict[str, str]:
    key_file, objects = folder / "page_token_key", folder / "objects"
    key_file.write_text(secrets.token_hex(KEY_BYTES))
    objects.mkdir()
    return {
        **search_path(),
        "INVOICES_DATABASE__DSN": dsn,
        "INVOICES_OBJECT_FOLDER": str(objects),
        "INVOICES_TOKEN_FILE": str(folder / "tokens.json"),
        "INVOICES_PAGE_TOKEN_KEY_FILE": str(key_file),
    }


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it has ended in this moment
        os.kill(pid, signal.SIGKILL)
