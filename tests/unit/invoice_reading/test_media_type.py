"""What a document is, by its bytes."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.media_type import MediaType, sniff


@pytest.mark.parametrize(
    "head",
    [
        b"<Invoice/>",
        b"<?xml version='1.0'?>",
        b"\r\n\t <a/>",
        b"\xef\xbb\xbf<a/>",
        "<a/>".encode("utf-16"),
        "<a/>".encode("utf-16-le"),
        "<a/>".encode("utf-16-be"),
    ],
)
def test_xml_is_found_in_its_encodings(head: bytes) -> None:
    assert sniff(head) is MediaType.XML


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"junk before\n%PDF-1.4", b"a" * 1019 + b"%PDF-"])
def test_pdf_is_found_within_the_first_kilobyte(head: bytes) -> None:
    assert sniff(head) is MediaType.PDF


@pytest.mark.parametrize(
    ("head", "detected"),
    [
        (b"GIF89a", "image/gif"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "image/heic"),
        (b"BM\x00\x00", "image/bmp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "application/octet-stream"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b\x08", "application/gzip"),
        (b"words", "application/octet-stream"),
        (b"a" * 1020 + b"%PDF-", "application/octet-stream"),
        (b" ", "application/octet-stream"),
    ],
)
def test_other_kinds_are_refused_by_what_they_are(head: bytes, detected: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        sniff(head)
    assert caught.value.reason == "DOCUMENT_TYPE_UNSUPPORTED"
    assert caught.value.metadata["detected"] == detected


_SIGNED = bytes.fromhex("3082104a06092a864886f70d010702a082103b30821037") + b"\x01" * 99


@pytest.mark.parametrize(
    "head",
    [
        _SIGNED,
        bytes.fromhex("308006092a864886f70d010702a080") + b"\x01" * 99,
        base64.encodebytes(_SIGNED),
        b"-----BEGIN PKCS7-----\n" + base64.encodebytes(_SIGNED),
    ],
)
def test_a_signed_envelope_is_known_by_its_beginning(head: bytes) -> None:
    for declared in ("", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        assert sniff(head, declared) is MediaType.SIGNED_XML
    assert not MediaType.SIGNED_XML.has_pages


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (b"II*\x00", MediaType.TIFF),
        (b"MM\x00*", MediaType.TIFF),
        (b"\x89PNG\r\n\x1a\n says %PDF-1.7", MediaType.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X says %PDF-1.7", MediaType.WEBP),
    ],
)
def test_pictures_are_known_by_their_signature(head: bytes, kind: MediaType) -> None:
    assert sniff(head) is kind
    assert sniff(head, kind) is kind


@pytest.mark.parametrize("declared", ["image/jpg", "image/pjpeg", "IMAGE/JPEG"])
def test_other_names_of_jpeg_are_taken(declared: str) -> None:
    assert sniff(b"\xff\xd8\xff\xe0", declared) is MediaType.JPEG


def test_nothing_is_no_document() -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        sniff(b"", "application/pdf")
    assert caught.value.reason == "DOCUMENT_EMPTY"


@pytest.mark.parametrize(
    "declared",
    ["", ";", "application/octet-stream", "application/xml", "text/xml", "Text/XML; charset=utf-8"],
)
def test_declared_type_may_say_the_same_in_other_words(declared: str) -> None:
    assert sniff(b"<a/>", declared) is MediaType.XML


@pytest.mark.parametrize("declared", ["application/pdf", "image/png", "xml"])
def test_declared_type_that_says_otherwise_is_refused(declared: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        sniff(b"<a/>", declared)
    assert (caught.value.reason, caught.value.metadata) == (
        "MEDIA_TYPE_MISMATCH",
        {"detected": "application/xml"},
    )


@given(st.binary(min_size=1, max_size=1100), st.text(max_size=20))
def test_any_bytes_are_of_a_kind_or_refused_without_a_word_of_them(
    head: bytes, declared: str
) -> None:
    try:
        assert sniff(head, declared) in MediaType
    except DocumentUnreadable as error:
        assert error.reason in ("DOCUMENT_TYPE_UNSUPPORTED", "MEDIA_TYPE_MISMATCH")
        assert set(error.metadata) <= {"detected", "supported"}
