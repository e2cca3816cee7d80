"""Documents that lie where the operator lets a tenant take them from."""

from collections.abc import AsyncGenerator
from typing import Protocol

from invoice_summarizer.domain.errors import InvalidInput, NotFound


class ImportRefused(InvalidInput):
    """The tenant may not take documents from there."""

    reason = "IMPORT_NOT_ALLOWED"


class ImportNotConfigured(ImportRefused):
    reason = "IMPORT_NOT_CONFIGURED"

    def __init__(self) -> None:
        super().__init__("no folder is open here to take documents from", field="uri_prefix")


class ImportNotFound(NotFound):
    """No document is there, or it cannot be read; what is no regular file is none."""

    reason = "IMPORT_NOT_FOUND"


class ImportTooLarge(InvalidInput):
    """More is nested there, or lies in one folder, than is listed."""

    reason = "IMPORT_TOO_LARGE"


class ImportSource(Protocol):
    """Reads what is in a tenant's own folder; nothing that lies elsewhere, whatever a name or a link says."""

    def require(self, tenant: str, uri: str) -> None:
        """Raises ImportRefused where the URI is not of the tenant's folder. Looks at the name alone."""
        ...

    def uris(self, tenant: str, prefix: str) -> AsyncGenerator[str, None]:
        """Yields the URIs of the documents in the folder of that URI and in the folders in it, or of the one document.

        They come in one order, which is the same as long as nothing there changes. Hidden files are left out. Raises
        ImportRefused, ImportNotFound where nothing is there, and ImportTooLarge.
        """
        ...

    async def read(self, tenant: str, uri: str, *, limit_bytes: int) -> bytes:
        """Returns the document, of which no more than a byte beyond the limit is read.

        Raises ImportRefused, ImportNotFound, and Unavailable where it cannot be read now.
        """
        ...
