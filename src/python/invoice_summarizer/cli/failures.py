"""What can go wrong in a command, as the person who typed it sees it: one line, and an exit code.

CommandFailed
  CallFailed   the server refused a call or did not answer it; `code` is its status
"""

import grpc

from invoice_summarizer.cli.exit_codes import OF_STATUS, ExitCode

# With these, the document itself is at fault, and the next one may be fine.
_OF_ONE_DOCUMENT = frozenset(
    {
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.ALREADY_EXISTS,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)


class CommandFailed(Exception):
    """`reason` is stable and machine-readable."""

    def __init__(self, exit_code: ExitCode, reason: str, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.reason = reason
        self.message = message
        self.request_id = ""

    def __str__(self) -> str:
        request = f", request {self.request_id}" if self.request_id else ""
        return f"{self.message} [{self.reason}{request}]"


class CallFailed(CommandFailed):
    def __init__(
        self, code: grpc.StatusCode, reason: str, message: str, request_id: str = ""
    ) -> None:
        super().__init__(OF_STATUS.get(code, ExitCode.FAULT), reason, message)
        self.code = code
        self.request_id = request_id

    @property
    def is_of_the_document(self) -> bool:
        """Says whether a run over several documents can go on with the next."""
        return self.code in _OF_ONE_DOCUMENT


def wrong_usage(message: str, reason: str = "USAGE") -> CommandFailed:
    return CommandFailed(ExitCode.USAGE, reason, message)
