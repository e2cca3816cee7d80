"""What parent and child say to each other: frames of eight bytes of length and a body, over stdin and stdout.

The parent sends two frames for a document, its limits and its bytes; the child answers with one, an `Answer`. The
child's first frame is empty and says that it is ready.
"""

from typing import BinaryIO

import msgspec

from invoice_reading.page import Box
from invoice_summarizer.ports.pdf_reader import ExceededLimit, PdfLimits

HEADER_BYTES = 8


class WordRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    text: str
    box: Box
    hidden: bool


class PageRecord(msgspec.Struct, frozen=True, array_like=True):
    number: int
    width_points: float
    height_points: float
    image_share: float
    words: list[WordRecord]


class AttachmentRecord(msgspec.Struct, frozen=True, array_like=True):
    name: str
    media_type: str | None
    data: bytes


class Content(msgspec.Struct, frozen=True, array_like=True, tag="content"):
    pages: list[PageRecord]
    pages_total: int
    attachments: list[AttachmentRecord]


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag="refusal"):
    """Why there is no content: the `reason` of a PdfReadError."""

    reason: str
    limit: ExceededLimit | None = None


Answer = Content | Refusal

_encoder = msgspec.msgpack.Encoder()
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
_limits = msgspec.msgpack.Decoder(PdfLimits)


def encode(message: Answer | PdfLimits) -> bytes:
    return _encoder.encode(message)


def decode_answer(body: bytes) -> Answer:
    """Raises msgspec.DecodeError where the body is no answer."""
    return _answers.decode(body)


def decode_limits(body: bytes) -> PdfLimits:
    return _limits.decode(body)


def header(length: int) -> bytes:
    return length.to_bytes(HEADER_BYTES, "big")


def body_length(frame_header: bytes) -> int:
    return int.from_bytes(frame_header, "big")


def write_frame(stream: BinaryIO, body: bytes) -> None:
    stream.write(header(len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """Returns the next frame's body; None where the stream has ended, in the middle of a frame too."""
    start = stream.read(HEADER_BYTES)
    if len(start) < HEADER_BYTES:
        return None
    body = stream.read(body_length(start))
    return body if len(body) == body_length(start) else None
