"""Is the number of the invoice printed? Words side by side are it; case, and punctuation at the ends, do not count."""

import re
from collections.abc import Iterable, Iterator, Sequence

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.layout import Row, rows
from invoice_reading.page import Page

_BETWEEN = re.compile(r"[\s:#()]+")  # where an identifier may begin or end: "No.:R-7" holds R-7
_PIECE = re.compile(r"[^\s:#()]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LONGEST_WORD = 120  # no identifier is one longer word
_SLACK = 4  # punctuation that may follow an identifier as words of its own


def printed_number(identifier: str, pages: Sequence[Page]) -> PageRegion | None:
    """Returns where the identifier stands as words of its own, not as a part of others or over two columns."""
    wanted = _bare(_BETWEEN.sub("", identifier))
    return next(_runs(wanted, _printed(pages)), None) if wanted else None


def _printed(pages: Sequence[Page]) -> Iterator[Row]:
    """Yields every row, and every visible word as a row of its own: rows have no word that is written upwards."""
    for page in pages:
        yield from rows(page)
        for word in page.words:
            if word.text.strip() and not word.hidden and len(word.text) <= _LONGEST_WORD:
                yield Row(page, (word,), word.text, (0,), 0.0, 0.0, 1.0)


def _runs(wanted: str, printed: Iterable[Row]) -> Iterator[PageRegion]:
    for row in printed:
        for begin, end in row.segments():
            found = _run(wanted, list(_PIECE.finditer(row.text, begin, end)))
            if found is not None:
                yield row.region(*found)


def _run(wanted: str, pieces: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    for at, first in enumerate(pieces):
        if not _bare(first[0]):
            continue
        joined = ""
        for piece in pieces[at:]:
            joined += piece[0]
            if _bare(joined) == wanted:
                return first.start(), piece.end()
            if len(joined) > len(wanted) + _SLACK:
                break
    return None


def _bare(text: str) -> str:
    """Returns the text without case, and from its first letter or digit to its last."""
    plain = text.translate(_DASHES).casefold()
    begin = next((at for at, sign in enumerate(plain) if sign.isalnum()), len(plain))
    end = next((at for at in range(len(plain), begin, -1) if plain[at - 1].isalnum()), begin)
    return plain[begin:end]
