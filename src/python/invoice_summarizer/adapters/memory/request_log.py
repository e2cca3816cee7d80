"""Request ids and the operations that they began (AIP-155)."""

from invoice_summarizer.adapters.memory.store import BoundRequest, Tables
from invoice_summarizer.domain.errors import NotFound, RequestIdReused
from invoice_summarizer.ports.clock import Clock


class MemoryRequestLog:
    def __init__(self, tables: Tables, tenant: str, clock: Clock) -> None:
        self._clock = clock
        self._tables = tables
        self._tenant = tenant
        self._recorded: set[str] = set()

    async def record(self, request_id: str, fingerprint: str, operation_id: str) -> str:
        bound = self._tables.requests.get((self._tenant, request_id))
        if bound is None:
            bound = BoundRequest(fingerprint, operation_id, self._clock())
            self._tables.requests.put((self._tenant, request_id), bound)
        if bound.fingerprint != fingerprint:
            raise RequestIdReused("the request id came before with another request")
        self._recorded.add(request_id)
        return bound.operation_id

    def require_operations(self) -> None:
        """Raises NotFound where a request id that came in this transaction is bound to what is not there."""
        for request_id in self._recorded:
            bound = self._tables.requests.get((self._tenant, request_id))
            if bound and self._tables.operations.get((self._tenant, bound.operation_id)) is None:
                raise NotFound("the operation of the request is not there")
