"""The completeness certificate: was everything that is on the document returned?"""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    COMPLETE = "COMPLETE"
    PARTIAL = "PARTIAL"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    verdict: Verdict
    rows_seen: int
    rows_returned: int
    pages: int
    pages_read: int
    sums_close: bool
    gaps: tuple[str, ...] = ()  # stable, machine-readable
