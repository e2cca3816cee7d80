"""A reading as it goes from process to process: packed, so that it is small and nobody has to decode it on the way.

The annotations, of which there can be 200,000, are in pieces: one call of the decoder lets no other thread run.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeVar

import msgspec

from invoice_reading.annotation import FieldAnnotation
from invoice_reading.reading import Reading
from invoice_summarizer.ports.document_reader import ReaderCrashed

_ANNOTATIONS_EACH = 5_000  # a few milliseconds
_FASTEST = 1

T = TypeVar("T")


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """A value as it was encoded, of so many bytes, and compressed."""

    size_bytes: int
    data: bytes


class ReadingPieces(msgspec.Struct, frozen=True, array_like=True, tag="reading"):
    """A Packed[Reading]. `rest` is the reading without its annotations; each piece of these is encoded by itself."""

    rest: Piece
    annotations: tuple[Piece, ...]

    @property
    def size_bytes(self) -> int:
        return self.rest.size_bytes + sum(piece.size_bytes for piece in self.annotations)

    def unpacked(self) -> Reading:
        """Raises ReaderCrashed where a piece is none: only a child that has been taken over says such things."""
        annotations: dict[str, FieldAnnotation] = {}
        try:
            for piece in self.annotations:
                annotations.update(_annotations.decode(_decompressed(piece)))
            return replace(_rest.decode(_decompressed(self.rest)), annotations=annotations)
        except (msgspec.DecodeError, zlib.error):
            raise ReaderCrashed from None


_encoder = msgspec.msgpack.Encoder()
_rest = msgspec.msgpack.Decoder(Reading)
_annotations = msgspec.msgpack.Decoder(dict[str, FieldAnnotation])


def pieces_of(reading: Reading) -> ReadingPieces:
    return ReadingPieces(
        _piece(replace(reading, annotations={})),
        tuple(map(_piece, _parts(reading.annotations))),
    )


def _piece(value: object) -> Piece:
    encoded = _encoder.encode(value)
    return Piece(len(encoded), zlib.compress(encoded, _FASTEST))


def _decompressed(piece: Piece) -> bytes:
    """Returns what the piece says that it has, and never more. Raises zlib.error."""
    decompression = zlib.decompressobj()
    data = decompression.decompress(piece.data, piece.size_bytes + 1)
    if len(data) != piece.size_bytes:
        raise zlib.error("the piece has another size than it says")
    return data


def _parts(annotations: Mapping[str, FieldAnnotation]) -> Iterator[dict[str, FieldAnnotation]]:
    items = iter(annotations.items())
    while part := dict(islice(items, _ANNOTATIONS_EACH)):
        yield part
