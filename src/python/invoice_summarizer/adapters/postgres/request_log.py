"""Request ids and the operations that they began (AIP-155)."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.tables import idempotency_keys
from invoice_summarizer.domain.errors import RequestIdReused


class PostgresRequestLog:
    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self._connection = connection
        self._tenant = tenant

    async def record(self, request_id: str, fingerprint: str, operation_id: str) -> str:
        insertion = (
            insert(idempotency_keys)
            .values(
                tenant=self._tenant,
                request_id=request_id,
                fingerprint=fingerprint,
                operation_id=operation_id,
            )
            .on_conflict_do_nothing()
            .returning(idempotency_keys.c.request_id)
        )
        bound = select(idempotency_keys).where(idempotency_keys.c.request_id == request_id)
        while True:
            # Where another transaction is binding the same id, this waits for its end.
            if (await self._connection.execute(insertion)).first() is not None:
                return operation_id
            row = (await self._connection.execute(bound)).one_or_none()
            if row is None:
                continue  # purged between the two statements
            if row.fingerprint != fingerprint:
                raise RequestIdReused("the request id came before with another request")
            found: str = row.operation_id
            return found
