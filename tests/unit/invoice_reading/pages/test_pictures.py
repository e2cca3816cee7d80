"""Pictures as documents: their pages, and what is wrong with those that are none."""

import io
import random
import struct
from collections.abc import Callable, Sequence

import pytest
from picture_documents import (
    animated_webp,
    exif_of,
    lossless_header,
    lossy_header,
    pdf_of_lines,
    picture_of,
    png_that_says,
    scanned_pdf,
    tiff_of,
    turned_picture,
    webp_of,
    webp_of_chunks,
)
from PIL import Image

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.pages.engine import MuPdfEngine, page_picture
from invoice_reading.pages.pictures_to_read import pictures_to_read

PNG = picture_of(pdf_of_lines())
WIDTH, HEIGHT = struct.unpack(">II", PNG[16:24])
JPEG = picture_of(pdf_of_lines(), "jpeg")
SMALL_PNG = picture_of(pdf_of_lines(), dots_per_inch=40)
SMALL_JPEG = picture_of(pdf_of_lines(), "jpeg", dots_per_inch=40)
LOSSLESS = webp_of(PNG)
LOSSY = webp_of(PNG, lossless=False)
WITH_CANVAS = webp_of(PNG, exif=exif_of(1))


def read(data: bytes, limits: PdfLimits | None = None) -> PdfPages:
    return MuPdfEngine()(data, limits or PdfLimits())


def refusal(data: bytes, limits: PdfLimits | None = None) -> DocumentUnreadable:
    with pytest.raises(DocumentUnreadable) as raised:
        read(data, limits)
    return raised.value


@pytest.mark.parametrize("data", [PNG, JPEG, LOSSLESS, LOSSY, WITH_CANVAS])
def test_picture_is_one_page_without_words(data: bytes) -> None:
    pages = read(data)
    (page,) = pages.pages
    assert (pages.pages_total, page.number, page.words, page.image_share) == (1, 1, (), 1.0)
    assert page.height_points == pytest.approx(842)
    assert page.width_points == pytest.approx(842 * WIDTH / HEIGHT)


def test_tiff_has_many_pages() -> None:
    assert [page.number for page in read(tiff_of(3)).pages] == [1, 2, 3]


def test_one_page_more_than_the_limit_is_refused() -> None:
    assert read(tiff_of(3), PdfLimits(pages=3)).pages_total == 3
    refused = refusal(tiff_of(3), PdfLimits(pages=2))
    assert (refused.reason, refused.metadata) == ("PICTURE_LIMIT_EXCEEDED", {"limit": "PAGES"})


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
@pytest.mark.parametrize("data", [PNG, JPEG, tiff_of(2, 200, 200), LOSSLESS, LOSSY, WITH_CANVAS])
def test_picture_that_is_cut_off_is_damaged(data: bytes, share: float) -> None:
    assert refusal(data[: int(len(data) * share)]).reason == "PICTURE_DAMAGED"


@pytest.mark.parametrize(("width", "height"), [(3000, 3000), (1, 5000)])
def test_picture_that_has_fewer_pixels_than_it_says_is_damaged(width: int, height: int) -> None:
    assert refusal(png_that_says(width, height, b"\x00" * 1000)).reason == "PICTURE_DAMAGED"


@pytest.mark.parametrize("side", [10_000, 100_000, 2**31 - 1])
def test_picture_of_too_many_pixels_is_not_unpacked(side: int) -> None:
    refused = refusal(png_that_says(side, side, b"\x00" * 1000))
    assert (refused.reason, refused.metadata) == ("PICTURE_LIMIT_EXCEEDED", {"limit": "PIXELS"})


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"II*\x00",
        b"MM\x00*",
        b"RIFF\x00\x00\x00\x00WEBP",
    ],
)
def test_nothing_behind_a_signature_is_damaged(data: bytes) -> None:
    assert refusal(data).reason == "PICTURE_DAMAGED"
    assert refusal(data + b"\x00" * 500).reason == "PICTURE_DAMAGED"


