"""Which status a caller sees for which error: the one table (AIP-193)."""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

import grpc
import grpc.aio
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import status_pb2
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RequestInfo, RetryInfo
from grpc_status import rpc_status

from aip.errors import (
    AipError,
    FilterError,
    OrderByError,
    PageSizeError,
    PageTokenError,
    ResourceNameError,
)
from invoice_summarizer.domain.errors import (
    Conflict,
    InvalidInput,
    InvoiceSummarizerError,
    LeaseLost,
    NotFound,
    OperationNotCancellable,
    RequestIdReused,
    StaleVersion,
    Unavailable,
    WrongState,
)
from invoice_summarizer.ports.object_store import ObjectCorrupt, ObjectNotFound, ObjectTooLarge
from invoice_summarizer.use_cases.write_summary import SummaryRefused

ERROR_DOMAIN = "invoicesummarizer.com"
RETRY_AFTER_SECONDS = 1

Code = grpc.StatusCode

# The first class that an error is an instance of decides; what is in no row is INTERNAL.
STATUS_CODES: tuple[tuple[type[InvoiceSummarizerError], grpc.StatusCode], ...] = (
    (NotFound, Code.NOT_FOUND),
    (StaleVersion, Code.ABORTED),
    (RequestIdReused, Code.ALREADY_EXISTS),
    (WrongState, Code.FAILED_PRECONDITION),
    (OperationNotCancellable, Code.FAILED_PRECONDITION),
    (Conflict, Code.ABORTED),
    (ObjectTooLarge, Code.INVALID_ARGUMENT),
    (InvalidInput, Code.INVALID_ARGUMENT),
    (ObjectNotFound, Code.DATA_LOSS),
    (ObjectCorrupt, Code.DATA_LOSS),
    (LeaseLost, Code.ABORTED),
    (Unavailable, Code.UNAVAILABLE),
    (SummaryRefused, Code.INTERNAL),
)

# What callers read where the fault is ours: how our parts are built is no business of theirs. The log says more.
SERVER_FAULTS: dict[grpc.StatusCode, str] = {
    Code.INTERNAL: "an internal error occurred",
    Code.UNAVAILABLE: "a part that is needed does not answer; trying again may help",
    Code.DATA_LOSS: "the stored document cannot be had as it was received",
}

# The same call may be answered a little later. A call that is refused for a limit has done nothing.
WORTH_ANOTHER_TRY = frozenset({Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED})

# Reason and field of the request for each error of `aip`; all are INVALID_ARGUMENT.
AIP_REASONS: dict[type[AipError], tuple[str, str]] = {
    FilterError: ("INVALID_FILTER", "filter"),
    OrderByError: ("INVALID_ORDER_BY", "order_by"),
    PageSizeError: ("INVALID_PAGE_SIZE", "page_size"),
    PageTokenError: ("INVALID_PAGE_TOKEN", "page_token"),
    ResourceNameError: ("INVALID_NAME", "name"),
}


class CallRefused(Exception):
    """A call that the edge itself refuses: no credentials, no permission, no room, no time."""

    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        message: str,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = dict(metadata or {})


class LimitReached(CallRefused):
    """A call that goes beyond a limit: that of its `tenant`, of the `server`, or of the `stream` that it sends."""

    def __init__(
        self, code: grpc.StatusCode, reason: str, message: str, *, whose: str, limit: int
    ) -> None:
        super().__init__(code, reason, message, {"limit": str(limit), "whose": whose})
        self.whose = whose


def status_of(error: Exception, request_id: str) -> tuple[grpc.StatusCode, str, status_pb2.Status]:
    """Returns code, reason and status for an error; one that nobody foresaw becomes INTERNAL without its text."""
    details: list[Message] = []
    metadata: dict[str, str] = {}
    match error:
        case CallRefused():
            code, reason, message = error.code, error.reason, error.message
            metadata = error.metadata
        case InvoiceSummarizerError():
            code = next((c for kind, c in STATUS_CODES if isinstance(error, kind)), Code.INTERNAL)
            reason, message, metadata = error.reason, error.message, error.metadata
            if isinstance(error, InvalidInput) and error.field:
                details.append(_bad_request(error.field, error.message))
        case AipError():
            code, message = Code.INVALID_ARGUMENT, str(error)
            reason, field = AIP_REASONS[type(error)]
            if isinstance(error, FilterError | OrderByError):
                metadata = {"position": str(error.position)}
                if error.suggestion:
                    metadata["suggestion"] = error.suggestion
            details.append(_bad_request(field, message))
        case _:
            code, reason, message = Code.INTERNAL, "INTERNAL", ""
    if code in WORTH_ANOTHER_TRY:
        details.append(RetryInfo(retry_delay=Duration(seconds=RETRY_AFTER_SECONDS)))
    if code in SERVER_FAULTS:
        message, metadata = SERVER_FAULTS[code], {}
    info = ErrorInfo(reason=reason, domain=ERROR_DOMAIN, metadata=metadata)
    request = RequestInfo(request_id=request_id)
    return code, reason, _status(code, message, (info, *details, request))


async def abort(
    context: grpc.aio.ServicerContext[Any, Any],
    status: status_pb2.Status,
    trailing_metadata: tuple[tuple[str, str], ...],
) -> NoReturn:
    """Ends the call with the status, its details, and the metadata."""
    wanted = rpc_status.to_status(status)
    await context.abort(
        wanted.code, wanted.details, (*wanted.trailing_metadata, *trailing_metadata)
    )
    raise AssertionError("abort raises")


def _status(code: grpc.StatusCode, message: str, details: Iterable[Message]) -> status_pb2.Status:
    status = status_pb2.Status(code=code.value[0], message=message)
    for detail in details:
        status.details.add().Pack(detail)
    return status


def _bad_request(field: str, description: str) -> BadRequest:
    return BadRequest(
        field_violations=[BadRequest.FieldViolation(field=field, description=description)]
    )
