"""A message as it came: too large, malformed, or what the method expects.

gRPC answers what its deserializer raises in words of its own, with the exception's text and without a reason, and it
takes the one message of a call before it asks who calls. So messages are read and decoded here.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc
import grpc.aio
from google.protobuf.message import DecodeError, Message

from invoice_summarizer.rpc.errors import CallRefused
from invoice_summarizer.rpc.known_enum_values import require_known_enum_values

# A document comes inline up to 4 MiB and in chunks beyond; nothing else is as large.
MESSAGE_LIMIT_BYTES = 8 * 1024 * 1024

Read = Callable[[], Awaitable[Any]]  # the bytes of the next message, or grpc.aio.EOF
Decode = Callable[[bytes], Any]


def decoder(deserialize: Decode) -> Decode:
    """Returns what makes a message of bytes.

    It raises CallRefused for bytes that are too many or no message of the type, and InvalidInput for an enumeration
    that we do not know.
    """

    def decode(data: bytes) -> Any:
        if len(data) > MESSAGE_LIMIT_BYTES:
            raise CallRefused(
                grpc.StatusCode.INVALID_ARGUMENT,
                "REQUEST_TOO_LARGE",
                "the message is larger than 8 MiB: send documents by UploadInvoice, in smaller chunks",
            )
        try:
            message = deserialize(data)
        except DecodeError:
            raise CallRefused(
                grpc.StatusCode.INVALID_ARGUMENT,
                "REQUEST_MALFORMED",
                "the message is not what the method expects: no protobuf of its type, or text that is not UTF-8",
            ) from None
        if isinstance(message, Message):
            require_known_enum_values(message)
        return message

    return decode


async def one_message(
    read: Read, decode: Decode, context: grpc.aio.ServicerContext[Any, Any]
) -> Any:
    """Returns the one message of a call. Raises as `decode` does, and CallRefused where there is none."""
    data = await read()
    if data is grpc.aio.EOF:
        # A call that breaks off looks the same at first. Headers take the same way as the word that it was cancelled
        # and stand behind it: once they are sent, it has come.
        await context.send_initial_metadata(())
        raise CallRefused(
            grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_MISSING", "the call has no message"
        )
    return decode(data)


async def messages(read: Read, decode: Decode) -> AsyncIterator[Any]:
    while (data := await read()) is not grpc.aio.EOF:
        yield decode(data)
