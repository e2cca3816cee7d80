"""The completeness certificate: was everything that is on the document returned?"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"
    UNKNOWN = "UNKNOWN"


class Gap(StrEnum):
    """What is missing (the verdict is PARTIAL), or what leaves completeness unproven (UNKNOWN)."""

    PAGES_NOT_READ = "PAGES_NOT_READ"
    ROWS_NOT_RETURNED = "ROWS_NOT_RETURNED"
    LINE_SUM_DIFFERS = "LINE_SUM_DIFFERS"
    LINE_PRODUCTS_DIFFER = "LINE_PRODUCTS_DIFFER"
    NO_LINES = "NO_LINES"
    LINE_SUM_NOT_DECIDABLE = "LINE_SUM_NOT_DECIDABLE"
    SUMS_DIFFER = "SUMS_DIFFER"
    SEVERAL_INVOICES = "SEVERAL_INVOICES"  # in a file of pages, which says nowhere where each ends

    @property
    def verdict(self) -> Verdict:
        return Verdict.PARTIAL if self in _MISSING else Verdict.UNKNOWN


_MISSING = frozenset(
    {
        Gap.PAGES_NOT_READ,
        Gap.ROWS_NOT_RETURNED,
        Gap.LINE_SUM_DIFFERS,
        Gap.LINE_PRODUCTS_DIFFER,
        Gap.SEVERAL_INVOICES,
    }
)


class AttachedPage(StrEnum):
    """What a page in the file of an invoice is that is no page of the invoice."""

    TERMS = "TERMS"  # of business, or other text without an amount
    DELIVERY_NOTE = "DELIVERY_NOTE"
    TIMESHEET = "TIMESHEET"
    LETTER = "LETTER"
    OTHER = "OTHER"  # any that a later version of the program has found

    @classmethod
    def _missing_(cls, value: object) -> "AttachedPage":
        return cls.OTHER


@dataclass(frozen=True, slots=True)
class PageSetAside:
    """A page, by its number in the file, that was read and whose words state no field."""

    page: int
    kind: AttachedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """`pages` are those that the invoice has in the file, and those set aside with it."""

    verdict: Verdict
    rows_seen: int
    rows_returned: int
    pages: int
    pages_read: int
    sums_close: bool
    gaps: tuple[Gap, ...] = ()
    parts: int = 1  # how many invoices the document holds, of which this is one
    first_page: int = 0  # of the invoice in the file, from 1; 0 where there are no pages
    set_aside: tuple[PageSetAside, ...] = ()
