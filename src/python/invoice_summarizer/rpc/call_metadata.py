"""The metadata of a call, as far as we read them."""

from collections.abc import Iterable

import grpc

from invoice_summarizer.rpc.call_context import REQUEST_ID_HEADER
from invoice_summarizer.rpc.errors import CallRefused

# gRPC takes more (RECEIVED_METADATA_BYTES in `server`), so that what is too large gets a typed answer.
METADATA_LIMIT_BYTES = 16 * 1024
ENTRY_BYTES = 32  # what each counts beside its name and value (RFC 9113, 6.5.2)


class CallMetadata:
    __slots__ = ("authorizations", "request_id", "_size_bytes")

    def __init__(self, entries: Iterable[tuple[str, str | bytes]]) -> None:
        self.authorizations: list[str] = []
        self.request_id = ""  # as the caller gives it
        self._size_bytes = 0
        for name, value in entries:
            self._size_bytes += len(name) + len(value) + ENTRY_BYTES
            if name == "authorization":
                self.authorizations.append(str(value))
            elif name == REQUEST_ID_HEADER:
                self.request_id = str(value)

    def require_fit(self) -> None:
        """Raises CallRefused where they are larger than they may be."""
        if self._size_bytes > METADATA_LIMIT_BYTES:
            raise CallRefused(
                grpc.StatusCode.INVALID_ARGUMENT,
                "METADATA_TOO_LARGE",
                "the metadata of the call are larger than 16 KiB",
            )
