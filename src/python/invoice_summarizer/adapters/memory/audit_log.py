"""The audit log, to which one can only add."""

from uuid import uuid4

from invoice_summarizer.adapters.memory.store import AuditEntry, Tables
from invoice_summarizer.ports.clock import Clock


class MemoryAuditLog:
    def __init__(self, tables: Tables, tenant: str, clock: Clock) -> None:
        self._tables = tables
        self._tenant = tenant
        self._clock = clock

    async def append(self, actor: str, action: str, resource: str, details: str = "") -> None:
        entry = AuditEntry(
            tenant=self._tenant,
            recorded_at=self._clock(),
            actor=actor,
            action=action,
            resource=resource,
            details=details,
        )
        self._tables.audit.put((self._tenant, str(uuid4())), entry)
