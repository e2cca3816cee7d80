"""What is known of each field after a person has corrected the content."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from en16931.field_path import FieldPathError, Leaf, leaves, value_at
from en16931.model import InvoiceContent
from invoice_reading.annotation import Candidate, FieldAnnotation, FieldStatus, HumanEdit

CLEARED = "CLEARED_BY_PERSON"
_WHOLE = frozenset(InvoiceContent.__struct_fields__)


def corrected_annotations(
    before: InvoiceContent,
    known: Mapping[str, FieldAnnotation],
    after: InvoiceContent,
    paths: Collection[str],
    edit: HumanEdit,
) -> dict[str, FieldAnnotation]:
    """Returns the annotations of the content `after`, in which `paths` were corrected.

    A field has the edit as its evidence where its value is another now, or where a path names it: the field, not a
    group or list around it or the whole content. What the document says stays beside it as a candidate. All other annotations stay as they were; of
    fields in elements of lists that are no more, there is none.
    """
    within = frozenset(paths)
    named = frozenset[str]() if within >= _WHOLE else within
    old: dict[str, Leaf] = dict(leaves(before))
    new: dict[str, Leaf] = dict(leaves(after))
    fields = dict.fromkeys((*known, *old, *new))
    edited = {
        path
        for path in fields
        if path in named or (old.get(path) != new.get(path) and is_within(path, within))
    }
    there = [path for path in fields if path in new or _has_place(after, path)]
    return {
        **{path: known[path] for path in there if path in known and path not in edited},
        **{
            path: _edited(old.get(path), known.get(path), new.get(path), edit)
            for path in there
            if path in edited
        },
    }


def is_within(path: str, parents: Collection[str]) -> bool:
    """Returns whether the path is one of the parents or below one; as fast for a thousand of them as for one."""
    return any(prefix in parents for prefix in _prefixes(path))


def _prefixes(path: str) -> Iterator[str]:
    yield from (path[:at] for at, sign in enumerate(path) if sign in ".[")
    yield path


def _edited(
    before: Leaf | None, known: FieldAnnotation | None, value: Leaf | None, edit: HumanEdit
) -> FieldAnnotation:
    candidates = _candidates(before, known)
    if value is None:
        return FieldAnnotation(
            status=FieldStatus.ABSENT, evidence=(edit,), candidates=candidates, reasons=(CLEARED,)
        )
    return FieldAnnotation(
        status=FieldStatus.PRESENT,
        raw_text=_text(value),
        confidence=1.0,
        evidence=(edit,),
        candidates=candidates,
    )


def _candidates(value: Leaf | None, known: FieldAnnotation | None) -> tuple[Candidate, ...]:
    """Returns what the document may have said. What people said before the last of them, the document did not."""
    if known is None:
        return () if value is None else (Candidate(value=_text(value), confidence=0.0),)
    if value is None or any(isinstance(one, HumanEdit) for one in known.evidence):
        return known.candidates
    text = _text(value)
    declared = Candidate(value=text, confidence=known.confidence or 0.0, evidence=known.evidence)
    return (declared, *(other for other in known.candidates if other.value != text))


def _has_place(content: InvoiceContent, path: str) -> bool:
    try:
        value_at(content, path)
    except FieldPathError:
        return False
    return True


def _text(value: Leaf) -> str:
    """Returns the value as the canonical JSON of the content has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
