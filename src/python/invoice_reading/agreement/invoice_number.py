"""Is the number of the invoice printed? Words side by side are it; case, and punctuation at the ends, do not count."""

import re
from collections.abc import Iterable, Iterator, Sequence

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.page_values import candidate_texts, page_value
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import squashed
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.confidence import IMPLIED
from invoice_reading.extract.document_type import title_places
from invoice_reading.extract.layout import Row, rows
from invoice_reading.extract.lexicon import Label
from invoice_reading.page import Page

_BETWEEN = re.compile(r"[\s:#()]+")  # where an identifier may begin or end: "No.:R-7" holds R-7
_PIECE = re.compile(r"[^\s:#()]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LONGEST_WORD = 120  # no identifier is one longer word
_SHORT = 4  # digits, of a number that a year may be
_LABELS = frozenset({Label.INVOICE_NUMBER, Label.DOCUMENT_NUMBER})
_PATH = "invoice_number"
_SLACK = 4  # punctuation that may follow an identifier as words of its own


def compare_number(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on the number: another beside its label is one, though this stands elsewhere on the page."""
    number = content.invoice_number
    if number is None:
        return
    places = [*_places(number, printed)]
    other = page_value(printed, _PATH, IMPLIED - 0.1)
    texts = {str(other.value), *candidate_texts(printed, _PATH)} if other else set[str]()
    if any(_is_number(number, text) for text in texts):
        other = None
    elif len(squashed(number)) <= _SHORT and number.isdecimal():
        # So few digits stand anywhere: a year, a count.
        places = [place for place in places if _is_labelled(place, printed)]
    if places and other is None:
        yield _of(Verdict.AGREES, Printed(places[0], number))
    else:
        yield _of(Verdict.DISAGREES, other)


def number_rows(content: InvoiceContent, printed: PrintedDocument) -> frozenset[int]:
    """Returns the rows of the pages that state the number of the invoice, as the XML or as the pages have it."""
    regions = [
        *([*_places(content.invoice_number, printed)][:1] if content.invoice_number else ()),
        *(
            each
            for annotation in [printed.reading.annotations.get("invoice_number")]
            if annotation is not None
            for each in annotation.evidence
        ),
    ]
    words = {
        (region.page, span.word)
        for region in regions
        if isinstance(region, PageRegion)
        for span in region.words
    }
    return frozenset(
        row.index
        for row in printed.rows
        if any((row.page, word.index) in words for word in row.row.words)
    )


def _places(identifier: str, printed: PrintedDocument) -> Iterator[PageRegion]:
    """Yields where the identifier stands as words of its own, not as a part of others, of a date, or over two columns."""
    wanted = _bare(_BETWEEN.sub("", identifier))
    dated = [
        {(row.page, span.word) for span in row.row.region(date.begin, date.end).words}
        for row in printed.rows
        for date in row.dates
    ]
    for region in _runs(wanted, _printed(printed.pages)) if wanted else ():
        words = {(region.page, span.word) for span in region.words}
        if not any(words < date for date in dated):
            yield region


def _is_number(number: str, text: str) -> bool:
    """Returns whether the pages are read into the number, more or less: without its letters, or cut short."""
    wanted, read = squashed(number), squashed(text)
    if wanted in read:
        return not any(sign.isdigit() for sign in read.replace(wanted, "", 1))
    return read in wanted


def _is_labelled(region: PageRegion, printed: PrintedDocument) -> bool:
    """Returns whether a label of numbers, or the title of an invoice, stands in the row of the region."""
    words = {span.word for span in region.words}
    for row in printed.rows:
        if row.page == region.page and any(word.index in words for word in row.row.words):
            labels = {meaning for label in row.labels for meaning in label.meanings}
            return bool(labels & _LABELS) or any(
                title.row is row for title in title_places(printed.rows)
            )
    return False


def _of(verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.NUMBER_AND_TOTALS, _PATH, verdict, printed)


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
            for found in _run(wanted, list(_PIECE.finditer(row.text, begin, end))):
                yield row.region(*found)


def _run(wanted: str, pieces: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(pieces):
        if not _bare(first[0]):
            continue
        joined = ""
        for piece in pieces[at:]:
            joined += piece[0]
            if _bare(joined) == wanted:
                yield first.start(), piece.end()
                break
            if len(joined) > len(wanted) + _SLACK:
                break


def _bare(text: str) -> str:
    """Returns the text without case, and from its first letter or digit to its last."""
    plain = text.translate(_DASHES).casefold()
    begin = next((at for at, sign in enumerate(plain) if sign.isalnum()), len(plain))
    end = next((at for at in range(len(plain), begin, -1) if plain[at - 1].isalnum()), begin)
    return plain[begin:end]
