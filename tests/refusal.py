"""What a caller sees of a call that is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RequestInfo, RetryInfo
from grpc_status import rpc_status


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    code: grpc.StatusCode
    message: str
    reason: str
    domain: str
    metadata: dict[str, str]
    fields: tuple[str, ...]
    retry_seconds: int | None
    request_id: str
    trailing_request_id: str


async def refusal_of(call: Awaitable[Any]) -> Refusal:
    """Returns the refusal that the call ends with; the test fails where the call succeeds."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return read_refusal(caught.value)


async def refusal_of_upload(call: Callable[[], Awaitable[Any]]) -> Refusal:
    """As `refusal_of`, for a call that sends a stream, made again where its client lost the answer.

    The client of grpc.aio has an error of its own where the server's answer overtakes what it is still sending.
    """
    for _ in range(10):
        refusal = await refusal_of(call())
        if refusal.message != "Internal error from Core":
            return refusal
    raise AssertionError("the client loses every answer")


def read_refusal(error: grpc.aio.AioRpcError) -> Refusal:
    info, bad, retry, request = ErrorInfo(), BadRequest(), RetryInfo(), RequestInfo()
    # The stubs know the synchronous call only; the error has the same methods.
    status = rpc_status.from_call(error)  # type: ignore[arg-type]
    for detail in status.details if status else ():
        for message in (info, bad, retry, request):
            detail.Unpack(message)
    trailing = dict(error.trailing_metadata() or ())
    return Refusal(
        code=error.code(),
        message=error.details() or "",
        reason=info.reason,
        domain=info.domain,
        metadata=dict(info.metadata),
        fields=tuple(violation.field for violation in bad.field_violations),
        retry_seconds=retry.retry_delay.seconds if retry.HasField("retry_delay") else None,
        request_id=request.request_id,
        trailing_request_id=str(trailing.get("x-request-id", "")),
    )
