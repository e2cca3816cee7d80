"""The whole system in one process on one machine: embedded PostgreSQL, folders, and a token of its own.

What `invoicectl serve` and the demo run. The adapters and services are those of production.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import SecretStr

from aip.page_token import KEY_BYTES
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.adapters.token_file.creation import TOKEN_FILE_NAME, create_token_file
from invoice_summarizer.bootstrap import (
    Adapters,
    Service,
    api_server,
    ingest_services,
    keep_house,
    opened_adapters,
    query_services,
    summarize_services,
    work,
)
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.heap import freeze_heap
from invoice_summarizer.settings import DatabaseSettings, ServerSettings, Settings
from invoice_summarizer.telemetry import Metrics

TENANT = "default"
_SUBJECT = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStack:
    """Where the running system is. All ports are on loopback."""

    ingest_port: int
    summarize_port: int
    query_port: int
    metrics_port: int
    token: str
    tenant: str = TENANT


@asynccontextmanager
async def local_stack(
    folder: Path, *, port: int = 0, one_server: bool = True, throwaway: bool = False
) -> AsyncIterator[LocalStack]:
    """Serves everything from the folder, which keeps all data, until the block ends; then nothing is left running.

    With `one_server`, one port has all services; else each of the three services has its own. `throwaway` trades
    durability for speed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    postgres = EmbeddedPostgres(folder / "postgres", throwaway=throwaway)
    postgres.start()
    try:
        migrate(postgres.owner_dsn)
        settings = local_settings(folder, postgres.service_dsn, port)
        metrics = Metrics()
        async with opened_adapters(settings, "local") as adapters:
            stop = asyncio.Event()
            worker = asyncio.create_task(
                work(adapters, settings, metrics, f"local-{os.getpid()}")(stop)
            )
            sweeping = asyncio.create_task(keep_house(adapters).regularly(stop))
            groups = _groups(adapters, settings, metrics, one_server)
            servers = [api_server(settings.server, adapters, metrics, group) for group in groups]
            try:
                ports = [await server.start() for server in servers]
                freeze_heap()
                ingest_port, summarize_port, query_port = ports * 3 if one_server else ports
                with metrics.served(settings.metrics.host, settings.metrics.port) as metrics_port:
                    yield LocalStack(
                        ingest_port=ingest_port,
                        summarize_port=summarize_port,
                        query_port=query_port,
                        metrics_port=metrics_port,
                        token=(folder / TOKEN_FILE_NAME).read_text().strip(),
                    )
            finally:
                await asyncio.gather(*(server.stop() for server in servers))
                stop.set()
                await asyncio.gather(worker, sweeping)
    finally:
        postgres.stop()


def _groups(
    adapters: Adapters, settings: Settings, metrics: Metrics, one_server: bool
) -> Sequence[Sequence[Service]]:
    groups = [
        ingest_services(adapters, settings),
        summarize_services(adapters, metrics),
        query_services(adapters),
    ]
    return [[*chain.from_iterable(groups)]] if one_server else groups


def local_settings(folder: Path, dsn: str, port: int) -> Settings:
    """Returns settings on loopback with everything in the folder; makes token and key where there are none."""
    token_file = folder / "tokens.json"
    if not token_file.exists():
        create_token_file(token_file, subject=_SUBJECT, tenant=TENANT, roles=Role)
    key_file = folder / "page_token_key"
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(secrets.token_hex(KEY_BYTES))
    return Settings(
        database=DatabaseSettings(dsn=SecretStr(dsn)),
        object_folder=folder / "objects",
        token_file=token_file,
        page_token_key_file=key_file,
        server=ServerSettings(port=port),
    )
