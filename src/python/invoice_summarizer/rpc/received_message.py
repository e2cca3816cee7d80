"""A message as it came: too large, malformed, or what the method expects.

gRPC answers what its deserializer raises in words of its own, with the exception's text and without a reason. So the
deserializer here raises nothing: it hands on the refusal in the place of the message.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc
from google.protobuf.message import DecodeError, Message

from invoice_summarizer.rpc.errors import CallRefused
from invoice_summarizer.rpc.known_enum_values import require_known_enum_values

# A document comes inline up to 4 MiB and in chunks beyond; nothing else is as large.
MESSAGE_LIMIT_BYTES = 8 * 1024 * 1024


def decoder(deserialize: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    """Returns a deserializer that gives the message, or the CallRefused that stands for it."""

    def decode(data: bytes) -> Any:
        if len(data) > MESSAGE_LIMIT_BYTES:
            return CallRefused(
                grpc.StatusCode.INVALID_ARGUMENT,
                "REQUEST_TOO_LARGE",
                "the message is larger than 8 MiB: send documents by UploadInvoice, in smaller chunks",
            )
        try:
            return deserialize(data)
        except DecodeError:
            return CallRefused(
                grpc.StatusCode.INVALID_ARGUMENT,
                "REQUEST_MALFORMED",
                "the message is not what the method expects: no protobuf of its type, or text that is not UTF-8",
            )

    return decode


def checked_message(received: Any) -> Any:
    """Returns the message. Raises the refusal that stands for it, or InvalidInput for an enumeration we do not know."""
    if isinstance(received, CallRefused):
        raise received
    if isinstance(received, Message):
        require_known_enum_values(received)
    return received


async def checked_messages(received: AsyncIterator[Any]) -> AsyncIterator[Any]:
    async for message in received:
        yield checked_message(message)
