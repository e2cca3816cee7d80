"""The stages of reading: what each takes and gives, in the order in which `read` goes through them.

pages      bytes               -> XmlBytes | PdfPages
recognise  XmlBytes | PdfPages -> the same, with words of the layer OCR
separate   PdfPages            -> each Part: the invoices that stand on the pages
extract    XmlBytes | Part     -> Extracted
assist     Extracted           -> Extracted, with values bound to words that a model pointed at
check      Extracted           -> Checked
decide     Checked             -> Reading

A document may hold several invoices: from `extract` on, each goes its way alone, and `assist` is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from en16931.rules.outcomes import RuleOutcomes
from invoice_reading.check.embedded_invoices import NO_FILES, EmbeddedInvoices
from invoice_reading.completeness import Completeness, PageSetAside
from invoice_reading.extraction import Extraction
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages, XmlBytes
from invoice_reading.reading import DocumentForm
from invoice_reading.review_reason import ReviewReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What the document states, and what was seen on the way: nothing is checked yet."""

    form: DocumentForm
    document: XmlBytes | PdfPages
    extraction: Extraction
    embedded: EmbeddedInvoices = NO_FILES  # the e-invoices among the files inside a PDF
    pages_read: int = 0
    reasons: tuple[ReviewReason, ...] = ()  # why a person has to look, whatever is found
    parts: int = 1  # how many invoices the document holds
    first_page: int = 0  # at which this one begins, from 1; 0 where there are no pages
    set_aside: tuple[PageSetAside, ...] = ()  # among the pages of the document
    beside_others: bool = False  # another invoice stands in the file of pages, or may


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the document states, the outcome of every check, and whether all of it was returned."""

    extracted: Extracted
    outcomes: RuleOutcomes
    completeness: Completeness


class PdfEngine(Protocol):
    def __call__(self, data: bytes, limits: PdfLimits) -> PdfPages:
        """Returns the words of every page of a PDF that can be read, and the files inside; pictures have no words.

        A page that is broken for itself is left out: `pages_total` counts it. Words stand in the order in which the
        document draws them, block by block and line by line; boxes are those of the page as a viewer shows it.
        Raises DocumentUnreadable and MemoryError.
        """
        ...


class Recogniser(Protocol):
    def __call__(self, data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        """Returns the pages with the words that were recognised in the pictures of the wanted ones, by their numbers.

        These words are of the layer OCR, come after those that were there, and have a confidence. None stands where the
        text of the page says something itself, unless that is garbage, which is left out. A page without usable words
        whose picture could not be read is left out. `data` is the PDF or picture, whose pages can be painted for it.
        """
        ...


class Assistant(Protocol):
    def __call__(self, extracted: Extracted) -> Extracted:
        """Returns what was extracted with more fields, or with fewer gaps.

        It points at words: every value that it adds is the `value_of_words` of its evidence, read with the context
        of the extraction, so that it can say nothing that is not on a page.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """What reading is put together from. Where a stage is None, it passes on what it gets."""

    pdf_engine: PdfEngine
    recognise: Recogniser | None = None
    assist: Assistant | None = None
