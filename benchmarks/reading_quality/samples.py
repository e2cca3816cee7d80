"""What a labelled document teaches: the traits of each value and absence, and whether it was right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from reading_quality.judgement import Outcome, outcome
from reading_quality.labelled import Labelled

from invoice_reading.annotation import FieldAnnotation
from invoice_reading.calibration.fields import CALIBRATED_FIELDS, IBAN, OPTIONAL_FIELDS
from invoice_reading.calibration.traits import (
    Traits,
    absence_traits,
    is_not_found,
    is_read,
    value_traits,
)
from invoice_reading.decision import review_reasons
from invoice_reading.read import known_of
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode
from invoice_reading.stages import Checked
from invoice_summarizer.cli.predictions import FIELDS, prediction

NAMES: Mapping[str, str] = {path: name for name, path in FIELDS.items()} | {IBAN: "iban"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`may_pass` says that nothing but confidence could keep the document from passing."""

    document: Labelled
    outcomes: Mapping[str, Outcome]  # of every expected field, by the scorer's name
    values: Mapping[str, tuple[Traits, bool]] = field(default_factory=dict)  # by path
    absences: Mapping[str, tuple[Traits, bool]] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)  # of values that a reason doubts
    may_pass: bool = False

    @property
    def all_right(self) -> bool:
        return all(each is Outcome.RIGHT for each in self.outcomes.values())


def sample(document: Labelled, checked: Checked) -> Sample:
    """Returns what the document teaches; what is not expected of it teaches nothing of values."""
    known = known_of(checked)
    reading = _uncalibrated(checked, known.annotations)
    fields = prediction(document.file, reading, 0).fields
    outcomes = {name: outcome(document, name, fields.get(name)) for name in document.expected}
    read = [path for path in CALIBRATED_FIELDS if is_read(path, known)]
    # Receipts are labelled with four fields, whatever they print.
    absent = [path for path in OPTIONAL_FIELDS if is_not_found(path, known)]
    return Sample(
        document=document,
        outcomes=outcomes,
        values={
            path: (value_traits(path, known), outcomes[NAMES[path]] is Outcome.RIGHT)
            for path in read
            if NAMES[path] in outcomes
        },
        absences={
            path: (absence_traits(path, known), NAMES[path] not in document.expected)
            for path in absent
        },
        ceilings={
            path: confidence
            for path in read
            if known.annotations[path].reasons
            and (confidence := known.annotations[path].confidence) is not None
        },
        may_pass=not reading.review_reasons,
    )


def _uncalibrated(checked: Checked, annotations: Mapping[str, FieldAnnotation]) -> Reading:
    """Returns the reading as if every calibrated field were sure, and pictures were as good as text."""
    sure = {
        path: (
            msgspec.structs.replace(annotation, confidence=None)
            if path in CALIBRATED_FIELDS
            else annotation
        )
        for path, annotation in annotations.items()
    }
    extracted = checked.extracted
    reasons = review_reasons(
        extracted.form,
        extracted.extraction.content,
        sure,
        checked.outcomes.findings,
        checked.completeness,
    )
    return Reading(
        form=extracted.form,
        content=extracted.extraction.content,
        annotations=annotations,
        findings=checked.outcomes.findings,
        completeness=checked.completeness,
        review_reasons=(
            *extracted.reasons,
            *(each for each in reasons if each.code is not ReviewCode.PAGES_ARE_PICTURES),
        ),
    )
