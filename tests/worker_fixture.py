"""A database and an object store with documents that wait for a worker, and the processes that work on them.

from worker_fixture import backlog
"""

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.filesystem.object_store import FilesystemObjectStore
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.adapters.token_file.creation import create_token_file
from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from postgres_fixture import Database

SENDER = Principal(subject="sender", tenant="acme", roles=frozenset({Role.EDITOR}))


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits, where it lies, and the environment of a worker that works on it."""

    database: Database
    transactions: PostgresTransactions
    objects: FilesystemObjectStore
    environment: dict[str, str]
    token: str  # of SENDER, with every role
    processes: list[asyncio.subprocess.Process]

    async def add(self, documents: Iterable[bytes]) -> list[Operation]:
        ingest = IngestDocument(self.transactions, self.objects, utc_now, new_uuid)
        return [
            (await ingest(SENDER, _once(document), IncomingDocument())).operation
            for document in documents
        ]

    async def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Returns what a superuser sees."""
        async with await psycopg.AsyncConnection.connect(
            self.database.superuser_dsn, autocommit=True
        ) as connection:
            cursor = await connection.execute(query.encode(), parameters)
            return await cursor.fetchall()

    async def change(self, statement: str, *parameters: Any) -> None:
        """A superuser has changed rows."""
        async with await psycopg.AsyncConnection.connect(
            self.database.superuser_dsn, autocommit=True
        ) as connection:
            assert (await connection.execute(statement.encode(), parameters)).rowcount

    async def until(self, query: str, *parameters: Any, seconds: float = 60) -> None:
        """Returns once the query finds a row; the test fails where it never does."""
        async with asyncio.timeout(seconds):
            while not await self.rows(query, *parameters):
                await asyncio.sleep(0.02)

    async def start(
        self, module: str, *arguments: str, log: int | None = None
    ) -> asyncio.subprocess.Process:
        """Starts a process of this project's Python on the backlog, which logs to standard error, or to `log`."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
        self.processes.append(process)
        return process


@pytest.fixture
async def backlog(
    engine: AsyncEngine, database: Database, tmp_path: Path
) -> AsyncIterator[Backlog]:
    token_file, key_file = tmp_path / "tokens.json", tmp_path / "key"
    token = create_token_file(token_file, subject="sender", tenant="acme", roles=Role)
    key_file.write_text(secrets.token_hex(32))
    (tmp_path / "objects").mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "INVOICES_DATABASE__DSN": database.service_dsn,
        "INVOICES_OBJECT_FOLDER": str(tmp_path / "objects"),
        "INVOICES_TOKEN_FILE": str(token_file),
        "INVOICES_PAGE_TOKEN_KEY_FILE": str(key_file),
    }
    created = Backlog(
        database,
        PostgresTransactions(engine, ProtobufViewRenderer()),
        FilesystemObjectStore(tmp_path / "objects"),
        environment,
        token,
        [],
    )
    yield created
    for process in created.processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data
