"""Text of a page that is painted nowhere: what other text claims to be, and annotations and fields that are hidden."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate

import pymupdf
from pymupdf import mupdf

from invoice_reading.pages.words import Block, DrawnWord, drawn_words

AS_PAINTED = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_IGNORE_ACTUALTEXT
_AS_CLAIMED = pymupdf.TEXT_PRESERVE_WHITESPACE
_HIDDEN = mupdf.PDF_ANNOT_IS_INVISIBLE | mupdf.PDF_ANNOT_IS_HIDDEN | mupdf.PDF_ANNOT_IS_NO_VIEW


def text_blocks(page: pymupdf.Page, flags: int = AS_PAINTED) -> list[Block]:
    found = page.get_text("rawdict", flags=flags, clip=pymupdf.INFINITE_RECT())
    blocks: list[Block] = found["blocks"]
    return blocks


def claimed_blocks(page: pymupdf.Page) -> list[Block]:
    """Returns the text of the page with its /ActualText in the place of what is painted."""
    return text_blocks(page, _AS_CLAIMED)


def claimed_words(page: pymupdf.Page, painted: Iterable[DrawnWord]) -> Iterator[DrawnWord]:
    """Yields the words that the /ActualText of a page claims and nothing paints.

    Letters and digits count: what stands for a ligature, a hyphen at the end of a line or a bullet claims nothing else.
    """
    letters = [_letters(word.text) for word in painted]
    ends = list(accumulate(map(len, letters), initial=0))
    whole, edges = "".join(letters), frozenset(ends)
    for word in drawn_words(claimed_blocks(page)):
        sought = _letters(word.text)
        if sought and not _is_run_of_words(sought, whole, edges):
            yield word


def has_layers(document: pymupdf.Document) -> bool:
    """Says whether parts of the pages may be switched off (ISO 32000-1, 8.11)."""
    pdf = pymupdf._as_pdf_document(document)
    return bool(mupdf.pdf_is_dict(mupdf.pdf_dict_getp(mupdf.pdf_trailer(pdf), "Root/OCProperties")))


def words_of_hidden_layers(page: pymupdf.Page, shown: Iterable[DrawnWord]) -> Iterator[DrawnWord]:
    """Yields the words, upright as those that are shown, that are on the page once all of its layers are."""
    text = mupdf.FzStextPage(mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE))
    device = mupdf.fz_new_stext_device(text, mupdf.FzStextOptions(AS_PAINTED))
    mupdf.pdf_run_page_with_usage(
        mupdf.pdf_page_from_fz_page(page.this), device, mupdf.FzMatrix(), None, mupdf.FzCookie()
    )
    mupdf.fz_close_device(device)
    known = Counter(map(_mark, shown))
    for word in drawn_words(_blocks_of(text)):
        known[_mark(word)] -= 1
        if known[_mark(word)] < 0:
            yield word


def _mark(word: DrawnWord) -> tuple[str, int, int]:
    return word.text, round(word.place.left), round(word.place.top)


def _is_run_of_words(sought: str, whole: str, edges: frozenset[int]) -> bool:
    at = whole.find(sought)
    while at >= 0:
        if at in edges and at + len(sought) in edges:
            return True
        at = whole.find(sought, at + 1)
    return False


def _letters(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    return "".join(character for character in normal if character.isalnum()).casefold()


def hidden_fields(page: pymupdf.Page) -> Iterator[DrawnWord]:
    """Yields the words of annotations and form fields of the page that are not to be shown."""
    of_page = mupdf.pdf_page_from_fz_page(page.this)
    for first, following in (
        (mupdf.pdf_first_annot, mupdf.pdf_next_annot),
        (mupdf.pdf_first_widget, mupdf.pdf_next_widget),
    ):
        annotation = first(of_page)
        while annotation.m_internal:
            if mupdf.pdf_annot_flags(annotation) & _HIDDEN:
                yield from drawn_words(_blocks_of_hidden(annotation))
            annotation = following(annotation)


def _blocks_of_hidden(annotation: mupdf.PdfAnnot) -> list[Block]:
    """Returns what would be shown. The flags are as they were afterwards, since pages may share the annotation."""
    entries = mupdf.pdf_annot_obj(annotation)
    flags = mupdf.pdf_dict_get_int(entries, mupdf.PDF_ENUM_NAME_F)
    mupdf.pdf_dict_put_int(entries, mupdf.PDF_ENUM_NAME_F, flags & ~_HIDDEN)
    try:
        text = mupdf.FzStextPage(annotation, mupdf.FzStextOptions(AS_PAINTED))
    finally:
        mupdf.pdf_dict_put_int(entries, mupdf.PDF_ENUM_NAME_F, flags)
    return _blocks_of(text)


def _blocks_of(text: mupdf.FzStextPage) -> list[Block]:
    blocks: list[Block] = pymupdf.TextPage(text).extractRAWDICT()["blocks"]
    return blocks
