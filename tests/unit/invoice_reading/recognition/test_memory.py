"""However many pictures are recognised, and of whatever shapes, the process does not grow."""

import re
from pathlib import Path

import pymupdf

from invoice_reading.recognition.picture import Picture
from invoice_reading.recognition.rapid_ocr import RapidOcrEngine

_MEBIBYTE = 1024 * 1024
# Without a bound on its kernels the process takes about 13 MiB more for each of these pictures.
_MOST_GROWTH_MEBIBYTES = 5
_PICTURES = 20


def _picture(number: int) -> Picture:
    """Four lines of text, of lengths that few others have, on a page of a size that no other has."""
    height, width = 256 + 32 * (number // _PICTURES), 480 + 32 * (number % _PICTURES)
    with pymupdf.open() as document:  # type: ignore[no-untyped-call]
        page = document.new_page(width=width, height=height)
        for line in range(4):
            text = (
                f"Invoice {number}{line} "
                + "total 1.190,00 EUR"[: 3 + (number * 5 + line * 3) % 16]
            )
            page.insert_text((10, 50 + 48 * line), text, fontsize=24)
        pixels = page.get_pixmap().samples
    return Picture(page=1, width=width, height=height, pixels=pixels)


def _address_space() -> float:
    """Returns the size of this process in MiB."""
    found = re.search(r"VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) * 1024 / _MEBIBYTE


def test_pictures_of_many_shapes_leave_nothing_behind() -> None:
    engine = RapidOcrEngine()
    for number in range(_PICTURES):
        assert engine(_picture(number), 0)
    before = _address_space()
    for number in range(_PICTURES, 2 * _PICTURES):
        assert engine(_picture(number), 0)
    assert (_address_space() - before) / _PICTURES < _MOST_GROWTH_MEBIBYTES
