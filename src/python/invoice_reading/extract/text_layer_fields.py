"""What a scanner left as text says of the fields: never their value, but a doubt of it where it says something else."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import msgspec

from en16931.field_path import Leaf, value_at
from invoice_reading.annotation import AnnotationReason, Candidate, FieldAnnotation, FieldStatus
from invoice_reading.extract.confidence import DOUBTED
from invoice_reading.extract.extract import extract
from invoice_reading.extract.field_values import canonical_text
from invoice_reading.extraction import Extraction
from invoice_reading.important_fields import IMPORTANT_FIELDS
from invoice_reading.page import Page
from invoice_reading.recognition.text_layer import text_layer

_UNSEEN = 0.0  # how sure a value is that nobody sees


def doubted_by_text_layer(
    extraction: Extraction, pages: Sequence[Page], first_page: int = 1
) -> Extraction:
    """Returns the extraction with the same values; a field of which a text layer says otherwise is in doubt.

    It has both values with their places as candidates, and so little confidence that a person has to look. Of a layer,
    only words that stand over print that OCR read are asked.
    """
    layered = [alone for page in pages if (alone := _layer_alone(page)) is not None]
    if not layered:
        return extraction
    layer = extract(layered, first_page)
    doubted: dict[str, FieldAnnotation] = {}
    for path in IMPORTANT_FIELDS:
        annotation, value = extraction.annotations[path], value_at(extraction.content, path)
        said = _said(layer.annotations[path], value_at(layer.content, path))
        if annotation.status is not FieldStatus.PRESENT or not isinstance(value, Leaf) or not said:
            continue
        if not any(_is_same(value, each.value) for each in said):
            doubted[path] = _doubted(annotation, canonical_text(value), said[0])
    return replace(extraction, annotations={**extraction.annotations, **doubted})


def _said(annotation: FieldAnnotation, value: object) -> Sequence[Candidate]:
    """Returns what the layer says the field is, or might be: a sum that does not close leaves it without a value."""
    if isinstance(value, Leaf):
        return (
            Candidate(
                value=canonical_text(value), confidence=_UNSEEN, evidence=annotation.evidence
            ),
        )
    return tuple(
        msgspec.structs.replace(candidate, confidence=_UNSEEN)
        for candidate in annotation.candidates
    )


def _layer_alone(page: Page) -> Page | None:
    """Returns the page as if its text layer were all that is printed on it; None where it has none."""
    over_print = text_layer(page).over_print
    if not over_print:
        return None
    return replace(
        page,
        words=tuple(replace(word, hidden=word.index not in over_print) for word in page.words),
    )


def _is_same(value: Leaf, text: str) -> bool:
    """OCR loses spaces and points: of texts the letters and digits count."""
    if isinstance(value, Decimal):
        return value == Decimal(text)
    return _characters(canonical_text(value)) == _characters(text)


def _characters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _doubted(annotation: FieldAnnotation, value: str, other: Candidate) -> FieldAnnotation:
    confidence = min(DOUBTED, annotation.confidence or DOUBTED)
    read = Candidate(value=value, confidence=confidence, evidence=annotation.evidence)
    known = (value, other.value)
    return msgspec.structs.replace(
        annotation,
        confidence=confidence,
        candidates=(
            read,
            other,
            *(candidate for candidate in annotation.candidates if candidate.value not in known),
        ),
        reasons=(*annotation.reasons, AnnotationReason.TEXT_LAYER_DISAGREES),
    )
