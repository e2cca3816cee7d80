"""Bearer tokens that are known from the start."""

from collections.abc import Mapping

from invoice_summarizer.domain.principal import Principal


class MemoryTokenVerifier:
    """For tests: it takes no care about how long it takes."""

    def __init__(self, principals: Mapping[str, Principal]) -> None:
        self._principals = dict(principals)

    async def verify(self, token: str) -> Principal | None:
        return self._principals.get(token)