def test_lossless_webp_has_the_pixels_of_the_png() -> None:
    (expected,) = pictures_to_read(PNG, [1], PdfLimits())
    assert [*pictures_to_read(LOSSLESS, [1], PdfLimits())] == [expected]


@pytest.mark.parametrize(("orientation", "degrees"), [(1, 0), (3, 180), (6, 270), (8, 90)])
@pytest.mark.parametrize("mark", [b"", b"Exif\0\0"])
def test_webp_is_upright_by_its_exif_orientation(
    orientation: int, degrees: int, mark: bytes
) -> None:
    photo = webp_of(turned_picture(pdf_of_lines(), degrees), exif=mark + exif_of(orientation))
    upright = picture_of(pdf_of_lines())
    (read,) = pictures_to_read(photo, [1], PdfLimits())
    (expected,) = pictures_to_read(upright, [1], PdfLimits())
    assert (read.width, read.height) == (expected.width, expected.height)
    differing = sum(a != b for a, b in zip(read.pixels, expected.pixels, strict=True))
    assert differing < len(read.pixels) / 50  # edges of letters, which are drawn anew


@pytest.mark.parametrize("side", [10_000, 16_383])
@pytest.mark.parametrize("header", [lossless_header, lossy_header])
def test_webp_of_too_many_pixels_is_not_unpacked(
    header: Callable[[int, int], bytes], side: int
) -> None:
    kind = b"VP8L" if header is lossless_header else b"VP8 "
    refused = refusal(webp_of_chunks((kind, header(side, side) + b"\0" * 100)))
    assert (refused.reason, refused.metadata) == ("PICTURE_LIMIT_EXCEEDED", {"limit": "PIXELS"})


def test_webp_of_as_many_pixels_as_the_limit_is_read() -> None:
    assert read(LOSSY, PdfLimits(webp_pixels=WIDTH * HEIGHT)).pages_total == 1
    assert refusal(LOSSY, PdfLimits(webp_pixels=WIDTH * HEIGHT - 1)).metadata == {"limit": "PIXELS"}


def _canvas(width: int, height: int) -> tuple[bytes, bytes]:
    sides = (side - 1 for side in (width, height))
    return b"VP8X", bytes(4) + b"".join(side.to_bytes(3, "little") for side in sides)


@pytest.mark.parametrize("canvas", [(16, 16), (WIDTH + 1, HEIGHT), (1 << 24, 1 << 24)])
def test_webp_of_two_sizes_is_damaged(canvas: tuple[int, int]) -> None:
    pixels = (LOSSLESS[12:16], LOSSLESS[20:])
    assert read(webp_of_chunks(_canvas(WIDTH, HEIGHT), pixels)).pages_total == 1
    assert refusal(webp_of_chunks(_canvas(*canvas), pixels)).reason == "PICTURE_DAMAGED"


@pytest.mark.parametrize(
    "chunks",
    [
        [(b"VP8L", lossless_header(3000, 3000) + b"\0" * 1000)],
        [(b"VP8 ", lossy_header(3000, 3000) + b"\0" * 1000)],
        [(b"VP8L", b"\x2f")],
        [(b"VP8 ", b"\0" * 10)],
        [(b"VP8X", b"")],
        [(b"ICCP", b"")] * 10_000 + [(b"VP8L", lossless_header(1, 1))],
        [_canvas(3000, 3000)],
    ],
    ids=["lossless", "lossy", "short", "no start", "no canvas", "chunks", "no pixels"],
)
def test_webp_without_the_pixels_that_it_says_is_damaged(
    chunks: Sequence[tuple[bytes, bytes]],
) -> None:
    assert refusal(webp_of_chunks(*chunks)).reason == "PICTURE_DAMAGED"


