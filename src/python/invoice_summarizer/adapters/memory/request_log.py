"""Request ids and the operations that they began (AIP-155)."""

from invoice_summarizer.adapters.memory.store import BoundRequest, Tables
from invoice_summarizer.domain.errors import RequestIdReused


class MemoryRequestLog:
    def __init__(self, tables: Tables, tenant: str) -> None:
        self._tables = tables
        self._tenant = tenant

    async def record(self, request_id: str, fingerprint: str, operation_id: str) -> str:
        bound = self._tables.requests.get((self._tenant, request_id))
        if bound is None:
            bound = BoundRequest(fingerprint, operation_id)
            self._tables.requests.put((self._tenant, request_id), bound)
        if bound.fingerprint != fingerprint:
            raise RequestIdReused("the request id came before with another request")
        return bound.operation_id
