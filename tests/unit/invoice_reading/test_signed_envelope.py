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
from signed_envelopes import DATA, SIGNED_DATA, ber, der, der_envelope, enveloped
from small_invoice import ubl_invoice


def _in_parts(data: bytes, size: int = 100) -> list[bytes]:
    return [der(0x04, data[at : at + size]) for at in range(0, len(data), size)]


def _of_ber(data: bytes) -> bytes:
    return enveloped(ber(0xA0, ber(0x24, *_in_parts(data))), indefinite=True)


def _of_parts_in_parts(data: bytes) -> bytes:
    parts = _in_parts(data)
    return enveloped(der(0xA0, der(0x24, ber(0x24, *parts[:3]), der(0x24, *parts[3:]))))


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(_of_ber(data))


def _pem(data: bytes, label: bytes = b"CMS") -> bytes:
    lines = base64.encodebytes(der_envelope(data))
    return b"-----BEGIN " + label + b"-----\n" + lines + b"-----END " + label + b"-----\n"


def _pkcs7_pem(data: bytes) -> bytes:
    return _pem(data, b"PKCS7").replace(b"\n", b"\r\n")


def _signed_twice(data: bytes) -> bytes:
    return _of_ber(der_envelope(data))


def _picture(data: bytes, limits: PdfLimits) -> PdfPages:
    raise DocumentUnreadable("no pictures here", reason="DOCUMENT_TYPE_UNSUPPORTED")


def _read(data: bytes) -> Reading:
    return read(data, "", Stages(pdf_engine=_picture))


@pytest.mark.parametrize(
    "pack", [der_envelope, _of_ber, _of_parts_in_parts, _base64, _pem, _pkcs7_pem, _signed_twice]
)
def test_the_xml_inside_is_read_as_if_it_had_come_alone(
    pack: Callable[[bytes], bytes],
) -> None:
    reading, plain = _read(pack(ubl_invoice())), _read(ubl_invoice())
    assert reading.content == plain.content
    assert reading.annotations == plain.annotations
    assert reading.review_reasons == plain.review_reasons


def test_that_the_signature_is_not_checked_is_told() -> None:
    [told] = [
        each for each in _read(der_envelope(ubl_invoice())).findings if "SIGN" in each.rule_id
    ]
    assert told.rule_id == "SIGNATURE-01"
    assert (told.severity, told.outcome) == (Severity.INFORMATION, Outcome.NOT_DECIDABLE)
    assert not [each for each in _read(ubl_invoice()).findings if "SIGN" in each.rule_id]


def _nested(levels: int) -> bytes:
    data = der(0x04, b"<a/>")
    for _ in range(levels):
        data = ber(0x24, data)
    return enveloped(der(0xA0, data))


def _many_envelopes() -> bytes:
    data = ubl_invoice()
    for _ in range(5):
        data = der_envelope(data)
    return data


_DEEP_SET = der(0x30, SIGNED_DATA, der(0xA0, der(0x30, der(2, b"\1"), b"\x31\x80" * 5000)))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (der_envelope(ubl_invoice())[:-1], "BROKEN"),
        (_of_ber(ubl_invoice())[:900], "BROKEN"),
        (_pem(ubl_invoice())[:300], "BROKEN"),
        (_base64(ubl_invoice())[:-30] + b"*", "BROKEN"),
        (der_envelope(b"<a/>").replace(DATA + b"\xa0", DATA + b"\xbf"), "BROKEN"),
        (enveloped(der(0xA0, b"\x04\x80abc")), "BROKEN"),
        (enveloped(der(0xA0, b"\x04\x89" + b"\xff" * 20)), "BROKEN"),
        (enveloped(b""), "WITHOUT_CONTENT"),
        (enveloped(b"", indefinite=True), "WITHOUT_CONTENT"),
        (der_envelope(b""), "NO_XML"),
        (der_envelope(b"words"), "NO_XML"),
        (der_envelope(b"%PDF-1.7"), "NO_XML"),
        (_nested(1000), "TOO_DEEP"),
        (_DEEP_SET, "TOO_DEEP"),
        (_many_envelopes(), "TOO_DEEP"),
        (enveloped(der(0xA0, der(0x24, b"\x04\x00" * 200_001))), "TOO_MANY_PARTS"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_its_cause(data: bytes, cause: str) -> None:
    with pytest.raises(EnvelopeUnreadable) as caught:
        _read(data)
    assert caught.value.reason == "DOCUMENT_SIGNED"
    assert caught.value.metadata == {"cause": cause}


def test_xml_inside_that_is_no_invoice_keeps_its_own_reason() -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        _read(der_envelope(b"<a/>"))
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


@pytest.mark.parametrize("pack", [der_envelope, _of_ber, _of_parts_in_parts, _base64, _pem])
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
