"""A database transaction under a role, with limits on how long it may take."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.failures import translated_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    statement: timedelta = timedelta(seconds=30)
    lock: timedelta = timedelta(seconds=10)
    idle: timedelta = timedelta(seconds=60)  # between statements


# All of it ends with the transaction: nothing of it is left on a connection of the pool.
_ENTER = select(
    *(
        func.set_config(name, bindparam(key, type_=String()), True)
        for name, key in (
            ("role", "role"),
            ("app.tenant", "tenant"),
            ("statement_timeout", "statement"),
            ("lock_timeout", "lock"),
            ("idle_in_transaction_session_timeout", "idle"),
            ("transaction_read_only", "read_only"),
        )
    )
)


@asynccontextmanager
async def transaction(
    engine: AsyncEngine,
    role: DatabaseRole,
    *,
    tenant: str = "",
    read_only: bool = False,
    limits: Limits | None = None,
) -> AsyncIterator[AsyncConnection]:
    """Opens a transaction as the role, on rows of the tenant; commits at the end, rolls back where the block raises.

    Raises Unavailable where the database does not answer.
    """
    limits = limits or Limits()
    settings = {
        "role": role.value,
        "tenant": tenant,
        "statement": milliseconds(limits.statement),
        "lock": milliseconds(limits.lock),
        "idle": milliseconds(limits.idle),
        "read_only": "on" if read_only else "off",
    }
    async with translated_errors(), AsyncExitStack() as stack:
        connection = await _begun(stack, engine, settings)
        yield connection
        await connection.commit()


async def _begun(
    stack: AsyncExitStack, engine: AsyncEngine, settings: dict[str, str]
) -> AsyncConnection:
    """Returns a connection in a transaction that has these settings.

    No connection is tried before its use. One that proves lost at this point has done nothing yet, so another takes its
    place, once; the pool has then given up all that it had.
    """
    try:
        return await _entered(stack, engine, settings)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return await _entered(stack, engine, settings)


async def _entered(
    stack: AsyncExitStack, engine: AsyncEngine, settings: dict[str, str]
) -> AsyncConnection:
    connection = await stack.enter_async_context(engine.connect())
    await connection.execute(_ENTER, settings)
    return connection


def milliseconds(limit: timedelta) -> str:
    return str(int(limit / timedelta(milliseconds=1)))


# A million rows take more than a statement may that somebody waits for; it ends with the caller's deadline all the same.
MAY_TAKE_LONG = select(
    func.set_config("statement_timeout", milliseconds(timedelta(minutes=5)), True)
)
