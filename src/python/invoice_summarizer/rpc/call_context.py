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
    is_named: bool  # by the caller
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


async def tell_request_id(context: grpc.aio.ServicerContext[Any, Any]) -> None:
    """The request id is with the caller: in the initial metadata where it is ours, and else the caller has it.

    gRPC sends these metadata apart from the answer, which is a tenth of the cost of a small call.
    """
    if not _call.get().is_named:
        await send_headers(context)


@contextmanager
def calling(principal: Principal, request_id: str, *, is_named: bool) -> Iterator[None]:
    token = _call.set(_Call(principal, request_id, is_named))
    try:
        yield
    finally:
        _call.reset(token)
