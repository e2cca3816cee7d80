"""Files into which somebody put several documents, one behind the other, with terms of business behind each."""

from collections.abc import Sequence
from dataclasses import dataclass

from invoice_generator.content.business_terms import BUSINESS_TERMS
from invoice_generator.drawing.canvas import Canvas, Style
from invoice_generator.drawing.joining import joined_pdf
from invoice_generator.generate import Generated

_WIDTH, _HEIGHT = 595, 842
_MARGIN = 60
_ROUNDS = 3  # of the clauses: a page of terms is full


@dataclass(frozen=True, slots=True)
class Joined:
    """A PDF of several documents: for each the number of its first page, and the numbers of all pages of terms."""

    data: bytes
    first_pages: tuple[int, ...]
    terms_pages: tuple[int, ...]


def joined(documents: Sequence[Generated], *, with_terms: bool = False) -> Joined:
    """Returns the documents in one file; with terms, a page of them in its language stands behind each."""
    files: list[bytes] = []
    first_pages: list[int] = []
    terms_pages: list[int] = []
    pages = 0
    for generated in documents:
        files.append(generated.data)
        first_pages.append(pages + 1)
        pages += len(generated.truth.pages)
        if with_terms:
            pages += 1
            files.append(terms_page(generated.document.language))
            terms_pages.append(pages)
    return Joined(joined_pdf(files), tuple(first_pages), tuple(terms_pages))


def terms_page(language: str) -> bytes:
    """Returns a PDF of one page: the terms of business in the language."""
    canvas = Canvas(_WIDTH, _HEIGHT, "helv")
    terms = BUSINESS_TERMS[language]
    canvas.write(_MARGIN, _MARGIN, terms.title, Style(14, bold=True))
    style, y = Style(8.5), _MARGIN + 34.0
    for number, clause in enumerate(terms.clauses * _ROUNDS, start=1):
        width = _WIDTH - 2 * _MARGIN
        y = canvas.paragraph(_MARGIN, y, width, f"{number}. {clause}", style) + 5
    return canvas.pdf(terms.title)
