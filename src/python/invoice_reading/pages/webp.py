"""WebP pictures as PNG, which MuPDF opens: the one module that imports Pillow."""

from io import BytesIO

from PIL.Image import Image, Transpose
from PIL.WebPImagePlugin import WebPImageFile

from invoice_reading.errors import (
    PictureAnimated,
    PictureDamaged,
    PictureLimit,
    PictureLimitExceeded,
)
from invoice_reading.limits import PdfLimits
from invoice_reading.pages.exif import exif_orientation
from invoice_reading.pages.webp_header import webp_size

_NOT_PACKED = 0  # the PNG is opened at once, and kept nowhere
_LARGEST_PROFILE = 1 << 22  # bytes; those of screens and printers have less
# What is done to the stored pixels of each Exif orientation, so that they are upright (Exif 2.32, tag 274).
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def png_of_webp(data: bytes, limits: PdfLimits) -> bytes:
    """Returns the picture as a PNG of the same pixels, transparency and colour profile, upright by its Exif orientation.

    Nothing is unpacked of one that is animated, cut off or too large. Raises PictureAnimated, PictureDamaged,
    PictureLimitExceeded and MemoryError.
    """
    width, height = webp_size(data)
    if width * height > limits.webp_pixels:
        raise PictureLimitExceeded(PictureLimit.PIXELS)
    png = BytesIO()
    _unpacked(data, (width, height)).save(png, "PNG", compress_level=_NOT_PACKED)
    return png.getvalue()


def _unpacked(data: bytes, size: tuple[int, int]) -> Image:
    try:
        picture = WebPImageFile(BytesIO(data))
        if picture.n_frames != 1:
            raise PictureAnimated
        if picture.size != size:
            raise PictureDamaged
        picture.load()
    except (EOFError, OSError, SyntaxError, ValueError):
        raise PictureDamaged from None
    # Pillow keeps the pixels a second time, for frames that would follow.
    if picture.fp is not None:
        picture.fp.close()
    if len(picture.info.get("icc_profile", b"")) > _LARGEST_PROFILE:
        del picture.info["icc_profile"]
    turn = _TURNS.get(exif_orientation(picture.info.get("exif", b"")))
    # A copy knows no file: one that does asks for the working folder when it is saved, which a cell cannot.
    return picture.copy() if turn is None else picture.transpose(turn)
