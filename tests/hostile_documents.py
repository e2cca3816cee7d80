"""Documents that nobody should send: each function returns the bytes of one, made in well under a second."""

import io
import struct
import zlib
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

MIB = 1024 * 1024
GIB = 1024 * MIB


def empty() -> bytes:
    return b""


def text_file() -> bytes:
    return b"Invoice 4711\nTotal 12.00 EUR\n"


def png() -> bytes:
    """Returns a picture of one white pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\x00\xff"))
        + chunk(b"IEND", b"")
    )


def oversized(start: bytes = b"%PDF-1.7\n") -> bytes:
    """Returns 65 MiB that begin like a document."""
    return start.ljust(65 * MIB, b" ")


def xml_with_entities() -> bytes:
    """Returns XML of under a kilobyte whose entities unfold to three gigabytes."""
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY e0 "lol">{levels}]>'
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&e9;</Invoice>'
    ).encode()


def xml_with_external_dtd() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/invoice.dtd">'
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    )


def xml_with_external_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&file;</Invoice>'
    )


def xml_of_50_megabytes() -> bytes:
    note = b"<n>" + b"x" * 1000 + b"</n>"
    return (
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
        + note * (50 * MIB // len(note))
        + b"</Invoice>"
    )


def plain_pdf(text: str = "Invoice 4711") -> bytes:
    """Returns a harmless PDF of one page, for others to be made of."""
    return _pdf_with_content(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())


def truncated_pdf() -> bytes:
    whole = plain_pdf()
    return whole[: len(whole) * 2 // 3]


def encrypted_pdf(user_password: str = "secret", text: str = "Invoice 4711") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain_pdf(text))))
    writer.encrypt(user_password=user_password, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_without_pages() -> bytes:
    return pdf_of((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))


def pdf_of_pages(count: int = 100_000) -> bytes:
    """Returns a PDF whose page tree has that many leaves, each an object of its own."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            *([page] * count),
        )
    )


def pdf_of_equal_pages(pages: int, rows: int) -> bytes:
    """Returns a PDF of a few kilobytes whose pages all show the same rows, full of what an invoice is made of."""
    row = "(Total 12.345,67 EUR 03/07/2026 IBAN DE02 Rechnung) Tj T* "
    content = f"BT /F1 6 Tf 1 0 0 1 36 830 Tm 7 TL {row * rows} ET".encode()
    return _pdf_of_pages_with(content, pages)


def pdf_of_slow_pages(pages: int = 2_000) -> bytes:
    """Returns a PDF of 0.2 MB of which each page takes a second or more to read."""
    return _pdf_of_pages_with(overprinted_rows(rows=115, layers=2), pages)


def _pdf_of_pages_with(content: bytes, pages: int) -> bytes:
    """Returns a PDF whose pages all have the same content."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F1 4 0 R>>>>>>" % (pages, kids),
            stream_object(b"/Filter/FlateDecode", zlib.compress(content)),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *([b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"] * pages),
        )
    )


def pdf_of_overprinted_rows(rows: int, layers: int) -> bytes:
    """Returns a PDF of one page on which words stand over each other, so that each letter has to be looked at."""
    packed = zlib.compress(overprinted_rows(rows, layers))
    return _pdf_with_stream(packed, b"/Filter/FlateDecode")


def overprinted_rows(rows: int, layers: int) -> bytes:
    """Returns the content of a page: rows of 140 letters, and in each layer others in the same places."""
    content = []
    for layer in range(layers):
        lines = (
            b" ".join(
                b"%d" % (100_000 + (layer * 7_919 + row * 31 + at * 977) % 900_000)
                for at in range(20)
            )
            for row in range(rows)
        )
        shown = b"".join(b"(%s) Tj T* " % line for line in lines)
        content.append(b"BT /F1 6 Tf 1 0 0 1 36 830 Tm 7 TL %sET\n" % shown)
    return b"".join(content)


def pdf_with_file(data: bytes, name: str = "factur-x.xml") -> bytes:
    """Returns a PDF of one page with a word on it and the file in it."""
    content = b"BT /F1 12 Tf 72 720 Td (Invoice) Tj ET"
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream_object(b"", content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            stream_object(b"/Type/EmbeddedFile/Filter/FlateDecode", zlib.compress(data, 1)),
            b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 6 0 R>>>>" % (name.encode(), name.encode()),
        )
    )


def flate_bomb_content(unit: bytes = b" ") -> bytes:
    """Returns a PDF whose page's content stream unpacks to a gigabyte of the unit over and over."""
    return _pdf_with_stream(_twice_deflated(unit, GIB), b"/Filter[/FlateDecode/FlateDecode]")


def flate_bomb_attachment() -> bytes:
    """Returns a PDF with a file of a gigabyte in it."""
    bomb = _twice_deflated(b" ", GIB)
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            stream_object(b"/Type/EmbeddedFile/Filter[/FlateDecode/FlateDecode]", bomb),
            b"<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 4 0 R>>>>",
        )
    )


def flate_bomb_picture() -> bytes:
    """Returns a PDF with a word and a picture of 32,768 by 32,768 pixels whose last rows cover it."""
    bomb = _twice_deflated(b"\x7f", GIB)
    content = b"BT /F1 12 Tf 72 720 Td (Invoice) Tj ET q 400 0 0 400 72 715 cm /Im Do Q"
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>>>>>",
            stream_object(b"", content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            stream_object(
                b"/Type/XObject/Subtype/Image/Width 32768/Height 32768/BitsPerComponent 8"
                b"/ColorSpace/DeviceGray/Filter[/FlateDecode/FlateDecode]",
                bomb,
            ),
        )
    )


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """Returns a PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def _pdf_with_content(content: bytes) -> bytes:
    return _pdf_with_stream(content, b"")


def _pdf_with_stream(data: bytes, entries: bytes) -> bytes:
    return pdf_of(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            stream_object(entries, data),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        )
    )


def stream_object(entries: bytes, data: bytes) -> bytes:
    """Returns a stream with these entries in its dictionary, as an object of a PDF."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def _twice_deflated(unit: bytes, length: int) -> bytes:
    """Returns about `length` bytes of the unit, deflated and deflated again: no size on disk to speak of.

    The inner stream is one compressed megabyte, flushed so that it stands for itself, many times over.
    """
    block = unit * (MIB // len(unit))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    times = length // len(block)
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(block, checksum)
    inner = b"\x78\xda" + packed * times + b"\x03\x00" + checksum.to_bytes(4, "big")
    return zlib.compress(inner, 9)
