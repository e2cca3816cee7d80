"""What can go wrong in a command, as the person who typed it sees it: one line, and an exit code.

CommandFailed
  CallFailed   the server refused a call or did not answer it; `code` is its status
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import grpc

from invoice_summarizer.cli.exit_codes import OF_STATUS, STATUS_OF, ExitCode

_Code = grpc.StatusCode

# These meet every call of a command on several documents or invoices, and so do these reasons. Not DEADLINE_EXCEEDED:
# one document may take longer than the others.
_OF_EVERY_CALL = frozenset(
    {
        _Code.UNAUTHENTICATED,
        _Code.PERMISSION_DENIED,
        _Code.UNAVAILABLE,
        _Code.RESOURCE_EXHAUSTED,
        _Code.CANCELLED,
    }
)
_REASONS_OF_EVERY_CALL = frozenset({"LANGUAGE_UNSUPPORTED", "SERVICE_NOT_SERVED"})


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """Which field of the request cannot be so, and why."""

    field: str
    description: str


class CommandFailed(Exception):
    """`reason` is stable and machine-readable; `code` is the status that a call has which fails in this way."""

    def __init__(
        self,
        exit_code: ExitCode,
        reason: str,
        message: str,
        code: grpc.StatusCode | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code or STATUS_OF[exit_code]
        self.reason = reason
        self.message = message
        self.metadata: Mapping[str, str] = dict(metadata or {})
        self.field_violations: Sequence[FieldViolation] = ()
        self.request_id = ""

    def __str__(self) -> str:
        request = f", request {self.request_id}" if self.request_id else ""
        return f"{self.message} [{self.reason}{request}]"

    @property
    def meets_all(self) -> bool:
        """Says whether the same would meet every other document or invoice of the command."""
        return self.code in _OF_EVERY_CALL or self.reason in _REASONS_OF_EVERY_CALL

    @property
    def exit_code_of_document(self) -> ExitCode:
        """The exit code where it is of one document: that one is refused is no wrong usage of the command."""
        return ExitCode.FINDING if self.exit_code is ExitCode.USAGE else self.exit_code

    def record(self) -> Mapping[str, Any]:
        """Returns what programs read of it; the request id is empty where no call was made."""
        return {
            "code": self.code.name,
            "reason": self.reason,
            "message": self.message,
            "metadata": dict(self.metadata),
            "field_violations": [asdict(each) for each in self.field_violations],
            "request_id": self.request_id,
        }


class CallFailed(CommandFailed):
    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        message: str,
        request_id: str = "",
        field_violations: Sequence[FieldViolation] = (),
        *,
        metadata: Mapping[str, str] | None = None,
        exit_code: ExitCode | None = None,
    ) -> None:
        """`exit_code` is for a failure that its status does not tell."""
        by_status = OF_STATUS.get(code, ExitCode.FAULT)
        super().__init__(exit_code or by_status, reason, message, code, metadata)
        self.request_id = request_id
        self.field_violations = field_violations


def wrong_usage(message: str, reason: str = "USAGE") -> CommandFailed:
    return CommandFailed(ExitCode.USAGE, reason, message)
