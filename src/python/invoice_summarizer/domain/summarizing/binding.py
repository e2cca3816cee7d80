"""What a summary may say of a field: the printed text, the fields it renders, and their evidence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from en16931.field_path import FieldPathError, Leaf, leaf_type, value_at
from en16931.model import Group, InvoiceContent
from invoice_reading.annotation import (
    Candidate,
    Derivation,
    Evidence,
    FieldAnnotation,
    FieldStatus,
)
from invoice_summarizer.domain.canonical_value import NotAValue, canonical_value
from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.rendering import (
    can_accompany,
    companion_path,
    rendering,
)

Annotations = Mapping[str, FieldAnnotation]
_COUNT = re.compile(r"count\(([a-z_0-9.\[\]]+)\)")


@dataclass(frozen=True, slots=True)
class Binding:
    text: str
    field_paths: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def is_bound(annotations: Annotations, field_path: str) -> bool:
    """Says whether the field is PRESENT and has evidence."""
    annotation = annotations.get(field_path)
    return (
        annotation is not None
        and annotation.status is FieldStatus.PRESENT
        and bool(annotation.evidence)
    )


def binding(
    content: InvoiceContent, annotations: Annotations, field_path: str, locale: str
) -> Binding | None:
    """Returns how the field is said; None where it is no value, not bound, or cannot be shown.

    An amount is bound together with its currency and a quantity with its unit, where these are bound themselves. The
    path of a repeated group, such as `lines`, is said as the number of its members.
    """
    if is_repeated(field_path):
        return _count_binding(content, annotations, field_path, locale)
    value = bound_value(content, annotations, field_path)
    if value is None:
        return None
    beside = companion(content, annotations, field_path) if isinstance(value, Decimal) else None
    text = rendering(value, field_path, locale, beside[1] if beside else None)
    if text is None:
        return None
    paths = (field_path, beside[0]) if beside else (field_path,)
    evidence = tuple(found for path in paths for found in annotations[path].evidence)
    return Binding(text, paths, evidence)


def candidate_binding(
    content: InvoiceContent, annotations: Annotations, field_path: str, index: int, locale: str
) -> Binding | None:
    """Returns how a value is said that the field might have; None where it cannot be shown."""
    candidate = annotations[field_path].candidates[index]
    text = candidate_text(candidate, field_path, content, annotations, locale)
    return Binding(text, (field_path,), candidate.evidence) if text else None


def candidate_text(
    candidate: Candidate,
    field_path: str,
    content: InvoiceContent,
    annotations: Annotations,
    locale: str,
) -> str | None:
    """Returns how the value of a candidate is printed; None where it is none of the field, or cannot be shown."""
    try:
        value = canonical_value(field_path, candidate.value)
    except (NotAValue, FieldPathError):
        return None
    beside = companion(content, annotations, field_path) if isinstance(value, Decimal) else None
    return rendering(value, field_path, locale, beside[1] if beside else None)


def bound_value(content: InvoiceContent, annotations: Annotations, field_path: str) -> Leaf | None:
    """Returns the value of a bound leaf; None where the path names none or nothing is bound there."""
    if not is_bound(annotations, field_path):
        return None
    try:
        value = value_at(content, field_path)
    except FieldPathError:
        return None
    return None if isinstance(value, Group | tuple) else value


def companion(
    content: InvoiceContent, annotations: Annotations, field_path: str
) -> tuple[str, str] | None:
    """Returns path and code of the currency or unit of the number at the path; None where none is bound.

    For an amount that stands in no field, any name will do as its path.
    """
    path = companion_path(field_path)
    code = bound_value(content, annotations, path) if path else None
    if path is None or not isinstance(code, str) or not can_accompany(code, field_path):
        return None
    return path, code


def is_repeated(field_path: str) -> bool:
    """Says whether the path names a group that may stand several times."""
    try:
        return leaf_type(field_path) is tuple
    except FieldPathError:
        return False


def member_count(
    content: InvoiceContent, annotations: Annotations, field_path: str
) -> Decimal | None:
    """Returns how many members a repeated group has; None where it has none or one of them has nothing bound."""
    try:
        members = value_at(content, field_path)
    except FieldPathError:
        return None
    if not isinstance(members, tuple) or not members:
        return None
    prefix = f"{field_path}["
    start = len(prefix)
    seen = {
        path[start : path.index("]", start)]
        for path in annotations
        if path.startswith(prefix) and is_bound(annotations, path)
    }
    if any(str(index) not in seen for index in range(len(members))):
        return None
    return Decimal(len(members))


def counted_path(expression: str) -> str | None:
    """Returns the path of the group that `count(PATH)` counts; None for another expression."""
    match = _COUNT.fullmatch(expression)
    return match[1] if match else None


def _count_binding(
    content: InvoiceContent, annotations: Annotations, field_path: str, locale: str
) -> Binding | None:
    count = member_count(content, annotations, field_path)
    if count is None:
        return None
    evidence = Derivation(expression=f"count({field_path})", value=count)
    return Binding(locale_format.number(count, locale), (field_path,), (evidence,))