def test_animated_webp_is_refused_by_name() -> None:
    other = picture_of(pdf_of_lines(("Page 2",)))
    assert refusal(animated_webp(PNG, other)).reason == "PICTURE_ANIMATED"


def test_webp_that_hides_its_frames_is_refused() -> None:
    whole = bytearray(animated_webp(PNG, picture_of(pdf_of_lines(("Page 2",)))))
    whole[20] &= ~0x02
    assert refusal(bytes(whole)).reason == "PICTURE_ANIMATED"


def test_transparent_webp_is_read_on_white() -> None:
    ink = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ink.putpixel((5, 5), (200, 0, 0, 255))
    out = io.BytesIO()
    ink.save(out, "WEBP", lossless=True)
    (picture,) = pictures_to_read(out.getvalue(), [1], PdfLimits())
    colours = {picture.pixels[at : at + 3] for at in range(0, len(picture.pixels), 3)}
    assert colours == {b"\xff\xff\xff", bytes((200, 0, 0))}


def test_webp_with_a_profile_that_is_none_is_read() -> None:
    assert read(webp_of(SMALL_PNG, profile=b"no profile")).pages_total == 1
    assert read(webp_of(SMALL_PNG, profile=b"\0" * (5 << 20))).pages_total == 1


@pytest.mark.parametrize("stored_at", [50, 150, 300])
def test_picture_is_painted_for_people_as_large_as_a4(stored_at: int) -> None:
    picture = picture_of(pdf_of_lines(), dots_per_inch=stored_at)
    painted = page_picture(picture, 1, 72, PdfLimits())
    assert struct.unpack(">I", painted[20:24])[0] in (842, 843)


def test_picture_of_too_many_pixels_is_not_painted() -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        page_picture(PNG, 1, 72, PdfLimits(picture_pixels=WIDTH * HEIGHT - 1))
    assert raised.value.reason == "PICTURE_LIMIT_EXCEEDED"


def test_picture_to_read_has_the_pixels_that_are_stored() -> None:
    (picture,) = pictures_to_read(PNG, [1], PdfLimits())
    assert (picture.width, picture.height) == (WIDTH, HEIGHT)
    assert len(picture.pixels) == WIDTH * HEIGHT * 3


def test_no_picture_to_read_is_longer_than_a4_at_300_dots_per_inch() -> None:
    large = picture_of(pdf_of_lines(), dots_per_inch=450)
    (picture,) = pictures_to_read(large, [1], PdfLimits())
    assert max(picture.width, picture.height) in (3507, 3508, 3509)


def test_scanned_pages_are_painted_at_200_dots_per_inch() -> None:
    pictures = [*pictures_to_read(scanned_pdf(PNG, JPEG), [2, 1], PdfLimits())]
    assert [(picture.page, picture.width) for picture in pictures] == [(2, 1653), (1, 1653)]


@pytest.mark.parametrize(
    "whole",
    [
        SMALL_PNG,
        SMALL_JPEG,
        tiff_of(3, 60, 80),
        webp_of(SMALL_PNG),
        webp_of(SMALL_PNG, lossless=False),
        webp_of(SMALL_PNG, exif=exif_of(6), profile=b"no profile"),
    ],
)
def test_damaged_pictures_are_read_or_refused_with_a_reason(whole: bytes) -> None:
    chance = random.Random(18)
    for _ in range(170):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 30))):
            place = chance.randrange(len(data))
            if chance.random() < 0.2:
                del data[place : place + chance.randrange(40)]
            else:
                data[place] = chance.randrange(256)
        try:
            pages = MuPdfEngine()(bytes(data), PdfLimits())
            assert 0 < len(pages.pages) <= pages.pages_total
        except DocumentUnreadable as refused:
            assert refused.reason in (
                "PICTURE_ANIMATED",
                "PICTURE_DAMAGED",
                "PICTURE_LIMIT_EXCEEDED",
                "PDF_DAMAGED",  # its signature is gone
            )
