"""Who calls and under which request id, for the time of one call."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import grpc.aio

from invoice_summarizer.domain.principal import Principal

REQUEST_ID_HEADER = "x-request-id"


@dataclass(slots=True)
class _Call:
    principal: Principal
    request_id: str
    headers_sent: bool = False


_call: ContextVar[_Call] = ContextVar("call")


def caller() -> Principal:
    """Returns who the credentials of the call under way prove. Raises LookupError outside of a call."""
    return _call.get().principal


async def send_headers(context: grpc.aio.ServicerContext[Any, Any]) -> None:
    """The initial metadata is with the caller, the request id in it; gRPC lets them be sent once only."""
    call = _call.get()
    if not call.headers_sent:
        call.headers_sent = True
        await context.send_initial_metadata(((REQUEST_ID_HEADER, call.request_id),))


@contextmanager
def calling(principal: Principal, request_id: str) -> Iterator[None]:
    token = _call.set(_Call(principal, request_id))
    try:
        yield
    finally:
        _call.reset(token)
