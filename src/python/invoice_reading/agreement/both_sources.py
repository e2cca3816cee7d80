"""What the pages say instead is kept beside the value of the XML, each with its place."""

from collections.abc import Iterable, Mapping

import msgspec

from en16931.field_path import Leaf, leaf_type, value_at
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Printed, Verdict
from invoice_reading.annotation import Candidate, FieldAnnotation
from invoice_reading.extract.field_values import canonical_text

_DECLARED, _ON_PAGE = 1.0, 0.5


def with_both_sources(
    content: InvoiceContent,
    annotations: Mapping[str, FieldAnnotation],
    comparisons: Iterable[Comparison],
) -> Mapping[str, FieldAnnotation]:
    """Returns the annotations of the XML; where the pages say otherwise of a field, it has both values as candidates.

    The first candidate is the value of the XML with its node, the second what the pages print, with its words.
    """
    changed = {
        each.path: _with_candidates(annotations[each.path], value, each.printed, each.path)
        for each in comparisons
        if each.verdict is Verdict.DISAGREES and each.printed is not None
        if each.path in annotations
        if isinstance(value := value_at(content, each.path), Leaf)
    }
    return {**annotations, **changed} if changed else annotations


def _with_candidates(
    annotation: FieldAnnotation, declared: Leaf, printed: Printed, path: str
) -> FieldAnnotation:
    on_page = _canonical(printed, path)
    if on_page is None:
        return annotation
    candidates = (
        Candidate(
            value=canonical_text(declared), confidence=_DECLARED, evidence=annotation.evidence
        ),
        Candidate(value=on_page, confidence=_ON_PAGE, evidence=(printed.region,)),
    )
    return msgspec.structs.replace(annotation, candidates=candidates)


def _canonical(printed: Printed, path: str) -> str | None:
    if printed.value is not None:
        return canonical_text(printed.value)
    return printed.region.text if issubclass(leaf_type(path), str) else None
