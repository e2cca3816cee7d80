"""Who leads a task: whoever holds a lock of the database, for as long as its transaction is open."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.scope import Limits, transaction

LONGEST_TASK = timedelta(hours=1)


class PostgresLeadership:
    """A leader whose task goes on for longer than LONGEST_TASK leads no longer."""

    def __init__(self, engine: AsyncEngine, *, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = replace(limits or Limits(), idle=LONGEST_TASK)

    @asynccontextmanager
    async def attempt(self, task: str) -> AsyncIterator[bool]:
        key = int.from_bytes(hashlib.sha256(task.encode()).digest()[:8], "big", signed=True)
        async with transaction(
            self._engine, DatabaseRole.WORKER, limits=self._limits
        ) as connection:
            # Of the transaction, not of the session: it ends whatever becomes of the connection.
            trying = select(func.pg_try_advisory_xact_lock(key))
            yield bool((await connection.execute(trying)).scalar_one())
