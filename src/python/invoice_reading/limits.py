"""What a PDF or a picture may hold."""

from dataclasses import dataclass

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """Limits that hold while the pages are taken out of a PDF or a picture. Those of XML are `en16931.hardened_xml.XmlLimits`."""

    pages: int = 2_000
    words: int = 1_000_000
    attachment_bytes: int = 64 * _MIB  # all attachments together, unpacked
    pixels: int = 32_000_000  # of one page that is painted for people
    picture_pixels: int = (
        64_000_000  # of one page of a picture; A4 at 600 dots per inch has 35 million
    )
    webp_pixels: int = 36_000_000  # each takes 16 bytes while the picture is unpacked
