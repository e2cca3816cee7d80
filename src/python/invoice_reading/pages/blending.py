"""Whether a document could let what lies beneath a picture show through."""

import re
from typing import Protocol

_MOST_OBJECTS = 20_000
# Of a graphics state (ISO 32000-1, table 58): an opacity below 1, a blend mode, a soft mask.
_BLENDS = re.compile(
    r"/(?:ca|CA)\s*0?(?:\.\d|\s0)|/BM\s*(?:\[|/(?!Normal\b|Compatible\b))|/SMask\s*<<"
)


class PdfObjects(Protocol):
    """The part of a PyMuPDF document that is looked at."""

    def xref_length(self) -> int: ...
    def xref_object(self, xref: int, compressed: int = 0) -> str: ...


def may_blend(document: PdfObjects) -> bool:
    """Says whether any graphics state of the document blends; true as well where it is too large to look."""
    objects = document.xref_length()
    return objects > _MOST_OBJECTS or any(
        _BLENDS.search(document.xref_object(number, compressed=1)) for number in range(1, objects)
    )
