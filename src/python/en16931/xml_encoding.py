"""In which encoding an XML document is, as its bytes say it, beside what it declares."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# A document begins with "<", after white space at most: in UTF-16 with a zero byte beside it.
_FIRST_SIGNS = ((b"<\0", "UTF-16LE"), (b"\0<", "UTF-16BE"))
_DECLARED = re.compile(rb"""^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_HEAD_BYTES = 512


def marked_encoding(data: bytes) -> str | None:
    """Returns the encoding of the byte order mark; None where there is none."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def contradicts_declaration(data: bytes, encoding: str) -> bool:
    """Tells whether the document declares another encoding than the one that it is in."""
    match = _DECLARED.match(data[:_HEAD_BYTES].replace(b"\0", b""))
    if match is None:
        return False
    declared = match[1].decode("ascii").upper()
    return not declared.startswith(encoding.removesuffix("LE").removesuffix("BE"))


def certain_encoding(data: bytes) -> str | None:
    """Returns the encoding that bytes without a mark are of beyond doubt, where another one is declared; or None.

    Text of a one-byte encoding is hardly ever UTF-8 as well, once it has a letter beyond ASCII.
    """
    for begin, name in _FIRST_SIGNS:
        if data.startswith(begin):
            return name if contradicts_declaration(data, name) else None
    return "UTF-8" if contradicts_declaration(data, "UTF-8") and is_utf_8(data) else None


def is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
