"""Whose turn it is: a row for each task, by the database's clock, without a lock or a connection that is held."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Executable, Row, Update, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.tables import scheduled_tasks
from invoice_summarizer.ports.task_schedule import Turn


class PostgresTaskSchedule:
    def __init__(self, engine: AsyncEngine, *, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = limits or Limits()

    async def take(self, task: str, lease: timedelta) -> Turn | None:
        first = insert(scheduled_tasks).values(name=task, turn=1, due_at=func.now() + lease)
        taking = first.on_conflict_do_update(
            index_elements=[scheduled_tasks.c.name],
            set_={"turn": scheduled_tasks.c.turn + 1, "due_at": first.excluded.due_at},
            where=scheduled_tasks.c.due_at <= func.now(),
        ).returning(scheduled_tasks.c.turn)
        row = await self._execute(taking)
        return Turn(task, row.turn) if row else None

    async def extend(self, turn: Turn, lease: timedelta) -> bool:
        return await self._has_set(_held(turn).values(due_at=func.now() + lease))

    async def finish(self, turn: Turn, interval: timedelta) -> bool:
        finishing = _held(turn).values(due_at=func.now() + interval, finished_at=func.now())
        return await self._has_set(finishing)

    async def give_back(self, turn: Turn) -> None:
        await self._has_set(_held(turn).values(due_at=func.now()))

    async def _has_set(self, changing: Update) -> bool:
        return await self._execute(changing.returning(scheduled_tasks.c.turn)) is not None

    async def _execute(self, statement: Executable) -> Row[Any] | None:
        async with transaction(
            self._engine, DatabaseRole.WORKER, limits=self._limits
        ) as connection:
            return (await connection.execute(statement)).one_or_none()


def _held(turn: Turn) -> Update:
    return update(scheduled_tasks).where(
        scheduled_tasks.c.name == turn.task, scheduled_tasks.c.turn == turn.number
    )
