"""What a model may be asked about a document: fields that are unsure, and the numbered words among which it may point."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.certainty import is_unsure
from invoice_reading.decision import REQUIRED_FIELDS
from invoice_reading.important_fields import IMPORTANT_FIELDS
from invoice_reading.page import Page, PdfPages, Word
from invoice_reading.reading import PAGE_FORMS
from invoice_reading.separation.part import own_pages
from invoice_reading.stages import Extracted

# The type of a document is told by its words wherever they stand: there are none to point at.
ASSISTED_FIELDS = tuple(path for path in IMPORTANT_FIELDS if path != "type_code")
# Where letterheads and headings stand, and where totals and footers do. A model of 4,096 tokens has room for so many, with its answer.
_WORDS_OF_HEAD = 200
_WORDS_OF_TAIL = 100
MOST_WORDS = _WORDS_OF_HEAD + _WORDS_OF_TAIL

# The numbers of the words that state each field.
Pointing = Mapping[str, tuple[int, ...]]


class AskedWord(msgspec.Struct, frozen=True, array_like=True):
    """A word of the document; its number is its place in the question."""

    page: int
    word: int
    text: str
    begins_line: bool


class Question(msgspec.Struct, frozen=True, array_like=True):
    """`fields` are some of `ASSISTED_FIELDS`, `words` at most MOST_WORDS."""

    fields: tuple[str, ...]
    words: tuple[AskedWord, ...]


def question_of(extracted: Extracted) -> Question | None:
    """Returns what may be asked about the document, the same each time.

    None of an e-invoice, of a document without words, and where all is sure that nobody can pay without. Hidden words and
    pages set aside are left out. Of a long document, the first words and the last are asked about.
    """
    document = extracted.document
    if extracted.form not in PAGE_FORMS or not isinstance(document, PdfPages):
        return None
    annotations = extracted.extraction.annotations
    fields = tuple(path for path in ASSISTED_FIELDS if _is_open(path, annotations.get(path)))
    if not any(path in fields for path in REQUIRED_FIELDS):
        return None
    words = _words(own_pages(document, extracted.set_aside))
    return Question(fields, words) if words else None


def _is_open(path: str, annotation: FieldAnnotation | None) -> bool:
    return (
        annotation is None
        or annotation.status is not FieldStatus.PRESENT
        or is_unsure(path, annotation)
    )


def _words(pages: Sequence[Page]) -> tuple[AskedWord, ...]:
    visible = tuple(chain.from_iterable(map(_of_page, pages)))
    if len(visible) <= MOST_WORDS:
        return visible
    return visible[:_WORDS_OF_HEAD] + visible[-_WORDS_OF_TAIL:]


def _of_page(page: Page) -> Iterator[AskedWord]:
    before: Word | None = None
    for word in page.words:
        if not word.hidden:
            yield AskedWord(page.number, word.index, word.text, not _is_beside(before, word))
            before = word


def _is_beside(before: Word | None, word: Word) -> bool:
    """Returns whether the word goes on to the right of the one before: the middle of each is within the other's height."""
    if before is None or word.box.left < before.box.left:
        return False
    middle = (word.box.top + word.box.bottom) // 2
    return before.box.top <= middle <= before.box.bottom
