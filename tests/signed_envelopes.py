"""Signed envelopes (.p7m): CMS signed data, in DER or BER, that nobody has signed."""

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_END = b"\x00\x00"


def der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 128 + len(octets))) + octets + content


def ber(tag: int, *contents: bytes) -> bytes:
    """Of indefinite length."""
    return bytes((tag, 128)) + b"".join(contents) + _END


def enveloped(content: bytes, *, indefinite: bool = False) -> bytes:
    """Signed data around the content, with something in the places of certificates and signatures."""
    put = ber if indefinite else der
    within = put(0x30, DATA, content)
    behind = der(0xA0, b"certificates" * 20) + der(0x31, b"signatures")
    signed = put(0x30, der(0x02, b"\x01"), put(0x31, _SHA256), within, behind)
    return put(0x30, SIGNED_DATA, put(0xA0, signed))


def der_envelope(data: bytes) -> bytes:
    return enveloped(der(0xA0, der(0x04, data)))
