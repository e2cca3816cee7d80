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
    NO_LINES = "NO_LINES"
    LINE_SUM_NOT_DECIDABLE = "LINE_SUM_NOT_DECIDABLE"
    SUMS_DIFFER = "SUMS_DIFFER"

    @property
    def verdict(self) -> Verdict:
        return Verdict.PARTIAL if self in _MISSING else Verdict.UNKNOWN


_MISSING = frozenset({Gap.PAGES_NOT_READ, Gap.ROWS_NOT_RETURNED, Gap.LINE_SUM_DIFFERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    verdict: Verdict
    rows_seen: int
    rows_returned: int
    pages: int
    pages_read: int
    sums_close: bool
    gaps: tuple[Gap, ...] = ()
    parts: int = 1  # how many invoices the document holds, of which this is one
