"""Which way up a photo is, as its camera wrote it (Exif 2.32, in the form of TIFF 6.0)."""

import struct

_MARK = b"Exif\0\0"  # as in JPEG; some write it in front of the data in other pictures too
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_ORIENTATION = 274
_SHORT = 3
_ENTRY_BYTES = 12


def exif_orientation(exif: bytes) -> int:
    """Returns the orientation from 1 to 8; 1, which is upright, where the data say none that can be read."""
    tiff = exif.removeprefix(_MARK)
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(entries):
            at = start + 2 + _ENTRY_BYTES * entry
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, at)
            if (tag, kind, count) == (_ORIENTATION, _SHORT, 1):
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass  # cut off
    return 1
