"""Views are rendered when they are read here, so that none is ever of another version."""

from collections.abc import AsyncGenerator

from invoice_summarizer.ports.invoice_views import RenewedBatch


class MemoryViewRenewal:
    async def renew(self) -> AsyncGenerator[RenewedBatch, None]:
        batches: tuple[RenewedBatch, ...] = ()
        for batch in batches:
            yield batch
