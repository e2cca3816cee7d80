"""Signed envelopes (.p7m): the XML is taken out and read, in whatever way it is packed; the signature is not checked."""

import base64
import random
from collections.abc import Callable

import pytest

from en16931.finding import Outcome, Severity
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.signed_envelope import EnvelopeUnreadable, signed_content
from invoice_reading.stages import Stages
from small_invoice import ubl_invoice

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SHA256 = bytes.fromhex("300b0609608648016503040201")
_END = b"\x00\x00"


def _der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 128 + len(octets))) + octets + content


def _ber(tag: int, *contents: bytes) -> bytes:
    """Of indefinite length."""
    return bytes((tag, 128)) + b"".join(contents) + _END


def _enveloped(content: bytes, *, ber: bool = False) -> bytes:
    """Signed data around the content, with something in the places of certificates and signatures."""
    put = _ber if ber else _der
    within = put(0x30, _DATA, content)
    behind = _der(0xA0, b"certificates" * 20) + _der(0x31, b"signatures")
    signed = put(0x30, _der(0x02, b"\x01"), put(0x31, _SHA256), within, behind)
    return put(0x30, _SIGNED_DATA, put(0xA0, signed))


def _in_parts(data: bytes, size: int = 100) -> list[bytes]:
    return [_der(0x04, data[at : at + size]) for at in range(0, len(data), size)]


def _of_der(data: bytes) -> bytes:
    return _enveloped(_der(0xA0, _der(0x04, data)))


def _of_ber(data: bytes) -> bytes:
    return _enveloped(_ber(0xA0, _ber(0x24, *_in_parts(data))), ber=True)


def _of_parts_in_parts(data: bytes) -> bytes:
    parts = _in_parts(data)
    return _enveloped(_der(0xA0, _der(0x24, _ber(0x24, *parts[:3]), _der(0x24, *parts[3:]))))


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(_of_ber(data))


def _pem(data: bytes, label: bytes = b"CMS") -> bytes:
    lines = base64.encodebytes(_of_der(data))
    return b"-----BEGIN " + label + b"-----\n" + lines + b"-----END " + label + b"-----\n"


def _pkcs7_pem(data: bytes) -> bytes:
    return _pem(data, b"PKCS7").replace(b"\n", b"\r\n")


def _signed_twice(data: bytes) -> bytes:
    return _of_ber(_of_der(data))


def _picture(data: bytes, limits: PdfLimits) -> PdfPages:
    raise DocumentUnreadable("no pictures here", reason="DOCUMENT_TYPE_UNSUPPORTED")


def _read(data: bytes) -> Reading:
    return read(data, "", Stages(pdf_engine=_picture))


@pytest.mark.parametrize(
    "pack", [_of_der, _of_ber, _of_parts_in_parts, _base64, _pem, _pkcs7_pem, _signed_twice]
)
def test_the_xml_inside_is_read_as_if_it_had_come_alone(
    pack: Callable[[bytes], bytes],
) -> None:
    reading, plain = _read(pack(ubl_invoice())), _read(ubl_invoice())
    assert reading.content == plain.content
    assert reading.annotations == plain.annotations
    assert reading.review_reasons == plain.review_reasons


def test_that_the_signature_is_not_checked_is_told() -> None:
    [told] = [each for each in _read(_of_der(ubl_invoice())).findings if "SIGN" in each.rule_id]
    assert told.rule_id == "SIGNATURE-01"
    assert (told.severity, told.outcome) == (Severity.INFORMATION, Outcome.NOT_DECIDABLE)
    assert not [each for each in _read(ubl_invoice()).findings if "SIGN" in each.rule_id]


def _nested(levels: int) -> bytes:
    data = _der(0x04, b"<a/>")
    for _ in range(levels):
        data = _ber(0x24, data)
    return _enveloped(_der(0xA0, data))


def _many_envelopes() -> bytes:
    data = ubl_invoice()
    for _ in range(5):
        data = _of_der(data)
    return data


_DEEP_SET = _der(0x30, _SIGNED_DATA, _der(0xA0, _der(0x30, _der(2, b"\1"), b"\x31\x80" * 5000)))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (_of_der(ubl_invoice())[:-1], "BROKEN"),
        (_of_ber(ubl_invoice())[:900], "BROKEN"),
        (_pem(ubl_invoice())[:300], "BROKEN"),
        (_base64(ubl_invoice())[:-30] + b"*", "BROKEN"),
        (_of_der(b"<a/>").replace(_DATA + b"\xa0", _DATA + b"\xbf"), "BROKEN"),
        (_enveloped(_der(0xA0, b"\x04\x80abc")), "BROKEN"),
        (_enveloped(_der(0xA0, b"\x04\x89" + b"\xff" * 20)), "BROKEN"),
        (_enveloped(b""), "WITHOUT_CONTENT"),
        (_enveloped(b"", ber=True), "WITHOUT_CONTENT"),
        (_of_der(b""), "NO_XML"),
        (_of_der(b"words"), "NO_XML"),
        (_of_der(b"%PDF-1.7"), "NO_XML"),
        (_nested(1000), "TOO_DEEP"),
        (_DEEP_SET, "TOO_DEEP"),
        (_many_envelopes(), "TOO_DEEP"),
        (_enveloped(_der(0xA0, _der(0x24, b"\x04\x00" * 200_001))), "TOO_MANY_PARTS"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_its_cause(data: bytes, cause: str) -> None:
    with pytest.raises(EnvelopeUnreadable) as caught:
        _read(data)
    assert caught.value.reason == "DOCUMENT_SIGNED"
    assert caught.value.metadata == {"cause": cause}


def test_xml_inside_that_is_no_invoice_keeps_its_own_reason() -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        _read(_of_der(b"<a/>"))
    assert caught.value.reason == "XML_SYNTAX_UNKNOWN"


def _mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(min(len(changed), 120)) if chance.random() < 0.7 else -1
        way = chance.randrange(4)
        if way == 0:
            changed[at] = chance.randrange(256)
        elif way == 1:
            del changed[at : at + chance.randint(1, 9)]
        elif way == 2:
            changed[at:at] = chance.randbytes(chance.randint(1, 9))
        else:
            del changed[chance.randrange(len(changed) // 2, len(changed)) :]
    return bytes(changed)


@pytest.mark.parametrize("pack", [_of_der, _of_ber, _of_parts_in_parts, _base64, _pem])
def test_mutations_are_read_or_refused_with_a_reason(
    pack: Callable[[bytes], bytes],
) -> None:
    chance, whole = random.Random(7), pack(ubl_invoice())
    ends: set[str] = set()
    for _ in range(150):
        data = _mutated(whole, chance)
        try:
            signed_content(data)
        except EnvelopeUnreadable as error:
            ends.add(error.metadata["cause"])
        try:
            _read(data)
        except DocumentUnreadable as error:
            assert error.reason and error.reason != DocumentUnreadable.reason
            assert b"INV" not in error.message.encode()
        else:
            ends.add("READ")
    assert {"BROKEN", "READ"} <= ends
