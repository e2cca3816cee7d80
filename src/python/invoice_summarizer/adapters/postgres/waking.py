"""Who is woken once a transaction has committed, and not at all where it does not."""

from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.database_role import DatabaseRole
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.storable_text import storable_text
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.wake_ups import WakeUps


class Waking:
    """What one transaction tells: by the database, or after it by `wake_ups` where these are up."""

    def __init__(self, wake_ups: WakeUps | None = None) -> None:
        self._wake_ups = wake_ups
        self._by_database = wake_ups is None or not wake_ups.is_up
        self._told = dict[tuple[str, str], None]()

    def on_commit(self, channel: str, payload: str) -> list[ColumnElement[Any]]:
        """Returns what the statement that gives cause to it has to return, too."""
        self._told[channel, payload] = None
        return [func.pg_notify(channel, storable_text(payload))] if self._by_database else []

    async def committed(self, engine: AsyncEngine, limits: Limits) -> None:
        """Everybody has been told. Where nobody could be, the database does it, in a transaction of its own.

        Where that does not answer either, whoever waits looks again: what was committed stays so.
        """
        if self._wake_ups is None:
            return
        unheard = [told for told in self._told if not await self._wake_ups.tell(*told)]
        if unheard and not self._by_database:
            notices = [func.pg_notify(channel, payload) for channel, payload in unheard]
            with suppress(Unavailable):
                async with transaction(engine, DatabaseRole.APPLICATION, limits=limits) as own:
                    await own.execute(select(*notices))
