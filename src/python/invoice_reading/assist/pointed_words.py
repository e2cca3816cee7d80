"""The stage `assist`: what words say that somebody pointed at, who may be wrong or hostile.

The values are read from the words by the rules of extraction. One is taken only where something else speaks for it: what
extraction found by itself, or a sum. Every other one is a candidate, which a person sees.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import msgspec

from en16931.field_path import Leaf, leaves, replaced
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    PageRegion,
    WordSpan,
)
from invoice_reading.assist.closing_sums import closes
from invoice_reading.assist.question import AskedWord, Pointing, Question, question_of
from invoice_reading.extract.confidence import DOUBTED, IMPLIED
from invoice_reading.extract.field_values import canonical_text
from invoice_reading.extract.page_region import region_of
from invoice_reading.extract.recognised_confidence import held_to_scores
from invoice_reading.extract.shown_regions import region_as_shown
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.extraction import Extraction
from invoice_reading.page import Page, PdfPages
from invoice_reading.stages import Extracted

MOST_WORDS_OF_A_FIELD = 12
# Below what is asked of a field that money moves by: no pointing lets an invoice pass without a person.
_AGREED = IMPLIED
# What speaks against a value whoever points at it: a check that failed, or unseen text, which must not change a field.
_DOUBTS = frozenset(
    {
        AnnotationReason.IBAN_CHECK_FAILED,
        AnnotationReason.VAT_IDENTIFIER_CHECK_FAILED,
        AnnotationReason.TEXT_LAYER_DISAGREES,
    }
)
_NOTHING_KNOWN = FieldAnnotation(status=FieldStatus.ABSENT)


class PointedWords:
    """An `Assistant` by a pointing into the question of the document; numbers and fields that are not in it are passed over."""

    def __init__(self, pointing: Pointing) -> None:
        self._pointing = pointing

    def __call__(self, extracted: Extracted) -> Extracted:
        question, document = question_of(extracted), extracted.document
        if question is None or not isinstance(document, PdfPages):
            return extracted
        pages = {page.number: page for page in document.pages}
        found = tuple(_found(question, self._pointing, pages, extracted.extraction))
        return replace(extracted, extraction=_taken(extracted.extraction, found, document.pages))


class _Found(msgspec.Struct, frozen=True):
    path: str
    value: Leaf
    evidence: tuple[PageRegion, ...]


def _found(
    question: Question, pointing: Pointing, pages: Mapping[int, Page], extraction: Extraction
) -> Iterator[_Found]:
    for path in question.fields:
        numbers = sorted(set(pointing.get(path, ())))
        if not 0 < len(numbers) <= MOST_WORDS_OF_A_FIELD:
            continue
        if numbers[0] < 0 or numbers[-1] >= len(question.words):
            continue
        regions = tuple(_regions([question.words[number] for number in numbers], pages))
        value = value_of_words(path, regions, extraction.context)
        if value is not None:
            yield _Found(path, value, regions)


def _regions(words: Sequence[AskedWord], pages: Mapping[int, Page]) -> Iterator[PageRegion]:
    """Yields the places of the words, those of one page in one."""
    for number, group in groupby(words, key=lambda word: word.page):
        page = pages[number]
        spans = [WordSpan(each.word, 0, len(page.words[each.word].text)) for each in group]
        yield region_as_shown(region_of(page, spans), page)


def _taken(extraction: Extraction, found: Sequence[_Found], pages: Sequence[Page]) -> Extraction:
    content, annotations = extraction.content, dict(extraction.annotations)
    agreed = dict[str, FieldAnnotation]()
    amounts = {each.path: each.value for each in found if isinstance(each.value, Decimal)}
    read = dict(leaves(content))
    for each in found:
        known = _with_own_candidate(annotations.get(each.path, _NOTHING_KNOWN), read.get(each.path))
        text = canonical_text(each.value)
        agrees = any(text == candidate.value for candidate in known.candidates)
        if _DOUBTS.isdisjoint(known.reasons) and (agrees or closes(each.path, amounts, extraction)):
            content = replaced(content, each.path, each.value)
            agreed[each.path] = _agreed(known, each)
        else:
            annotations[each.path] = _offered(known, each)
    annotations.update(held_to_scores(agreed, pages))
    return replace(extraction, content=content, annotations=annotations)


def _with_own_candidate(known: FieldAnnotation, value: Leaf | None) -> FieldAnnotation:
    """Returns the annotation with the value that extraction gave the field among the candidates."""
    if value is None or known.candidates:  # which have the value among them
        return known
    candidate = Candidate(
        value=canonical_text(value), confidence=known.confidence or DOUBTED, evidence=known.evidence
    )
    return msgspec.structs.replace(known, candidates=(candidate,))


def _agreed(known: FieldAnnotation, found: _Found) -> FieldAnnotation:
    rivals = [each for each in known.candidates if each.value != canonical_text(found.value)]
    return FieldAnnotation(
        status=FieldStatus.PRESENT,
        raw_text=_text(found),
        confidence=_AGREED,
        evidence=found.evidence,
        candidates=known.candidates if rivals else (),
        reasons=(AnnotationReason.POINTED_AT_BY_MODEL,),
    )


def _offered(known: FieldAnnotation, found: _Found) -> FieldAnnotation:
    """Returns the annotation with the value among the candidates; a field that had none has none yet."""
    value = canonical_text(found.value)
    is_new = all(value != each.value for each in known.candidates)
    offered = Candidate(value=value, confidence=DOUBTED, evidence=found.evidence)
    changed = msgspec.structs.replace(
        known,
        candidates=(*known.candidates, offered) if is_new else known.candidates,
        reasons=tuple(dict.fromkeys((*known.reasons, AnnotationReason.POINTED_AT_BY_MODEL))),
    )
    if known.status is not FieldStatus.ABSENT:
        return changed
    return msgspec.structs.replace(
        changed,
        status=FieldStatus.AMBIGUOUS,
        raw_text=_text(found),
        evidence=found.evidence,
        reasons=(AnnotationReason.POINTED_AT_BY_MODEL,),
    )


def _text(found: _Found) -> str:
    return " ".join(region.text for region in found.evidence)
