"""An invoice of a file of pages: the pages that are its own, and those that are set aside with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from invoice_reading.completeness import PageSetAside
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extraction import Extraction
from invoice_reading.page import Page, PdfPages


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of `parts` invoices. `document` has its pages with those set aside; numbers of pages are those of the file.

    `first_page` is the number of the page at which the invoice begins. `beside_others` says that another invoice stands
    in the file, or may stand on these pages. `rows` and `extraction` are what is known of its own pages, if anything.
    """

    document: PdfPages
    first_page: int = 1
    set_aside: tuple[PageSetAside, ...] = ()
    beside_others: bool = False
    parts: int = 1
    rows: Sequence[MarkedRow] | None = None
    extraction: Extraction | None = None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages whose words state the fields."""
        return own_pages(self.document, self.set_aside)


def own_pages(document: PdfPages, set_aside: Sequence[PageSetAside]) -> tuple[Page, ...]:
    """Returns the pages of the document without those that are set aside."""
    aside = {each.page for each in set_aside}
    return tuple(page for page in document.pages if page.number not in aside)
