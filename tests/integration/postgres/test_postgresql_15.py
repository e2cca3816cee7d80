"""The same code on a PostgreSQL that is not ours: Debian's, over TCP, prepared as an operator prepares it."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from aip.filter import parse_filter
from aip.filter_expression import Expression
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.local_stack import local_settings
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.invoice_reader import GroupKey, InvoicePage, InvoiceReader
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.worker import opened_worker_adapters, work
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.telemetry import Metrics
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoices.v1 import invoice_pb2

BINARIES = Path("/usr/lib/postgresql/15/bin")
PASSWORD = "only-for-this-test"
EDITOR = Principal(subject="erna", tenant="acme", roles=frozenset(Role))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Host and port of a server with the empty database `invoices` and its owner."""
    if not (BINARIES / "initdb").exists():
        pytest.skip("needs the Debian package postgresql: run scripts/install-system-packages")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="postgresql-15-"))
    # PostgreSQL refuses to run as root.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    user = as_user if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*user, BINARIES / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8"],
        check=True,
        capture_output=True,
        env=environment,
    )
    server = subprocess.Popen(
        [
            *user,
            BINARIES / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            folder,
            "-c",
            "fsync=off",
        ],
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        _prepare(f"127.0.0.1:{port}")
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder)


def _prepare(address: str) -> None:
    for attempt in range(100):
        try:
            connection = psycopg.connect(
                f"postgresql://postgres@{address}/postgres", autocommit=True
            )
            break
        except psycopg.OperationalError:
            if attempt == 99:
                raise
            time.sleep(0.1)
    with connection:
        connection.execute(f"CREATE ROLE owner LOGIN CREATEROLE PASSWORD '{PASSWORD}'".encode())
        connection.execute("CREATE DATABASE invoices OWNER owner")
    migrate(f"postgresql://owner:{PASSWORD}@{address}/invoices")
    with psycopg.connect(f"postgresql://postgres@{address}/invoices") as admin:
        admin.execute(
            "CREATE ROLE service LOGIN NOINHERIT IN ROLE invoices_app, invoices_worker"
            f" PASSWORD '{PASSWORD}'".encode()
        )


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _page(query: InvoiceReader, filter: Expression | None) -> InvoicePage:
    return await query.page(EDITOR.tenant, filter=filter, order=(), after=None, limit=100)


async def test_samples_go_the_whole_way(address: str, tmp_path: Path) -> None:
    dsn = f"postgresql://service:{PASSWORD}@{address}/invoices"
    settings = local_settings(tmp_path, dsn)
    metrics, stop = Metrics(), asyncio.Event()
    async with (
        opened_database(settings.database, "test", in_a_thread) as database,
        opened_worker_adapters(settings, database, in_a_thread, Metrics()) as adapters,
    ):
        assert await database.problem() == ""
        ingest = IngestDocument(adapters.transactions, adapters.objects, utc_now, new_uuid)
        for sample in sample_invoices():
            await ingest(EDITOR, _once(sample.data), IncomingDocument())
        working = asyncio.create_task(work(adapters, metrics, worker="worker", slots=2)(stop))
        fields = {name: field.filter for name, field in INVOICE_FIELDS.items()}
        unread = parse_filter('status="received"', fields)
        async with asyncio.timeout(60):
            while (await _page(database.reader, unread)).total_size:
                await asyncio.sleep(0.1)
        stop.set()
        await working
        page = await _page(database.reader, None)
        numbers = {
            invoice_pb2.Invoice.FromString(view).content.invoice_number for view in page.views
        }
        assert numbers == {sample.expected.invoice_number for sample in sample_invoices()}
        found = await database.reader.aggregate(
            EDITOR.tenant, filter=None, group_by=frozenset({GroupKey.CURRENCY}), limit=10
        )
        assert {group.currency: group.count for group in found.groups} == {"EUR": 5, "GBP": 1}


def test_service_sees_no_row_without_a_tenant(address: str) -> None:
    with psycopg.connect(f"postgresql://service:{PASSWORD}@{address}/invoices") as connection:
        connection.execute("SET ROLE invoices_app")
        assert connection.execute("SELECT count(*) FROM invoices").fetchall() == [(0,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("ALTER TABLE invoices DISABLE ROW LEVEL SECURITY")
