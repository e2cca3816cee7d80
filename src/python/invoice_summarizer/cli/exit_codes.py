"""What the exit code of `invoicectl` says: the one table."""

from enum import IntEnum

import grpc


class ExitCode(IntEnum):
    OK = 0
    FINDING = 1
    USAGE = 2
    NOT_FOUND = 3
    DENIED = 4
    UNAVAILABLE = 5
    CONFLICT = 6
    FAULT = 7
    PORT_TAKEN = 8
    WRONG_SERVICE = 9
    # 128 and the number of the signal, as shells count.
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.FINDING: (
        "a document was refused or could not be read, an item of a batch failed, a check of severity WARNING or ERROR failed, "
        "or several things failed in different ways"
    ),
    ExitCode.USAGE: "wrong usage, or a request that cannot be",
    ExitCode.NOT_FOUND: "no such invoice, operation, batch or file",
    ExitCode.DENIED: "no token, a wrong one, or one without the role",
    ExitCode.UNAVAILABLE: "no server answers, or not in time, or it takes no more calls now",
    ExitCode.CONFLICT: "the state of the invoice does not allow it, somebody was quicker, or the folder is served already",
    ExitCode.FAULT: "a fault of the server",
    ExitCode.PORT_TAKEN: "a port that `serve` wants is taken",
    ExitCode.WRONG_SERVICE: "what answers at the address is not this service",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.PIPE_CLOSED: "whoever reads the output reads no more of it",
}

_Code = grpc.StatusCode

# What is in no row is a FAULT.
OF_STATUS: dict[grpc.StatusCode, ExitCode] = {
    _Code.INVALID_ARGUMENT: ExitCode.USAGE,
    _Code.OUT_OF_RANGE: ExitCode.USAGE,
    _Code.NOT_FOUND: ExitCode.NOT_FOUND,
    _Code.UNAUTHENTICATED: ExitCode.DENIED,
    _Code.PERMISSION_DENIED: ExitCode.DENIED,
    _Code.UNAVAILABLE: ExitCode.UNAVAILABLE,
    _Code.RESOURCE_EXHAUSTED: ExitCode.UNAVAILABLE,
    _Code.DEADLINE_EXCEEDED: ExitCode.UNAVAILABLE,
    _Code.ABORTED: ExitCode.CONFLICT,
    _Code.ALREADY_EXISTS: ExitCode.CONFLICT,
    _Code.FAILED_PRECONDITION: ExitCode.CONFLICT,
    _Code.CANCELLED: ExitCode.INTERRUPTED,
}

# The other way: the status that programs read of a failure for which no call was made.
STATUS_OF: dict[ExitCode, grpc.StatusCode] = {
    ExitCode.FINDING: _Code.INVALID_ARGUMENT,
    ExitCode.USAGE: _Code.INVALID_ARGUMENT,
    ExitCode.NOT_FOUND: _Code.NOT_FOUND,
    ExitCode.DENIED: _Code.UNAUTHENTICATED,
    ExitCode.UNAVAILABLE: _Code.UNAVAILABLE,
    ExitCode.CONFLICT: _Code.FAILED_PRECONDITION,
    ExitCode.FAULT: _Code.INTERNAL,
    ExitCode.PORT_TAKEN: _Code.UNAVAILABLE,
    ExitCode.WRONG_SERVICE: _Code.UNAVAILABLE,
    ExitCode.INTERRUPTED: _Code.CANCELLED,
    ExitCode.PIPE_CLOSED: _Code.CANCELLED,
}
