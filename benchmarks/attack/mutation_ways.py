"""Ways of changing a document: each returns changed bytes, or None where the document has nothing of that kind."""

import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

MARKER = "Zaunkoenigsgasse"  # stands in no document; where it turns up, content has leaked

Way = Callable[[bytes, Random], bytes | None]

_TEXT = re.compile(rb">([^<>]{1,400})<")
_TAG = re.compile(rb"</?([A-Za-z_][\w:.-]*)")
_LEAF = re.compile(rb"<([A-Za-z_][\w:.-]*)(?: [^<>]*)?>[^<>]*</\1>")
_ATTRIBUTE = re.compile(rb'="([^"<>]{1,200})"')
_REFERENCE = re.compile(rb"\b\d{1,7} \d{1,5} R\b")
_NUMBER = re.compile(rb"(?<=[\s\[/(])-?\d+(?:\.\d+)?(?=[\s\]/>)])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]{1,30}")
_OBJECT = re.compile(rb"\d{1,7} \d{1,5} obj\b.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)

_marker = MARKER.encode()
_ODD_TEXTS: Sequence[bytes] = (
    b"",
    b"-1",
    b"NaN",
    b"1e999",
    b"9" * 400,
    b"0.00000000000000000000000001",
    b"1,234.56.78",
    b"2026-02-30",
    b"0000-00-00",
    b"99991231",
    b"&amp;" * 1000,
    "\u202e\u0661\u0662\uff13".encode(),
    _marker * 2000,
    _marker,
)
_ODD_MARKUP: Sequence[bytes] = (
    b"&undefined;",
    b"&#0;",
    b"]]>",
    b"<![CDATA[" + _marker + b"]]>",
    b"<!-- " + _marker + b" -->",
    b"<?x " + _marker + b"?>",
    b"<" + _marker + b"/>",
    b"\x00",
    b"\xff\xfe",
)
_ODD_NUMBERS = (b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e9", b"0.0000001", b"")


def flipped_bits(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 16, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def overwritten(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def cut_off(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(1, len(data))]


def cut_out(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def doubled_part(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def inserted(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice((*_ODD_TEXTS, *_ODD_MARKUP)) + data[place:]


def changed_text(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_TEXT, 1, data, chance, chance.choice(_ODD_TEXTS))


def changed_markup(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_TEXT, 1, data, chance, chance.choice(_ODD_MARKUP))


def changed_tag(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_TAG, 1, data, chance, chance.choice((_marker, b"x:" + _marker, b"ID", b"")))


def changed_attribute(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_ATTRIBUTE, 1, data, chance, chance.choice(_ODD_TEXTS))


def dropped_element(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_LEAF, 0, data, chance, b"")


def doubled_element(data: bytes, chance: Random) -> bytes | None:
    element = _found(_LEAF, data, chance)
    if element is None:
        return None
    copies = element[0] * chance.choice((1, 3, 1500))
    return data[: element.end()] + copies + data[element.end() :]


def changed_reference(data: bytes, chance: Random) -> bytes | None:
    """A PDF's object points to another one, perhaps to itself or to none."""
    target = b"%d 0 R" % chance.choice((0, 1, 2, 3, chance.randrange(100), 9_999_999))
    return _replaced(_REFERENCE, 0, data, chance, target)


def changed_number(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_NUMBER, 0, data, chance, chance.choice(_ODD_NUMBERS))


def changed_name(data: bytes, chance: Random) -> bytes | None:
    name = chance.choice((b"/Pages", b"/Page", b"/Kids", b"/Length", b"/Filter", b"/" + _marker))
    return _replaced(_NAME, 0, data, chance, name)


def dropped_object(data: bytes, chance: Random) -> bytes | None:
    return _replaced(_OBJECT, 0, data, chance, b"")


def changed_stream(data: bytes, chance: Random) -> bytes | None:
    """What a stream of the PDF unpacks to is changed, and packed again."""
    stream = _found(_STREAM, data, chance)
    if stream is None:
        return None
    try:
        unpacked = zlib.decompress(stream[1])
    except zlib.error:
        return None
    way = chance.choice((flipped_bits, overwritten, cut_out, doubled_part, inserted))
    changed = way(unpacked, chance) if unpacked else b"BT (" + _marker + b") Tj ET"
    return data[: stream.start(1)] + zlib.compress(changed) + data[stream.end(1) :]


_BYTES: tuple[Way, ...] = (flipped_bits, overwritten, cut_off, cut_out, doubled_part, inserted)
_XML: tuple[Way, ...] = (
    changed_text,
    changed_text,
    changed_markup,
    changed_tag,
    changed_attribute,
    dropped_element,
    doubled_element,
)
_PDF: tuple[Way, ...] = (
    changed_reference,
    changed_number,
    changed_name,
    dropped_object,
    changed_stream,
    changed_stream,
)


def mutated(data: bytes, chance: Random) -> bytes:
    """Returns the document after one to three changes, of its bytes or of what its kind is made of."""
    of_its_kind = _PDF if data.startswith(b"%PDF") else _XML
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = _changed(data, of_its_kind, chance)
    return data


def _changed(data: bytes, of_its_kind: Sequence[Way], chance: Random) -> bytes:
    """Returns the document after one change that it has something for."""
    while len(data) > 1:
        way = chance.choice(chance.choice((_BYTES, of_its_kind, of_its_kind, of_its_kind)))
        changed = way(data, chance)
        if changed is not None and changed != data:
            return changed
    return data


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 16, 256, 4096)))


def _found(pattern: re.Pattern[bytes], data: bytes, chance: Random) -> re.Match[bytes] | None:
    """Returns one of the places, found from a point on that is drawn at random."""
    return pattern.search(data, chance.randrange(len(data))) or pattern.search(data)


def _replaced(
    pattern: re.Pattern[bytes], group: int, data: bytes, chance: Random, by: bytes
) -> bytes | None:
    found = _found(pattern, data, chance)
    return None if found is None else data[: found.start(group)] + by + data[found.end(group) :]
