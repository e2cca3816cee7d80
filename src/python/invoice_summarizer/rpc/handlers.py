"""A method's handler with something around each of its calls, for all four kinds of methods."""

from __future__ import annotations  # grpc.RpcMethodHandler has type parameters in its stubs only

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any, cast

import grpc
import grpc.aio

from invoice_summarizer.rpc.call_context import send_headers, tell_request_id
from invoice_summarizer.rpc.received_message import Read, decoder, messages, one_message
from invoice_summarizer.rpc.sent_message import encoder

Context = grpc.aio.ServicerContext[Any, Any]
Around = Callable[[Context], AbstractAsyncContextManager[Read]]
Behaviour = Callable[[Any, Context], Awaitable[Any]]


def wrapped_handler(handler: Any, around: Around) -> grpc.RpcMethodHandler[Any, Any]:
    """Returns a handler that answers as the one given does, within `around`, on requests that have been checked.

    `around` yields by what the messages are read. None is before it: to gRPC, every method takes a stream, so that it
    hands a call over as soon as its headers are there.
    """
    decode = decoder(handler.request_deserializer)
    behaviour = {
        (False, False): handler.unary_unary,
        (False, True): handler.unary_stream,
        (True, False): handler.stream_unary,
        (True, True): handler.stream_stream,
    }[bool(handler.request_streaming), bool(handler.response_streaming)]

    async def received(read: Read, context: Context) -> Any:
        if handler.request_streaming:
            return messages(read, decode)
        return await one_message(read, decode, context)

    async def answer(_: Any, context: Context) -> Any:
        async with around(context) as read:
            message = await behaviour(await received(read, context), context)
            await tell_request_id(context)
            return message

    async def write_answers(_: Any, context: Context) -> None:
        # Written here rather than yielded: a call that is cancelled while gRPC sends then ends within `around`.
        async with around(context) as read:
            request = await received(read, context)
            async with aclosing(behaviour(request, context)) as answers:
                await send_headers(context)
                async for message in answers:
                    await context.write(message)

    return stream_handler(
        write_answers if handler.response_streaming else answer,
        handler.response_serializer,
        response_streaming=handler.response_streaming,
    )


def stream_handler(
    behaviour: Behaviour, serialize: Callable[[Any], bytes], *, response_streaming: bool
) -> grpc.RpcMethodHandler[Any, Any]:
    """Returns a handler that gRPC calls before it has taken a message; its context reads messages as bytes."""
    wrap: Any = (
        grpc.stream_stream_rpc_method_handler
        if response_streaming
        else grpc.stream_unary_rpc_method_handler
    )
    return cast(
        "grpc.RpcMethodHandler[Any, Any]",
        wrap(behaviour, request_deserializer=None, response_serializer=encoder(serialize)),
    )
