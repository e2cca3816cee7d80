"""Reads of one round trip each, which is what costs most where little is read.

One prepared statement is one transaction: the function that it calls takes on the role and names the tenant, both until
its end, so that row-level security holds and nothing of it is left on the connection.
"""

from typing import LiteralString

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from invoice_summarizer.adapters.postgres.engine import PoolSettings
from invoice_summarizer.adapters.postgres.failures import translated_driver_errors
from invoice_summarizer.adapters.postgres.scope import Limits, milliseconds

Row = tuple[object, ...]
_Parameters = tuple[str | bool, ...]


class SingleReads:
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

    async def first(self, statement: LiteralString, parameters: _Parameters) -> Row | None:
        """Returns the first row, None where there is none.

        Raises Unavailable where the database does not answer or no connection is free in time.
        """
        async with translated_driver_errors():
            if self._pool.closed:
                await self._pool.open()
            try:
                return await self._first(statement, parameters)
            except _ConnectionLost:
                await self._pool.check()
            return await self._first(statement, parameters)

    async def aclose(self) -> None:
        await self._pool.close()

    async def _first(self, statement: LiteralString, parameters: _Parameters) -> Row | None:
        connection = await self._pool.getconn()
        try:
            return await _first_row(connection, statement, parameters)
        except psycopg.Error as error:
            if connection.closed:
                raise _ConnectionLost(type(error).__name__) from None
            raise
        finally:
            await self._pool.putconn(connection)


class _ConnectionLost(psycopg.OperationalError):
    """The connection is gone, and with it whatever it was asked."""


async def _first_row(
    connection: AsyncConnection[Row], statement: LiteralString, parameters: _Parameters
) -> Row | None:
    # In binary, bytes come as they are and not as twice as many hexadecimal digits.
    cursor = connection.cursor(binary=True)
    await cursor.execute(statement, parameters, prepare=True)
    return await cursor.fetchone()
