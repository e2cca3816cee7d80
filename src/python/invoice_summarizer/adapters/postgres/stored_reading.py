"""A reading as the columns of `invoices` have it, with its views beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from sqlalchemy import Row

from en16931.rules.outcomes import RuleOutcomes
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.adapters.postgres.annotation_parts import annotations_in, parts_of
from invoice_summarizer.adapters.postgres.json_records import (
    completeness_of,
    content_of,
    encode,
    outcomes_of,
    review_reasons_of,
)
from invoice_summarizer.adapters.postgres.packed_json import packed, size_of
from invoice_summarizer.adapters.postgres.storable_text import REPLACEMENT
from invoice_summarizer.domain.duplicates import Identity, identity_of, suspicions
from invoice_summarizer.ports.invoice_views import ReadingViews, ViewRenderer

_NOTHING = b"[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresReading:
    """A StoredReading. All of it is JSON, the annotations in packed parts; `views` are there where it is to be stored."""

    form: DocumentForm
    content: bytes
    annotations: bytes  # packed, in parts
    annotation_ends: tuple[int, ...]  # of the parts
    findings: bytes  # and beside them the ids of all other rules
    completeness: bytes
    reasons: bytes
    views: ReadingViews | None = None
    identity: Identity | None = None  # as views

    @property
    def size_bytes(self) -> int:
        return len(self.content) + len(self.findings) + size_of(self.annotations)

    @property
    def needs_review(self) -> bool:
        return self.reasons != _NOTHING

    def review_reasons(self) -> tuple[ReviewReason, ...]:
        return review_reasons_of(self.reasons)

    def unpacked(self) -> Reading:
        outcomes = outcomes_of(self.findings)
        return Reading(
            form=self.form,
            content=content_of(self.content),
            annotations=annotations_in(self.annotations),
            findings=outcomes.findings,
            other_rules=outcomes.others,
            completeness=completeness_of(self.completeness),
            review_reasons=self.review_reasons(),
        )

    def naming(self, duplicates: Sequence[str], renderer: ViewRenderer) -> "PostgresReading":
        """Returns the reading with these invoices as those of which it may be a duplicate."""
        if not duplicates or self.views is None:
            return self
        suspected = suspicions(duplicates)
        first = renderer.first_reasons(suspected)
        return replace(
            self,
            reasons=encode((*suspected, *self.review_reasons())),
            views=ReadingViews(first + self.views.basic, first + self.views.full),
        )

    def columns(self) -> dict[str, object]:
        """Returns the values of `invoices`."""
        return {
            "form": self.form.value,
            "content": self.content,
            "annotations": self.annotations,
            "annotation_ends": [*self.annotation_ends],
            "findings": self.findings,
            "completeness": self.completeness,
            "review_reasons": self.reasons,
        }


COLUMNS = (
    "form",
    "content",
    "annotations",
    "annotation_ends",
    "findings",
    "completeness",
    "review_reasons",
)


def reading_of(row: Row[Any]) -> PostgresReading | None:
    """Returns the reading of a row that has COLUMNS; None where there is none."""
    if row.form is None:
        return None
    return PostgresReading(
        form=DocumentForm(row.form),
        content=row.content,
        annotations=row.annotations,
        annotation_ends=tuple(row.annotation_ends),
        findings=row.findings,
        completeness=row.completeness,
        reasons=row.review_reasons,
    )


def storable_reading(renderer: ViewRenderer, reading: Reading) -> PostgresReading:
    """Returns the reading ready to be stored, with what the renderer makes of it. A long one takes a second.

    What PostgreSQL cannot store is replaced in it, and in what is rendered of it.
    """
    content = encode(reading.content)
    findings = encode(RuleOutcomes(reading.findings, reading.other_rules))
    reasons = encode(reading.review_reasons)
    parts: list[bytes] = []
    replaced = any(REPLACEMENT in each for each in (content, findings, reasons))
    for part in parts_of(reading.annotations, len(reading.content.lines)):
        encoded = encode(part)
        replaced = replaced or REPLACEMENT in encoded
        parts.append(packed(encoded))
    stored = PostgresReading(
        form=reading.form,
        content=content,
        annotations=b"".join(parts),
        annotation_ends=tuple(accumulate(map(len, parts))),
        findings=findings,
        completeness=encode(reading.completeness),
        reasons=reasons,
    )
    views = renderer.reading(stored.unpacked() if replaced else reading)
    return replace(stored, views=views, identity=identity_of(reading.content))
