"""The whole system in one process on one machine: embedded PostgreSQL, folders, and a token of its own.

What `invoicectl serve` and the demo run. The adapters and services are those of production.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import structlog
from pydantic import SecretStr

from aip.page_token import KEY_BYTES
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.token_file.creation import TOKEN_FILE_NAME, create_token_file
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.processes.backlog import watch_backlog
from invoice_summarizer.processes.credentials import looking_at, token_verifier
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.http_port import http_port
from invoice_summarizer.processes.ingest import ingest_services, opened_ingest_adapters
from invoice_summarizer.processes.long_work import opened_long_work
from invoice_summarizer.processes.parts import running, stopped_within
from invoice_summarizer.processes.query import opened_query_adapters, query_services
from invoice_summarizer.processes.readiness import Readiness
from invoice_summarizer.processes.serving import api_server
from invoice_summarizer.processes.summarize import opened_summarize_adapters, summarize_services
from invoice_summarizer.processes.worker import (
    keep_house,
    look_after_batches,
    opened_worker_adapters,
    work,
)
from invoice_summarizer.rpc.server import ApiServer, Service
from invoice_summarizer.settings import (
    DatabaseSettings,
    HttpSettings,
    ModelSettings,
    ServerSettings,
    WholeSettings,
    WrongSetting,
)
from invoice_summarizer.telemetry import Metrics, QueueMetrics

TENANT = "default"
_SUBJECT = "owner"
_LOOK_SECONDS = 0.5

# Opens the cluster that does batches, given the settings that its jobs need.
OpenJobs = Callable[[WholeSettings], AbstractAsyncContextManager[BatchJobs | None]]

_log = structlog.get_logger()


def no_jobs(settings: WholeSettings) -> AbstractAsyncContextManager[BatchJobs | None]:
    """There is no cluster: batches wait for a worker that has one."""
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStack:
    """Where the running system is. All ports are on loopback."""

    ingest_port: int
    summarize_port: int
    query_port: int
    http_port: int
    token: str
    tenant: str = TENANT


@asynccontextmanager
async def local_stack(
    folder: Path,
    *,
    port: int = 0,
    metrics_port: int = 0,
    reflection: bool = False,
    one_server: bool = True,
    throwaway: bool = False,
    model: ModelSettings | None = None,
    import_folder: Path | None = None,
    open_jobs: OpenJobs = no_jobs,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[LocalStack]:
    """Serves everything from the folder, which keeps all data, until the block ends; then nothing is left running.

    Where a part of it ends by itself, `stop` is set, and PartEnded is raised when the block has ended. With
    `one_server`, one port has all services; else each of the three services has its own. `throwaway` trades durability
    for speed. Nothing of it is read from the environment.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    postgres = EmbeddedPostgres(folder / "postgres", throwaway=throwaway)
    postgres.start()
    try:
        migrate(postgres.owner_dsn)
        settings = local_settings(
            folder,
            postgres.service_dsn,
            port,
            metrics_port=metrics_port,
            reflection=reflection,
            model=model,
            import_folder=import_folder,
        )
        async with (
            opened_long_work() as long_work,
            opened_database(settings.database, "local", long_work) as database,
            open_jobs(settings) as jobs,
            _served(
                settings, database, long_work, postgres, jobs, one_server, stop or asyncio.Event()
            ) as (
                ports,
                http,
            ),
        ):
            ingest_port, summarize_port, query_port = ports * 3 if one_server else ports
            yield LocalStack(
                ingest_port=ingest_port,
                summarize_port=summarize_port,
                query_port=query_port,
                http_port=http,
                token=(folder / TOKEN_FILE_NAME).read_text().strip(),
            )
    finally:
        postgres.stop()
    _log.info("stopped")


@asynccontextmanager
async def _served(
    settings: WholeSettings,
    database: PostgresDatabase,
    long_work: LongWork,
    postgres: EmbeddedPostgres,
    jobs: BatchJobs | None,
    one_server: bool,
    stop: asyncio.Event,
) -> AsyncIterator[tuple[list[int], int]]:
    """Yields the ports of the servers, and that of HTTP."""
    metrics = Metrics()
    queue_metrics = QueueMetrics(metrics.registry)
    tokens = token_verifier(settings.token_file)
    async with (
        opened_ingest_adapters(settings, database, long_work, metrics) as ingest,
        opened_summarize_adapters(settings, database, long_work, metrics) as summarize,
        opened_worker_adapters(settings, database, long_work, metrics, jobs) as worker,
        opened_query_adapters(settings, database, long_work, metrics) as query,
    ):
        groups: list[list[Service]] = [
            ingest_services(ingest),
            summarize_services(summarize, metrics),
            query_services(query),
        ]
        if one_server:
            groups = [[*chain.from_iterable(groups)]]
        servers = [api_server(settings.server, tokens, metrics, group) for group in groups]
        readiness = Readiness(
            looking_at(tokens, database.problem), lambda ready: _set_serving(servers, ready)
        )
        name = f"local-{os.getpid()}"
        loop = work(worker, metrics, worker=name, slots=settings.worker.slots)
        with http_port(settings.http, metrics.registry, lambda: readiness.problem) as http:
            ports = [await server.start(serving=False) for server in servers]
            await readiness.look()
            ignore_what_is_there()
            parts = {
                "PostgreSQL": _until_ended(postgres, stop),
                "the worker": loop(stop),
                "the look after batches": look_after_batches(worker, metrics, stop, worker=name),
                "the housekeeping": keep_house(worker).regularly(stop),
                "the look at the queue": watch_backlog(worker.queue, queue_metrics, stop),
                "the look at the database": readiness.watch(stop),
                **{
                    f"the server on port {port}": server.until(stop)
                    for port, server in zip(ports, servers, strict=True)
                },
            }
            async with running(parts, stop):
                for port in ports:
                    _log.info("serving", host=settings.server.host, port=port, http_port=http)
                _log.info("working", slots=settings.worker.slots, http_port=http)
                yield ports, http
                _log.info("draining")


async def _set_serving(servers: Sequence[ApiServer], serving: bool) -> None:
    for server in servers:
        await server.set_serving(serving)


async def _until_ended(postgres: EmbeddedPostgres, stop: asyncio.Event) -> None:
    while postgres.is_running and not await stopped_within(stop, _LOOK_SECONDS):
        pass


def local_settings(
    folder: Path,
    dsn: str,
    port: int = 0,
    *,
    metrics_port: int = 0,
    reflection: bool = False,
    model: ModelSettings | None = None,
    import_folder: Path | None = None,
) -> WholeSettings:
    """Returns settings on loopback with everything in the folder; makes token, key and object folder where there are none."""
    token_file = folder / "tokens.json"
    if not token_file.exists():
        create_token_file(token_file, subject=_SUBJECT, tenant=TENANT, roles=Role)
    if not (token := folder / TOKEN_FILE_NAME).is_file():
        problem = f"{token} is not there: take {token_file} away as well, and both are made anew"
        raise WrongSetting(("INVOICES_TOKEN_FILE", problem))
    key_file = folder / "page_token_key"
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(secrets.token_hex(KEY_BYTES))
    object_folder = folder / "objects"
    object_folder.mkdir(mode=0o700, exist_ok=True)
    return WholeSettings(
        database=DatabaseSettings(dsn=SecretStr(dsn)),
        object_folder=object_folder,
        token_file=token_file,
        page_token_key_file=key_file,
        server=ServerSettings(port=port, reflection=reflection, leave_seconds=0),
        http=HttpSettings(port=metrics_port),
        model=model,
        import_folder=import_folder,
    )
