"""What a WebP picture says of itself before anything of it is unpacked (RFC 9649)."""

from collections.abc import Iterator

from invoice_reading.errors import PictureAnimated, PictureDamaged

_CHUNK_HEADER_BYTES = 8
_FIRST_CHUNK = 12  # behind "RIFF", the size of what follows, and "WEBP"
_MOST_CHUNKS_BEFORE_PIXELS = 64  # there are three kinds; more of them are no picture of anybody
_IS_ANIMATED = 0x02  # of the flags of VP8X
_LOSSY_START = b"\x9d\x01\x2a"  # RFC 6386, 9.1
_LOSSLESS_START = 0x2F  # RFC 9649, 3.4
_SIDE_BITS = 14


def webp_size(data: bytes) -> tuple[int, int]:
    """Returns the width and height of the one picture in the file, all of which is there.

    Raises PictureAnimated, and PictureDamaged for one that is cut off, has no pixels, or says two sizes.
    """
    canvas: tuple[int, int] | None = None
    for kind, body in _chunks(data):
        match kind:
            case b"VP8X":
                if len(body) < 10:
                    raise PictureDamaged
                if body[0] & _IS_ANIMATED:
                    raise PictureAnimated
                canvas = _number(body[4:7]) + 1, _number(body[7:10]) + 1
            case b"ANIM" | b"ANMF":
                raise PictureAnimated
            case b"VP8 " | b"VP8L":
                size = _lossy_size(body) if kind == b"VP8 " else _lossless_size(body)
                if canvas not in (None, size):
                    raise PictureDamaged
                return size
    raise PictureDamaged


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yields the kind and the content of each chunk; raises PictureDamaged where one is not all there."""
    whole = memoryview(data)
    end = _number(whole[4:8]) + _CHUNK_HEADER_BYTES
    if end > len(data):
        raise PictureDamaged
    start = _FIRST_CHUNK
    for _ in range(_MOST_CHUNKS_BEFORE_PIXELS):
        body = start + _CHUNK_HEADER_BYTES
        size = _number(whole[start + 4 : body])
        if body + size > end:
            raise PictureDamaged
        yield bytes(whole[start : start + 4]), whole[body : body + size]
        start = body + size + size % 2
    raise PictureDamaged


def _lossy_size(frame: memoryview) -> tuple[int, int]:
    if len(frame) < 10 or frame[3:6] != _LOSSY_START:
        raise PictureDamaged
    # The two bits above each side are by what a viewer may enlarge the picture.
    return _side(_number(frame[6:8])), _side(_number(frame[8:10]))


def _lossless_size(stream: memoryview) -> tuple[int, int]:
    if len(stream) < 5 or stream[0] != _LOSSLESS_START:
        raise PictureDamaged
    bits = _number(stream[1:5])
    return _side(bits) + 1, _side(bits >> _SIDE_BITS) + 1


def _side(bits: int) -> int:
    return bits & ((1 << _SIDE_BITS) - 1)


def _number(part: memoryview) -> int:
    return int.from_bytes(part, "little")
