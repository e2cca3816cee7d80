"""Invoices as they were rendered when they were written, each in one round trip.

One prepared statement is one transaction: the function that it calls takes on the role and names the tenant, both until
its end, so that row-level security holds and nothing of it is left on the connection.
"""

from dataclasses import dataclass

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from invoice_summarizer.adapters.postgres.engine import PoolSettings
from invoice_summarizer.adapters.postgres.failures import translated_driver_errors
from invoice_summarizer.adapters.postgres.scope import Limits, milliseconds
from invoice_summarizer.adapters.postgres.storable_text import storable_text

_READ = "SELECT read_invoice_view(%s, %s, %s, %s)"

_Parameters = tuple[str, str, bool, str]


@dataclass(frozen=True, slots=True)
class StoredView:
    view: bytes | None  # None where it was rendered under another version


class StoredViews:
    """Reads through a pool of its own, which connects when first used; `aclose` closes what it opened.

    No connection is tried before its use. The first that proves lost has all the others looked at, and the read is
    tried once more.
    """

    def __init__(
        self, dsn: str, *, application_name: str, settings: PoolSettings, limits: Limits
    ) -> None:
        self._pool = AsyncConnectionPool(
            dsn,
            kwargs={
                "autocommit": True,
                "application_name": application_name,
                "connect_timeout": settings.connect_timeout_seconds,
                "options": f"-c statement_timeout={milliseconds(limits.statement)}",
            },
            min_size=0,
            max_size=settings.pool_size,
            timeout=settings.pool_timeout_seconds,
            max_lifetime=settings.recycle_seconds,
            # After this a new caller makes a new attempt; a longer one would wait ever longer between its tries.
            reconnect_timeout=settings.connect_timeout_seconds,
            open=False,
        )

    async def read(
        self, tenant: str, invoice_id: str, *, full: bool, version: str
    ) -> StoredView | None:
        """Returns what is stored of the tenant's invoice, None where there is no such invoice.

        Raises Unavailable where the database does not answer or no connection is free in time.
        """
        parameters = (tenant, storable_text(invoice_id), full, version)
        async with translated_driver_errors():
            if self._pool.closed:
                await self._pool.open()
            try:
                return await self._read(parameters)
            except _ConnectionLost:
                await self._pool.check()
            return await self._read(parameters)

    async def aclose(self) -> None:
        await self._pool.close()

    async def _read(self, parameters: _Parameters) -> StoredView | None:
        connection = await self._pool.getconn()
        try:
            return await _stored_view(connection, parameters)
        except psycopg.Error as error:
            if connection.closed:
                raise _ConnectionLost(type(error).__name__) from None
            raise
        finally:
            await self._pool.putconn(connection)


class _ConnectionLost(psycopg.OperationalError):
    """The connection is gone, and with it whatever it was asked."""


async def _stored_view(
    connection: AsyncConnection[tuple[object, ...]], parameters: _Parameters
) -> StoredView | None:
    # In binary, bytes come as they are and not as twice as many hexadecimal digits.
    cursor = connection.cursor(binary=True)
    await cursor.execute(_READ, parameters, prepare=True)
    row = await cursor.fetchone()
    if row is None:
        return None
    view = row[0]
    assert view is None or isinstance(view, bytes)
    return StoredView(view)
