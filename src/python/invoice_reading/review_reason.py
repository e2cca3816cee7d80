"""Why a person has to look at an invoice: a code and, for most, the field or the rule that it is about."""

from enum import StrEnum

import msgspec


class ReviewCode(StrEnum):
    RULE_FAILED = "RULE_FAILED"  # of severity WARNING or ERROR
    DUPLICATE_SUSPECTED = "DUPLICATE_SUSPECTED"  # of the invoice of this id
    CHANGED_BY_PERSON = "CHANGED_BY_PERSON"  # of a field or list by which money moves
    SUMS_NOT_DECIDABLE = "SUMS_NOT_DECIDABLE"
    FIELD_ILLEGIBLE = "FIELD_ILLEGIBLE"
    FIELD_AMBIGUOUS = "FIELD_AMBIGUOUS"
    FIELD_CONFLICT = "FIELD_CONFLICT"
    FIELD_MISSING = "FIELD_MISSING"
    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    COMPLETENESS_PARTIAL = "COMPLETENESS_PARTIAL"
    COMPLETENESS_UNKNOWN = "COMPLETENESS_UNKNOWN"
    PAGES_ARE_PICTURES = "PAGES_ARE_PICTURES"  # OCR read them, which is less sure than text
    OCR_UNAVAILABLE = "OCR_UNAVAILABLE"  # pages are pictures, and nothing here reads these
    NOTHING_READ = "NOTHING_READ"  # no word was found on any page
    OTHER = "OTHER"  # any that a later version of the program gives

    @classmethod
    def _missing_(cls, value: object) -> "ReviewCode":
        return cls.OTHER


class ReviewReason(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """`subject` is a field path, a rule id or the id of an invoice; empty where the reason is about the whole invoice."""

    code: ReviewCode
    subject: str = ""

    def __str__(self) -> str:
        """Returns the text by which it is told: `CODE`, or `CODE:subject`."""
        return f"{self.code}:{self.subject}" if self.subject else self.code.value
