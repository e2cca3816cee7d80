"""Corrections of what was read: what a person says of single fields, and what that makes of the reading."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from en16931.document_types import document_kind_of, document_type_of
from en16931.field_path import FieldPathError, Leaf, leaf_type, replaced, steps, value_at
from en16931.model import Group, InvoiceContent
from invoice_summarizer.domain.canonical_value import NotAValue, canonical_value
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.meant_field import meant_field

CORRECTIONS_LIMIT = 1_000
_KIND = "extras.document_kind"
_Order = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The canonical text of the value that the field at the path has, or None: nothing stands there."""

    field_path: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CorrectedContent:
    """The content before and after the corrections, and which paths of the content before were corrected."""

    before: InvoiceContent
    after: InvoiceContent
    paths: frozenset[str]
    removed: Mapping[
        str, Sequence[int]
    ]  # elements that are gone, ascending, by the path of their list before

    def path_after(self, path: str) -> str | None:
        """Returns where in the content after that stands which stood at the path before; None where it is gone."""
        if not self.removed:
            return path
        was = now = ""
        for step in steps(path):
            if isinstance(step, int):
                gone = self.removed.get(was, ())
                at = bisect_left(gone, step)
                if at < len(gone) and gone[at] == step:
                    return None
                was, now = f"{was}[{step}]", f"{now}[{step - at}]"
            else:
                was, now = f"{was}.{step}" if was else step, f"{now}.{step}" if now else step
        return now


def corrected_content(
    content: InvoiceContent, corrections: Sequence[Correction]
) -> CorrectedContent:
    """Returns the content with every correction in it.

    Indices count the elements of the lists as they are before. A value one past the end of a list begins a new
    element, and the next index one more. Where nothing stands at an element any more, those behind it move up.

    Where the type of the document (BT-3) is corrected and its kind is not, the kind follows: whether the document gives
    money back is asked of the kind.

    Raises InvalidInput, naming `corrections[i].field_path` or `corrections[i].value`.
    """
    if not 0 < len(corrections) <= CORRECTIONS_LIMIT:
        raise InvalidInput(
            f"must have 1 to {CORRECTIONS_LIMIT:,} corrections",
            field="corrections",
            reason="INVALID_CORRECTION",
        )
    corrections = (*corrections, *_of_kind(content, corrections))
    after = content
    removed: dict[str, list[int]] = {}
    ordered = _ordered(corrections)
    for number in ordered:
        correction = corrections[number]
        if correction.value is not None:
            value = _value(number, correction.field_path, correction.value)
            after = _with(after, number, correction.field_path, value)
        elif not _stands(content, number, correction.field_path):
            continue
        elif _is_element(correction.field_path):
            path, _, index = correction.field_path[:-1].rpartition("[")
            removed.setdefault(path, []).append(int(index))
        else:
            nothing = () if leaf_type(correction.field_path) is tuple else None
            after = _with(after, number, correction.field_path, nothing)
    # From the end, so that no index changes before its turn.
    for path, indices in sorted(removed.items(), key=lambda each: _order(each[0]), reverse=True):
        after = _without(after, path, indices)
    return CorrectedContent(
        before=content,
        after=after,
        paths=frozenset(correction.field_path for correction in corrections),
        removed=removed,
    )


def _of_kind(content: InvoiceContent, corrections: Sequence[Correction]) -> Iterator[Correction]:
    by_path = {correction.field_path: correction.value for correction in corrections}
    type_code = by_path.get("type_code")
    kind = content.extras.document_kind if content.extras else None
    if kind is None or type_code is None or by_path.keys() & {"extras", _KIND}:
        return
    if document_type_of(type_code) is not None:  # else it is refused for what it is
        yield Correction(_KIND, document_kind_of(type_code).name)


def _is_element(path: str) -> bool:
    """Returns whether the path names an element of a list."""
    return path.endswith("]")


def _ordered(corrections: Sequence[Correction]) -> Sequence[int]:
    """Returns the numbers of the corrections in the order of their paths, so that lists grow from their ends."""
    by_path: list[tuple[_Order, int]] = []
    for number, correction in enumerate(corrections):
        try:
            leaf_type(correction.field_path)
        except FieldPathError:
            raise _unknown(number, correction.field_path) from None
        by_path.append((_order(correction.field_path), number))
    by_path.sort()
    # What lies within a path sorts directly behind it, so neighbours show every overlap.
    for (outer, _), (inner, number) in pairwise(by_path):
        if inner[: len(outer)] == outer:
            raise InvalidInput(
                f"corrections[{number}] names a field that another correction names too, or what lies within it",
                field=f"corrections[{number}].field_path",
                reason="INVALID_CORRECTION",
            )
    return [number for _, number in by_path]


def _order(path: str) -> _Order:
    """Returns a key by which elements of a list are in the order of their indices."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in steps(path))


def _value(number: int, path: str, text: str) -> Leaf:
    kind = leaf_type(path)
    if kind is tuple or issubclass(kind, Group):
        raise InvalidInput(
            f"corrections[{number}] names a group or a list: give values to its fields, or clear it",
            field=f"corrections[{number}].field_path",
            reason="INVALID_CORRECTION",
        )
    try:
        return canonical_value(path, text)
    except NotAValue as error:
        raise InvalidInput(
            f"{path} must be {error.wanted}",
            field=f"corrections[{number}].value",
            reason="INVALID_VALUE",
        ) from None


def _stands(content: InvoiceContent, number: int, path: str) -> bool:
    try:
        return value_at(content, path) not in (None, ())
    except FieldPathError:
        raise _unknown(number, path) from None


def _with(content: InvoiceContent, number: int, path: str, value: object) -> InvoiceContent:
    try:
        return replaced(content, path, value)
    except FieldPathError:
        raise _unknown(number, path) from None


def _without(content: InvoiceContent, path: str, indices: Sequence[int]) -> InvoiceContent:
    gone = frozenset(indices)
    elements = value_at(content, path)
    assert isinstance(elements, tuple), "an element was found in it"
    kept = tuple(element for index, element in enumerate(elements) if index not in gone)
    return replaced(content, path, kept)


def _unknown(number: int, path: str) -> InvalidInput:
    meant = meant_field(path)
    message = f"corrections[{number}] names no field of the content, or an element that its list does not have"
    return InvalidInput(
        f"{message}; did you mean {meant}?" if meant else message,
        field=f"corrections[{number}].field_path",
        reason="UNKNOWN_FIELD",
        metadata={"suggestion": meant} if meant else None,
    )
