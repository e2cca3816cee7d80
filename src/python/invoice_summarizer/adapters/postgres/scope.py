"""A database transaction under a role, with limits on how long it may take."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.failures import translated_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    statement: timedelta = timedelta(seconds=30)
    lock: timedelta = timedelta(seconds=10)
    idle: timedelta = timedelta(seconds=60)  # between statements


# All of it ends with the transaction, so that a pooler may hand the connection to anybody.
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
    async with translated_errors(), engine.begin() as connection:
        await connection.execute(
            _ENTER,
            {
                "role": role.value,
                "tenant": tenant,
                "statement": _milliseconds(limits.statement),
                "lock": _milliseconds(limits.lock),
                "idle": _milliseconds(limits.idle),
                "read_only": "on" if read_only else "off",
            },
        )
        yield connection


def _milliseconds(limit: timedelta) -> str:
    return str(int(limit / timedelta(milliseconds=1)))
