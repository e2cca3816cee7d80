"""Tells the invoices of a file of pages apart: several become several parts, and one is never taken apart.

A page may begin another invoice where it states an invoice number of its own that no page of the invoice before it
states, and no counter says that it goes on. That is so much as a sign. It begins one where both sides prove to be
invoices when they are read alone: each has its number, and a total or counters of pages that run from the first to the
last. Signs without such proof leave the pages together, and say that more may stand on them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from en16931.model import InvoiceContent
from invoice_reading.completeness import AttachedPage, PageSetAside
from invoice_reading.extract.extract import extract
from invoice_reading.extract.marked_rows import MarkedRow, joined_rows, marked_rows
from invoice_reading.extraction import Extraction
from invoice_reading.page import Layer, PdfPages
from invoice_reading.separation.attached_page import attached_page
from invoice_reading.separation.page_evidence import PageEvidence, comparable, page_evidence
from invoice_reading.separation.part import Part

MOST_PARTS = 200  # as of e-invoices in one file


def separate(document: PdfPages) -> tuple[Part, ...]:
    """Returns the invoices of the document in their order, one at least.

    A page that was not read belongs to the invoice before it. More invoices than MOST_PARTS stay together, and that
    more stand on the pages is said.
    """
    if len(document.pages) < 2:
        return (Part(document=document),)
    evidence = _evidence(document)
    found = _proven(list(_by_signs(evidence)))
    if len(found) > MOST_PARTS:
        found = [_together(found)]
    return tuple(_parts(document, found))


@dataclass(frozen=True, slots=True)
class _Segment:
    """Pages that follow one another; `signs` says that more than one invoice may be on them."""

    pages: tuple[PageEvidence, ...]
    first_page: int  # at which the invoice begins, whether it was read or not
    extraction: Extraction | None = None
    signs: bool = False

    @property
    def own(self) -> tuple[PageEvidence, ...]:
        return tuple(page for page in self.pages if page.attached is None)

    @property
    def content(self) -> InvoiceContent:
        return self.extraction.content if self.extraction is not None else InvoiceContent()

    @property
    def rows(self) -> tuple[MarkedRow, ...]:
        return joined_rows((page.rows for page in self.own), self.first_page)


def _evidence(document: PdfPages) -> list[PageEvidence]:
    rows = [marked_rows([page], page.number) for page in document.pages]
    kinds: list[AttachedPage | None] = [None]
    kinds += [attached_page(before, of_page) for before, of_page in pairwise(rows)]
    return [
        page_evidence(page, of_page, kind)
        for page, of_page, kind in zip(document.pages, rows, kinds, strict=True)
    ]


def _by_signs(evidence: Sequence[PageEvidence]) -> Iterator[_Segment]:
    """Yields the pages from each one that may begin an invoice to the next such."""
    current: list[PageEvidence] = []
    numbers: set[str] = set()
    first_page = 1
    for page in evidence:
        if page.attached is None:
            own = [before for before in current if before.attached is None]
            if own and (_states_other(page, numbers) or _looks_like_first(page, own, numbers)):
                yield _Segment(tuple(current), first_page)
                current, numbers, first_page = [], set(), page.page.number
            numbers |= page.numbers
        current.append(page)
    yield _Segment(tuple(current), first_page)


def _states_other(page: PageEvidence, numbers: Collection[str]) -> bool:
    """Returns whether the page states a number of its own beside those of the pages before it, and is no later page."""
    return (
        bool(numbers)
        and page.own is not None
        and page.numbers.isdisjoint(numbers)
        and not page.goes_on
    )


def _looks_like_first(
    page: PageEvidence, before: Sequence[PageEvidence], numbers: Collection[str]
) -> bool:
    """Returns whether the page has a title and what is before it has ended; its number is found when it is read alone."""
    return (
        page.is_titled
        and not page.goes_on
        and page.numbers.isdisjoint(numbers)
        and any(other.states_total for other in before)
    )


def _proven(segments: Sequence[_Segment]) -> list[_Segment]:
    """Returns the segments, those together between which no invoice ends for certain."""
    if len(segments) == 1:
        return [replace(segments[0], signs=_has_signs(segments[0].own))]
    read = [replace(segment, extraction=_read(segment)) for segment in segments]
    sure = [_is_invoice(segment) for segment in read]
    groups = [[read[0]]]
    for at, (before, after) in enumerate(pairwise(read)):
        if sure[at] and sure[at + 1] and _differ(before, after):
            groups.append([])
        groups[-1].append(after)
    return [_together(group) for group in groups]


def _together(segments: Sequence[_Segment]) -> _Segment:
    if len(segments) == 1:
        return replace(segments[0], signs=_has_signs(segments[0].own))
    pages = tuple(page for segment in segments for page in segment.pages)
    together = _Segment(pages, segments[0].first_page)
    return replace(together, signs=_has_signs(together.own) or _have_totals(segments))


def _have_totals(segments: Sequence[_Segment]) -> bool:
    """Returns whether more than one of the segments, read alone, has a total, whatever number it has."""
    return sum(_total(segment.content) is not None for segment in segments) > 1


def _read(segment: _Segment) -> Extraction:
    return extract([page.page for page in segment.own], segment.first_page, segment.rows)


def _is_invoice(segment: _Segment) -> bool:
    """Returns whether the pages, read alone, have the number of one invoice, and its total or all its pages."""
    # A number that may be one of several has no value.
    if segment.own[0].lists_others or segment.content.invoice_number is None:
        return False
    return _total(segment.content) is not None or _is_counted(segment.pages)


def _total(content: InvoiceContent) -> object:
    totals = content.totals
    if totals is None:
        return None
    return totals.amount_with_vat if totals.amount_with_vat is not None else totals.amount_due


def _is_counted(pages: Sequence[PageEvidence]) -> bool:
    """Returns whether counters run from the first page to the last; pages that are set aside may bear none."""
    counted = [page for page in pages if page.counters or page.attached is None]
    return any(
        all(
            any(counter.page == at and counter.pages == count for counter in page.counters)
            for at, page in enumerate(counted[:count], start=1)
        )
        and all(page.attached is not None for page in counted[count:])
        for count in {counter.pages for counter in counted[0].counters}
        if count is not None and count <= len(counted)
    )


def _differ(before: _Segment, after: _Segment) -> bool:
    """Returns whether two invoices are two: not one whose number is cut short in a place, or printed twice.

    OCR may read two numbers where one is printed; then something else has to tell them apart.
    """
    one, other = before.content, after.content
    numbers = [comparable(content.invoice_number or "") for content in (one, other)]
    shorter, longer = sorted(numbers, key=len)
    if longer.endswith(shorter) or longer.startswith(shorter):
        return False
    pages = (*before.own, *after.own)
    if not any(word.layer is Layer.OCR for page in pages for word in page.page.words):
        return True
    return (_total(one), one.issue_date) != (_total(other), other.issue_date)


def _has_signs(pages: Sequence[PageEvidence]) -> bool:
    """Returns whether a page says of itself that it is of another invoice, although none begins for certain."""
    numbers = set(pages[0].numbers)
    counters = pages[0].counters
    for page in pages[1:]:
        if page.own is not None and numbers and numbers.isdisjoint(page.numbers):
            return True
        if page.is_titled and page.restarts and counters:
            return True
        numbers |= page.numbers
        counters |= page.counters
    return False


def _parts(document: PdfPages, segments: Sequence[_Segment]) -> Iterator[Part]:
    ends = (*(segment.first_page for segment in segments[1:]), document.pages_total + 1)
    for segment, end in zip(segments, ends, strict=True):
        pages = tuple(page.page for page in segment.pages)
        yield Part(
            document=replace(document, pages=pages, pages_total=end - segment.first_page),
            first_page=segment.first_page,
            set_aside=tuple(
                PageSetAside(page.page.number, page.attached)
                for page in segment.pages
                if page.attached is not None
            ),
            beside_others=segment.signs or len(segments) > 1,
            parts=len(segments),
            rows=segment.rows,
            extraction=segment.extraction,
        )
