"""Frames over the pipes between a parent and its child: eight bytes of length and a body."""

from typing import BinaryIO

HEADER_BYTES = 8


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
