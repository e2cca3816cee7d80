"""Pictures of invoices: pages painted on the spot, as PNG, JPEG, WebP, TIFF, or a PDF that holds nothing else."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import io
import random
import struct
import zlib
from collections.abc import Sequence

import pymupdf
from PIL import Image

INVOICE_LINES = (
    "Northwind Paper Ltd",
    "14 Mill Lane, Leeds LS1 4DY",
    "INVOICE",
    "Invoice number: NP-2026-0417",
    "Invoice date: 17 April 2026",
    "Description            Quantity     Unit price        Amount",
    "Copy paper A4                 10            12.00        120.00",
    "Envelopes C5                   4            20.00         80.00",
    "Net amount                GBP 200.00",
    "VAT 20 %                  GBP 40.00",
    "Total amount              GBP 240.00",
)


def pdf_of_lines(lines: Sequence[str] = INVOICE_LINES, turned_by: float = 0.0) -> bytes:
    """Returns a page of A4 with the lines; `turned_by` are degrees about the middle of the page."""
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    turn = (pymupdf.Point(297, 421), pymupdf.Matrix(1, 1).prerotate(turned_by))
    for at, line in enumerate(lines):
        page.insert_text((60, 80 + 30 * at), line, fontsize=13, morph=turn)
    return bytes(document.tobytes())


def picture_of(pdf: bytes, kind: str = "png", dots_per_inch: int = 150) -> bytes:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return bytes(document[0].get_pixmap(dpi=dots_per_inch).tobytes(kind))


def webp_of(png: bytes, *, lossless: bool = True, exif: bytes = b"", profile: bytes = b"") -> bytes:
    """Returns the picture as WebP; with `exif` or `profile` in the form that has a canvas of its own (VP8X)."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(out, "WEBP", lossless=lossless, quality=90, exif=exif, icc_profile=profile)
    return out.getvalue()


def animated_webp(*pngs: bytes) -> bytes:
    """Returns a WebP with a frame for each picture."""
    first, *others = (Image.open(io.BytesIO(png)) for png in pngs)
    out = io.BytesIO()
    first.save(out, "WEBP", save_all=True, append_images=others, lossless=True)
    return out.getvalue()


def webp_of_chunks(*chunks: tuple[bytes, bytes]) -> bytes:
    """Returns a WebP of these kinds of chunks and what they hold, whatever it is worth."""
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def lossless_header(width: int, height: int) -> bytes:
    """Returns what the chunk VP8L of a picture of that size begins with."""
    return b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14)


def lossy_header(width: int, height: int) -> bytes:
    """Returns what the chunk VP8 of a picture of that size begins with."""
    return b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)


def exif_of(orientation: int) -> bytes:
    """Returns Exif data with that orientation, as cameras write it."""
    tag = struct.pack("<HHII", 0x0112, 3, 1, orientation)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + tag + bytes(4)


def with_faint_line(pdf: bytes, text: str, levels: int, paper: int = 255) -> bytes:
    """Returns the page with a line at its foot whose grey is so many of 256 levels from that of the paper."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document[0]
        ground, ink = paper / 255, (paper - levels) / 255
        page.draw_rect(pymupdf.Rect(50, 560, 545, 620), color=None, fill=(ground,) * 3)
        page.insert_text((60, 600), text, fontsize=13, color=(ink,) * 3)
        return bytes(document.tobytes())


def with_text_layer(scan: bytes, lines: Sequence[str]) -> bytes:
    """Returns the scan with the lines as a scanner leaves them: unseen, where `pdf_of_lines` prints them."""
    with pymupdf.open(stream=scan, filetype="pdf") as document:
        for at, line in enumerate(lines):
            document[0].insert_text((60, 80 + 30 * at), line, fontsize=13, render_mode=3)
        return bytes(document.tobytes())


def with_broken_font(pdf: bytes) -> bytes:
    """Returns the PDF whose page looks the same, and whose font says that each letter is the one 13 places on."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        lines = [
            f"<{first + at:02x}> <{first + (at + 13) % 26:04x}>"
            for first in (ord("A"), ord("a"))
            for at in range(26)
        ]
        stream = (
            "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff>"
            f" endcodespacerange {len(lines)} beginbfchar\n"
            + "\n".join(lines)
            + "\nendbfchar endcmap end"
        )
        cmap = document.get_new_xref()
        document.update_object(cmap, "<<>>")
        document.update_stream(cmap, stream.encode())
        for font in document[0].get_fonts():
            document.xref_set_key(font[0], "ToUnicode", f"{cmap} 0 R")
        return bytes(document.tobytes())


def with_picture_in_place_of(pdf: bytes, first: int, last: int) -> bytes:
    """Returns the page of `pdf_of_lines` whose lines from `first` on, and before `last`, are a picture of them."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        page = document[0]
        place = pymupdf.Rect(50, 62 + 30 * first, 545, 62 + 30 * last)
        picture = page.get_pixmap(dpi=150, clip=place).tobytes("png")
        page.add_redact_annot(place)
        page.apply_redactions()
        page.insert_image(place, stream=picture)
        return bytes(document.tobytes())


def turned_picture(pdf: bytes, degrees: int, kind: str = "png") -> bytes:
    """Returns the page turned clockwise by a multiple of 90 degrees."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        document[0].set_rotation(degrees)
        return bytes(document[0].get_pixmap(dpi=150).tobytes(kind))


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """Returns the JPEG with that orientation in its Exif data, as cameras write it."""
    body = b"Exif\0\0" + exif_of(orientation)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def scanned_pdf(*pictures: bytes) -> bytes:
    """Returns a PDF with a page for each picture, and no text."""
    document = pymupdf.open()
    for picture in pictures:
        page = document.new_page(width=595, height=842)
        page.insert_image(page.rect, stream=picture)
    return bytes(document.tobytes())


def png_that_says(width: int, height: int, rows: bytes) -> bytes:
    """Returns a grey PNG of that size by its header, whose pixels are the rows."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checksum

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def photo_of_nothing(*, noisy: bool, width: int = 900, height: int = 700) -> bytes:
    """Returns a grey PNG without a document in it: noise, the same each time, or a gradient."""
    chance = random.Random(20_261_128)
    rows = (
        (
            chance.randbytes(width)
            if noisy
            else bytes((x + y) * 255 // (width + height) for x in range(width))
        )
        for y in range(height)
    )
    return png_that_says(width, height, b"".join(b"\0" + row for row in rows))


def tiff_of_pictures(*pngs: bytes) -> bytes:
    """Returns a TIFF with a page for each picture, packed as scanners pack them."""
    first, *others = (Image.open(io.BytesIO(png)).convert("L") for png in pngs)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others, compression="tiff_lzw")
    return out.getvalue()


def tiff_of(pages: int, width: int = 16, height: int = 16) -> bytes:
    """Returns a TIFF of that many white pages, grey and not packed."""
    strip = b"\xff" * (width * height)
    body = bytearray(b"II*\x00" + struct.pack("<I", 8 + len(strip)) + strip)
    for page in range(pages):
        entries = (
            (256, 4, width),
            (257, 4, height),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, 8),
            (277, 3, 1),
            (278, 4, height),
            (279, 4, len(strip)),
        )
        body += struct.pack("<H", len(entries))
        for tag, kind, value in entries:
            body += struct.pack("<HHII", tag, kind, 1, value)
        body += struct.pack("<I", len(body) + 4 if page + 1 < pages else 0)
    return bytes(body)
