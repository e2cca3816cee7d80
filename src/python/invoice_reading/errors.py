"""Why a document cannot be read."""

from collections.abc import Mapping


class DocumentUnreadable(Exception):
    """The bytes are no document that can be read as an invoice.

    `reason` is stable and machine-readable; neither it, the message nor the metadata holds text of the document.
    """

    def __init__(
        self, message: str, *, reason: str, metadata: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.metadata = dict(metadata or {})
