"""Labelled documents as the system reads them: what became of each expected field, and the score of each value."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reading_quality.labelled import Labelled, Outcome, labelled

from invoice_reading.calibration.fitted import IBAN
from invoice_reading.reading import Reading
from invoice_summarizer.cli.evaluation import predictions
from invoice_summarizer.cli.predictions import FIELDS, ManifestEntry, Prediction

PATHS = {**FIELDS, "iban": IBAN}


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """`scores` are those of extraction by the scorer's names of fields, `confidences` what leaves the system."""

    document: Labelled
    values: dict[str, str | int]
    outcomes: dict[str, Outcome]
    scores: dict[str, float]
    confidences: dict[str, float]
    passes: bool

    @property
    def all_right(self) -> bool:
        return all(outcome is Outcome.RIGHT for outcome in self.outcomes.values())


def judged_documents(manifest: Path) -> list[JudgedDocument]:
    """Returns every document of the manifest; one that cannot be read has no values."""
    return asyncio.run(_judged(labelled(manifest), manifest.parent))


async def _judged(documents: Sequence[Labelled], folder: Path) -> list[JudgedDocument]:
    scores: dict[str, dict[str, float]] = {}

    def keep_scores(file: str, reading: Reading) -> None:
        scores[file] = {
            name: annotation.confidence
            for name, path in PATHS.items()
            if (annotation := reading.annotations.get(path)) and annotation.confidence is not None
        }

    entries = [ManifestEntry(document.file, document.kind) for document in documents]
    found = predictions(entries, folder, 1, keep_scores)
    rows = {row.file: row async for row in found}
    return [_of(document, rows[document.file], scores) for document in documents]


def _of(document: Labelled, row: Prediction, scores: dict[str, dict[str, float]]) -> JudgedDocument:
    if row.error:
        print(f"{document.file}: {row.error}", file=sys.stderr)
    outcomes = {name: document.outcome(name, row.fields.get(name)) for name in document.expected}
    return JudgedDocument(
        document, row.fields, outcomes, scores.get(document.file, {}), row.confidence, row.auto
    )
