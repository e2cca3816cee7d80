"""The audit log: the database refuses every change of what is in it."""

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.tables import audit_log


class PostgresAuditLog:
    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def append(self, actor: str, action: str, resource: str, details: str = "") -> None:
        await self._connection.execute(
            insert(audit_log).values(
                tenant=self._tenant,
                actor=actor,
                action=action,
                resource=resource,
                details=details,
            )
        )
