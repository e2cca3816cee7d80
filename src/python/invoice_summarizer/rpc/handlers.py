"""A method's handler with something around each of its calls, for all four kinds of methods."""

from __future__ import annotations  # grpc.RpcMethodHandler has type parameters in its stubs only

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any, cast

import grpc
import grpc.aio

from invoice_summarizer.rpc.call_context import send_headers, tell_request_id
from invoice_summarizer.rpc.received_message import checked_message, checked_messages, decoder
from invoice_summarizer.rpc.sent_message import encoder

Context = grpc.aio.ServicerContext[Any, Any]
Around = Callable[[Context], AbstractAsyncContextManager[None]]
Behaviour = Callable[[Any, Context], Awaitable[Any]]


def wrapped_handler(handler: Any, around: Around) -> grpc.RpcMethodHandler[Any, Any]:
    """Returns a handler that answers as the one given does, within `around`, on requests that have been checked."""
    checked = checked_messages if handler.request_streaming else checked_message
    kind = (bool(handler.request_streaming), bool(handler.response_streaming))
    wrap: Any = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[kind]
    behaviour = {
        (False, False): handler.unary_unary,
        (False, True): handler.unary_stream,
        (True, False): handler.stream_unary,
        (True, True): handler.stream_stream,
    }[kind]

    async def answer(request: Any, context: Context) -> Any:
        async with around(context):
            message = await behaviour(checked(request), context)
            await tell_request_id(context)
            return message

    async def write_answers(request: Any, context: Context) -> None:
        # Written here rather than yielded: a call that is cancelled while gRPC sends then ends within `around`.
        async with around(context), aclosing(behaviour(checked(request), context)) as messages:
            await send_headers(context)
            async for message in messages:
                await context.write(message)

    called: Behaviour = write_answers if handler.response_streaming else answer
    return cast(
        "grpc.RpcMethodHandler[Any, Any]",
        wrap(
            called,
            request_deserializer=decoder(handler.request_deserializer),
            response_serializer=encoder(handler.response_serializer),
        ),
    )
