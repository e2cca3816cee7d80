"""Labelled documents as the system reads them: what became of each expected field, and the score of each value."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reading_quality.labelled import Labelled, Outcome, labelled

from invoice_reading.calibration.fitted import IBAN
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.cli.evaluation import predictions
from invoice_summarizer.cli.predictions import FIELDS, ManifestEntry

PATHS = {**FIELDS, "iban": IBAN}
_OF_CONFIDENCE = frozenset({ReviewCode.LOW_CONFIDENCE, ReviewCode.PAGES_ARE_PICTURES})


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """`scores` are those of extraction by the scorer's names of fields, `confidences` what leaves the system.

    `may_pass` says that nothing but low confidence, or being a picture, could keep the document from passing.
    """

    document: Labelled
    values: dict[str, str | int]
    outcomes: dict[str, Outcome]
    scores: dict[str, float]
    confidences: dict[str, float]
    passes: bool
    may_pass: bool

    @property
    def all_right(self) -> bool:
        return all(outcome is Outcome.RIGHT for outcome in self.outcomes.values())


def judged_documents(manifest: Path) -> list[JudgedDocument]:
    """Returns every document of the manifest; one that cannot be read has no values."""
    return asyncio.run(_judged(labelled(manifest), manifest.parent))


async def _judged(documents: Sequence[Labelled], folder: Path) -> list[JudgedDocument]:
    scores: dict[str, dict[str, float]] = {}
    may_pass = set[str]()

    def keep(file: str, reading: Reading) -> None:
        scores[file] = {
            name: annotation.confidence
            for name, path in PATHS.items()
            if (annotation := reading.annotations.get(path)) and annotation.confidence is not None
        }
        if all(reason.code in _OF_CONFIDENCE for reason in reading.review_reasons):
            may_pass.add(file)

    entries = [ManifestEntry(document.file, document.kind) for document in documents]
    rows = {row.file: row async for row in predictions(entries, folder, 1, keep)}
    return [
        JudgedDocument(
            document=document,
            values=row.fields,
            outcomes={
                name: document.outcome(name, row.fields.get(name)) for name in document.expected
            },
            scores=scores.get(document.file, {}),
            confidences=row.confidence,
            passes=row.auto,
            may_pass=document.file in may_pass,
        )
        for document in documents
        for row in (rows[document.file],)
    ]
