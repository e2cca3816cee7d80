"""Handlers of methods that are open to everyone: health. The limits of calls do not hold for them."""

from __future__ import annotations  # grpc.RpcMethodHandler has type parameters in its stubs only

import asyncio
from typing import Any

import grpc

from invoice_summarizer.rpc.errors import CallRefused, LimitReached, abort, status_of
from invoice_summarizer.rpc.handlers import Behaviour, Context, stream_handler
from invoice_summarizer.rpc.received_message import decoder, one_message

# A probe sends its few bytes at once. Nobody has to show credentials to make us wait for them.
_PATIENCE_SECONDS = 5.0
# How many may watch at once, who need show no credentials either. Probes do not watch.
WATCHERS_LIMIT = 100


def public_handler(handler: Any) -> grpc.RpcMethodHandler[Any, Any]:
    """Returns a handler that answers as the one given does, and what is no message of its type with a reason.

    One that takes a stream, which is reflection, is returned as it is.
    """
    if handler.request_streaming:
        return handler  # type: ignore[no-any-return]
    decode = decoder(handler.request_deserializer)
    behaviour: Behaviour = handler.unary_stream or handler.unary_unary
    under_way = 0

    async def answer(_: Any, context: Context) -> Any:
        nonlocal under_way
        under_way += 1
        try:
            try:
                if handler.response_streaming and under_way > WATCHERS_LIMIT:
                    raise _too_many_watchers()
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    request = await one_message(context.read, decode, context)
            except (CallRefused, TimeoutError) as error:
                refusal = error if isinstance(error, CallRefused) else _too_late()
                _, _, status = status_of(refusal, request_id="")
                await abort(context, status, ())
            return await behaviour(request, context)
        finally:
            under_way -= 1

    return stream_handler(
        answer, handler.response_serializer, response_streaming=handler.response_streaming
    )


def _too_late() -> CallRefused:
    return CallRefused(
        grpc.StatusCode.DEADLINE_EXCEEDED,
        "DEADLINE_EXCEEDED",
        "the message of the call did not come in time",
    )


def _too_many_watchers() -> CallRefused:
    return LimitReached(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "TOO_MANY_CALLS",
        f"{WATCHERS_LIMIT} watch the health of the server already: try again later",
        whose="server",
        limit=WATCHERS_LIMIT,
    )
