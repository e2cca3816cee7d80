"""A reading as it goes from process to process: the annotations, which can be many, in pieces.

One call of the decoder lets no other thread run, and for the 180,000 annotations of 20,000 lines it would take 0.2 s.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

import msgspec

from invoice_reading.annotation import FieldAnnotation
from invoice_reading.reading import Reading

_ANNOTATIONS_EACH = 5_000  # a few milliseconds


class ReadingPieces(msgspec.Struct, frozen=True, array_like=True, tag="reading"):
    """`rest` is the reading without its annotations; each piece of these is encoded by itself."""

    rest: Reading
    annotations: tuple[msgspec.Raw, ...]


_encoder = msgspec.msgpack.Encoder()
_annotations = msgspec.msgpack.Decoder(dict[str, FieldAnnotation])


def pieces_of(reading: Reading) -> ReadingPieces:
    return ReadingPieces(replace(reading, annotations={}), tuple(_pieces(reading.annotations)))


def reading_of(pieces: ReadingPieces) -> Reading:
    """Returns the reading of the pieces. Raises msgspec.DecodeError where one of them is none."""
    annotations: dict[str, FieldAnnotation] = {}
    for piece in pieces.annotations:
        annotations.update(_annotations.decode(piece))
    return replace(pieces.rest, annotations=annotations)


def _pieces(annotations: Mapping[str, FieldAnnotation]) -> Iterator[msgspec.Raw]:
    items = iter(annotations.items())
    while piece := dict(islice(items, _ANNOTATIONS_EACH)):
        yield msgspec.Raw(_encoder.encode(piece))
