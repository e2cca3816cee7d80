"""Sends documents as a client does, and waits for what becomes of them."""

import asyncio

import grpc
import grpc.aio
from google.longrunning.operations_pb2 import Operation
from google.rpc.error_details_pb2 import ErrorInfo

from refusal import Refusal, read_refusal
from tenant_client import TenantClient

_INLINE_BYTES = 4 << 20
_LOST_ANSWER = (
    "Internal error from Core"  # the client's, where an answer overtakes what it still sends
)
_GONE = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.CANCELLED,
        grpc.StatusCode.UNKNOWN,
    }
)
_AGAIN_SECONDS = 0.1


async def sent(
    client: TenantClient, data: bytes, request_id: str = "", *, in_chunks: bool = False
) -> Operation | Refusal:
    """Returns the operation of the document, or how it was refused. A large one is sent in chunks in any case."""
    send = client.uploaded if in_chunks or len(data) > _INLINE_BYTES else client.ingested
    while True:
        try:
            return await send(data, request_id=request_id)
        except grpc.aio.AioRpcError as error:
            refusal = read_refusal(error)
            if refusal.message != _LOST_ANSWER:
                return refusal


async def sent_until_taken(
    client: TenantClient, data: bytes, request_id: str, seconds: float
) -> Operation | Refusal:
    """Returns the operation of the document, which is sent again with its request id while the server is away."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        answer = await sent(client, data, request_id)
        in_time = asyncio.get_running_loop().time() < end
        if isinstance(answer, Operation) or answer.code not in _GONE or not in_time:
            return answer
        await asyncio.sleep(_AGAIN_SECONDS)


async def ended(client: TenantClient, operation: str, seconds: float) -> str | None:
    """Returns how the operation ended: its reason of failure, empty where it was done; None where it has not ended.

    A failure without a reason is "?".
    """
    end = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            answer = await client.waited(operation)
        except grpc.aio.AioRpcError as error:
            if error.code() not in _GONE:
                raise
            await asyncio.sleep(_AGAIN_SECONDS)
        else:
            if answer.done:
                return _failure(answer)
        if asyncio.get_running_loop().time() >= end:
            return None


def _failure(operation: Operation) -> str:
    if operation.HasField("response"):
        return ""
    for detail in operation.error.details:
        info = ErrorInfo()
        if detail.Unpack(info) and info.reason:
            return str(info.reason)
    return "?"
