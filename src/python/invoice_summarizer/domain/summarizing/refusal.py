"""Why the gate refuses a text: stable codes, safe to store, count and show."""

from dataclasses import dataclass
from enum import StrEnum


class RefusalCode(StrEnum):
    TEXT_EMPTY = "TEXT_EMPTY"
    FORBIDDEN_CHARACTER = "FORBIDDEN_CHARACTER"  # control, bidirectional, zero width or invisible
    CLAIM_OUT_OF_RANGE = "CLAIM_OUT_OF_RANGE"
    CLAIM_OVERLAP = "CLAIM_OVERLAP"  # or not in the order of the text
    CLAIM_UNFOUNDED = "CLAIM_UNFOUNDED"  # names no field, no finding and no count, or fields that make no value together
    FIELD_NOT_PRESENT = "FIELD_NOT_PRESENT"  # no such field, no value, or another status
    FINDING_UNKNOWN = "FINDING_UNKNOWN"
    EVIDENCE_MISSING = "EVIDENCE_MISSING"
    EVIDENCE_MISMATCH = "EVIDENCE_MISMATCH"  # not the evidence of the field that is named
    DERIVATION_MISMATCH = (
        "DERIVATION_MISMATCH"  # evaluated again, the expression gives another value or none
    )
    VALUE_MISMATCH = "VALUE_MISMATCH"  # the text is no rendering of the value
    FIGURE_UNBOUND = "FIGURE_UNBOUND"
    FIGURE_ACROSS_CLAIMS = (
        "FIGURE_ACROSS_CLAIMS"  # only a part of it is bound, or to more than one place
    )
    WORDING_UNLISTED = "WORDING_UNLISTED"  # no sentence of the language's table
    CLAIM_MISPLACED = "CLAIM_MISPLACED"  # in words that speak of another field, or not quoted
    FACT_UNFOUNDED = (
        "FACT_UNFOUNDED"  # a sentence of the table that says what is no fact of the invoice
    )
    FACT_REPEATED = "FACT_REPEATED"
    FACT_MISSING = "FACT_MISSING"  # the style requires it, and the text leaves it out


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """`begin` and `end` are code points of the refused text; both are 0 where the text as a whole is meant."""

    begin: int
    end: int
    code: RefusalCode
