"""What the system has stored, as a superuser of the database and a look into the object folder see it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

# Rows that belong to nothing: operations and invoices without each other, request ids without their operation.
_LOOSE = """
    SELECT (SELECT count(*) FROM operations o WHERE NOT EXISTS
    (SELECT FROM invoices i WHERE (i.tenant, i.id) = (o.tenant, o.invoice_id)))
    + (SELECT count(*) FROM invoices i WHERE NOT EXISTS
    (SELECT FROM operations o WHERE (i.tenant, i.id) = (o.tenant, o.invoice_id)))
    + (SELECT count(*) FROM idempotency_keys k WHERE NOT EXISTS
    (SELECT FROM operations o WHERE (o.tenant, o.id) = (k.tenant, k.operation_id)))
"""


@dataclass(frozen=True, slots=True)
class StoredState:
    superuser_dsn: str
    object_folder: Path

    async def rows(self, query: str, *parameters: Any, **named: Any) -> list[tuple[Any, ...]]:
        async with await psycopg.AsyncConnection.connect(
            self.superuser_dsn, autocommit=True
        ) as connection:
            return await (await connection.execute(query.encode(), named or parameters)).fetchall()

    def objects(self) -> set[str]:
        """Returns the names of all files but the one by which puts and deletes exclude each other."""
        files = (path for path in self.object_folder.rglob("*") if path.is_file())
        return {path.name for path in files} - {".lock"}

    async def orphans(self) -> tuple[int, set[str], set[str]]:
        """Returns how many rows belong to nothing, the files that no row names, and the objects that are named and not there."""
        [(loose,)] = await self.rows(_LOOSE)
        named = {sha256 for (sha256,) in await self.rows("SELECT document_sha256 FROM invoices")}
        objects = self.objects()
        return loose, objects - named, named - objects

    async def nothing_is_orphaned(self) -> None:
        assert await self.orphans() == (0, set(), set())
