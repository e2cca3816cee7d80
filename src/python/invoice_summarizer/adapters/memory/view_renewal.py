"""Views are rendered when they are read here, so that none is ever of another version."""

from collections.abc import AsyncGenerator


class MemoryViewRenewal:
    async def renew(self) -> AsyncGenerator[int, None]:
        batches: tuple[int, ...] = ()
        for batch in batches:
            yield batch
