"""What comes of reading a document and writing its summaries once more, beside what is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from en16931.field_path import Leaf, leaves
from invoice_reading.changes_by_people import is_by_person
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.operation import JsonObject
from invoice_summarizer.domain.summary import BoundText

# What is told at most.
DIFFERENCES_LIMIT = 100
SUMMARIES_LIMIT = 50
VALUE_LIMIT = 200  # characters
TEXT_LIMIT = 1_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """Values are canonical text, cut at VALUE_LIMIT; None where there is none."""

    field_path: str
    old_value: str | None
    new_value: str | None
    annotation_differs: bool
    changed_by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingComparison:
    """`differences` are the first DIFFERENCES_LIMIT of `difference_count`; `other_differences` names other parts."""

    difference_count: int
    differences: tuple[FieldDifference, ...]
    other_differences: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.difference_count and not self.other_differences


class ReplayVerdict(StrEnum):
    EQUAL = "EQUAL"
    DIFFERENT = "DIFFERENT"
    EARLIER_STATE = "EARLIER_STATE"
    MODEL_NOT_CONFIGURED = "MODEL_NOT_CONFIGURED"
    MODEL_FAILED = "MODEL_FAILED"
    OUT_OF_TIME = "OUT_OF_TIME"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedSummary:
    """Where the texts differ, both are told, cut at TEXT_LIMIT."""

    summary_id: str
    verdict: ReplayVerdict
    same_writer: bool
    reasons: tuple[str, ...] = ()
    old_text: str = ""
    new_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayOutcome:
    """The newest SUMMARIES_LIMIT summaries, newest first; `more_summaries` says that there are others."""

    invoice_etag: str
    build: str
    reading: ReadingComparison
    summaries: tuple[ReplayedSummary, ...]
    more_summaries: bool

    @classmethod
    def of(cls, result: JsonObject) -> "ReplayOutcome":
        """Returns the outcome of a result that `result` made."""
        return msgspec.convert(result, cls)

    @property
    def result(self) -> JsonObject:
        """The outcome as the result of an operation."""
        found: JsonObject = msgspec.to_builtins(self)
        return found


def compared_readings(stored: Reading, again: Reading) -> ReadingComparison:
    """Returns what differs, byte for byte: of fields, in their order, and of all else by name.

    Which other invoices an invoice may be a duplicate of is known of others, and no part of reading.
    """
    differences = [*_field_differences(stored, again)]
    return ReadingComparison(
        difference_count=len(differences),
        differences=tuple(differences[:DIFFERENCES_LIMIT]),
        other_differences=tuple(
            name for name, value in _parts(stored).items() if _parts(again)[name] != value
        ),
    )


def same_text(stored: BoundText, again: BoundText) -> bool:
    """Says whether texts and claims are the same byte for byte."""
    return _encoded(stored) == _encoded(again)


def _field_differences(stored: Reading, again: Reading) -> Iterator[FieldDifference]:
    old, new = dict(leaves(stored.content)), dict(leaves(again.content))
    paths = dict.fromkeys((*old, *new, *sorted({*stored.annotations, *again.annotations})))
    for path in paths:
        old_value, new_value = _text(old.get(path)), _text(new.get(path))
        known, found = stored.annotations.get(path), again.annotations.get(path)
        annotation_differs = _encoded(known) != _encoded(found)
        if old_value != new_value or annotation_differs:
            yield FieldDifference(
                field_path=path,
                old_value=None if old_value is None else old_value[:VALUE_LIMIT],
                new_value=None if new_value is None else new_value[:VALUE_LIMIT],
                annotation_differs=annotation_differs,
                changed_by_person=known is not None and is_by_person(known),
            )


def _parts(reading: Reading) -> Mapping[str, bytes]:
    reasons = [
        reason
        for reason in reading.review_reasons
        if reason.code is not ReviewCode.DUPLICATE_SUSPECTED
    ]
    return {
        "form": _encoded(reading.form),
        "findings": _encoded(reading.findings),
        "completeness": _encoded(reading.completeness),
        "review_reasons": _encoded(reasons),
        "other_rules": _encoded(reading.other_rules),
    }


def _text(value: Leaf | None) -> str | None:
    return None if value is None else canonical_text(value)


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, order="sorted")
