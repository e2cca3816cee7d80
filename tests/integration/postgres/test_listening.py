"""Listening goes on whatever fails, and says so where nobody foresaw it."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres import listening
from invoice_summarizer.adapters.postgres.engine import PoolSettings, create_engine, plain_dsn
from invoice_summarizer.adapters.postgres.listening import WORK_CHANNEL, Listener
from postgres_fixture import Database


class _Heard:
    """What a listener hears; an odd payload is an error that nobody foresaw."""

    def __init__(self, dsn: str) -> None:
        self.payloads: asyncio.Queue[str] = asyncio.Queue()
        self.failures: list[Exception] = []
        self.listener = Listener(
            dsn,
            WORK_CHANNEL,
            self._woken,
            application_name="test-listener",
            failed=self.failures.append,
        )

    def _woken(self, payload: str) -> None:
        if payload == "odd":
            raise ValueError(payload)
        self.payloads.put_nowait(payload)

    async def next(self) -> str:
        async with asyncio.timeout(30):
            return await self.payloads.get()


@pytest.fixture
async def heard(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[_Heard]:
    monkeypatch.setattr(listening, "_RECONNECT_SECONDS", 0)
    created = _Heard(plain_dsn(engine))
    created.listener.start()
    yield created
    await created.listener.aclose()


def notify(database: Database, payload: str) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_notify(%s, %s)", (WORK_CHANNEL, payload))


async def test_listening_goes_on_after_an_error_that_nobody_foresaw(
    heard: _Heard, database: Database
) -> None:
    assert await heard.next() == "", "listening has begun"
    notify(database, "odd")
    assert await heard.next() == "", "and begun again"
    notify(database, "operation")
    assert await heard.next() == "operation"
    assert [type(error) for error in heard.failures] == [ValueError]


async def test_lost_connection_is_no_failure_to_tell_of(heard: _Heard, database: Database) -> None:
    assert await heard.next() == ""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'test-listener'"
        )
    assert await heard.next() == ""
    assert heard.failures == []


async def test_connection_that_is_never_made_is_given_up_as_in_the_pool(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that accepts and says nothing. Without a limit of ours, the driver would wait for two minutes."""
    monkeypatch.setattr(listening, "_RECONNECT_SECONDS", 0)
    accepted: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()
    server = await asyncio.start_server(
        lambda reader, writer: accepted.put_nowait(writer), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    engine = create_engine(
        f"postgresql://nobody@127.0.0.1:{port}/invoices",
        application_name="test",
        settings=PoolSettings(connect_timeout_seconds=2),
    )
    heard, writers = _Heard(plain_dsn(engine)), []
    heard.listener.start()
    async with server, asyncio.timeout(60):
        for _ in range(2):
            writers.append(await accepted.get())
    await heard.listener.aclose()
    for writer in writers:
        writer.close()
    await engine.dispose()
    assert heard.failures == []
