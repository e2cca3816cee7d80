"""Who stands behind a bearer token."""

from typing import Protocol

from invoice_summarizer.domain.principal import Principal


class TokenVerifier(Protocol):
    async def verify(self, token: str) -> Principal | None:
        """Returns whom the token proves, or None where it proves nobody (unknown, expired, malformed).

        Never raises for a bad token, and takes the same time for every unknown one.
        """
