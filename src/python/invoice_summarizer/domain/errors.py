"""What can go wrong, as callers see it.

InvoiceSummarizerError
  NotFound                 no such resource in this tenant (a name of another tenant is not found either)
  Conflict                 the state of the resource does not allow it
    StaleVersion           the etag is not the current one
    WrongState             the transition is not one of the state machine's
    RequestIdReused        the request id came before with another body
    OperationNotCancellable  the operation is done
  InvalidInput             the request itself is wrong
    DocumentRejected       the bytes are no document that can be read; `reason` says why
  LeaseLost                another worker holds the operation now; nothing was written
  Unavailable              a part that is needed does not answer; trying again may help

Every class carries a stable `reason`; no message holds text of a document.
"""

from collections.abc import Mapping
from typing import Self

from invoice_reading.errors import DocumentUnreadable


class InvoiceSummarizerError(Exception):
    reason = "INTERNAL"

    def __init__(
        self, message: str, *, reason: str | None = None, metadata: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        if reason:
            self.reason = reason
        self.metadata = dict(metadata or {})


class NotFound(InvoiceSummarizerError):
    reason = "RESOURCE_NOT_FOUND"


class Conflict(InvoiceSummarizerError):
    reason = "CONFLICT"


class StaleVersion(Conflict):
    reason = "ETAG_MISMATCH"


class WrongState(Conflict):
    reason = "WRONG_STATE"


class RequestIdReused(Conflict):
    reason = "REQUEST_ID_REUSED"


class OperationNotCancellable(Conflict):
    reason = "OPERATION_DONE"


class InvalidInput(InvoiceSummarizerError):
    """`field` names the field of the request that is wrong, where there is one."""

    reason = "INVALID_INPUT"

    def __init__(
        self,
        message: str,
        *,
        field: str = "",
        reason: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, reason=reason, metadata=metadata)
        self.field = field


class DocumentRejected(InvalidInput):
    reason = "DOCUMENT_UNREADABLE"

    @classmethod
    def because(cls, unreadable: DocumentUnreadable, *, field: str = "") -> Self:
        """Returns the refusal of a document that cannot be read, for the same reason."""
        return cls(
            unreadable.message,
            field=field,
            reason=unreadable.reason,
            metadata=unreadable.metadata,
        )


class LeaseLost(InvoiceSummarizerError):
    reason = "LEASE_LOST"


class Unavailable(InvoiceSummarizerError):
    reason = "UNAVAILABLE"
