"""The outcome of a check."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    INFORMATION = "INFORMATION"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Outcome(StrEnum):
    PASSED = "PASSED"
    FAILED = "FAILED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_DECIDABLE = "NOT_DECIDABLE"  # a field that it needs was not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule said of one place.

    A sum holds where `residual` (left minus right) is at most `tolerance` in size; the three are in the currency of
    the fields. `message` says what the rule demands and holds no content of the document. A rule on elements of XML has
    no field: `xpath` and `line` say where the element stands.
    """

    rule_id: str  # "BR-CO-15", or a stable id of our own
    rule_pack: str  # "cen-1.3.16"
    severity: Severity
    outcome: Outcome
    field_paths: tuple[str, ...]
    message: str
    left: Decimal | None = None
    right: Decimal | None = None
    residual: Decimal | None = None
    tolerance: Decimal | None = None
    xpath: str | None = None
    line: int | None = None
