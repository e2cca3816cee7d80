"""The business groups of content, whatever it was read from: an e-invoice, a page, or a person's correction.

A term is what was understood of it: a date that was written in an odd way is a date here. So the same rules that give
the official verdict on a document (`xml_group`) say of the content whether its sums and codes hold.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from en16931.business_terms import business_terms
from en16931.counted_lines import counts
from en16931.exact import decimal_text
from en16931.model import Group, Identifier, InvoiceContent, InvoiceLine
from en16931.terms.model_path import group_path, group_patterns, term_path
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

_EACH = "[*]"
_INDEX = re.compile(r"\[[0-9]+\]")
_SCHEME = "-1"
_MOST_DIGITS = 40  # on each side of the point, as `decimal_of` has it
TAX = "tax"  # of an allowance or charge, which has one in the model

# What rules ask of a VAT category whatever its tax scheme; of the model, it is the category that the group has.
_ANY = {
    "any-category": ("BT-151", "BT-118", "BT-95", "BT-102"),
    "any-rate": ("BT-152", "BT-119", "BT-96", "BT-103"),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """How to come from a group of the model to its terms and groups: attributes, one after the other."""

    terms: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]


class ContentGroup(StatedGroup):
    """A group of the content; `is_complete` says whether what is not in it was not stated, or perhaps not read."""

    __slots__ = ("_value", "_parent", "_name", "_index", "_memo", "_unread", "is_complete")

    def __init__(
        self,
        value: Group,
        *,
        is_complete: bool,
        parent: "ContentGroup | None" = None,
        name: str = "",
        index: int = 0,
        unread: frozenset[str] = frozenset(),
    ) -> None:
        self._value = value
        self._parent = parent
        self._name = name
        self._index = index
        self._memo: dict[str, Any] | None = None
        self._unread = unread
        self.is_complete = is_complete

    @property
    def parent(self) -> "ContentGroup | None":
        return self._parent

    @property
    def syntax(self) -> Syntax | None:
        return None

    @property
    def unread(self) -> frozenset[str]:
        return self._unread if self._parent is None else self._parent.unread

    @property
    def memo(self) -> dict[str, Any]:
        if self._memo is None:
            self._memo = {}
        return self._memo

    @property
    def field_path(self) -> str:
        return group_path(self._named())

    def term_path(self, term: str) -> str:
        return term_path(self._named(), term)

    def texts(self, term: str) -> Sequence[str]:
        if isinstance(self._value, Identifier):
            return _parts(self._value, term == self._name)
        steps = _steps(self._name, term)
        if steps is not None:
            return _texts(_reached(self._value, steps))
        if term.endswith(_SCHEME):
            steps = _place(self._name).terms.get(term.removesuffix(_SCHEME))
            return () if steps is None else _schemes(_reached(self._value, steps))
        return ()

    def has(self, *terms: str) -> bool:
        return any(map(self._has, terms))

    def _has(self, term: str) -> bool:
        value = self._reached(term)
        if value is None or isinstance(value, Decimal | date):
            # An identifier has parts that are no values of their own.
            return value is not None or bool(self.texts(term))
        return bool(value) if isinstance(value, str) else bool(self.texts(term))

    def number(self, term: str) -> Decimal | None:
        value = self._reached(term)
        if isinstance(value, Decimal):
            return value if _is_writable(value) else None
        return super().number(term)

    def numbers(self, term: str) -> Sequence[Decimal]:
        number = self.number(term)
        return () if number is None else (number,)

    def _reached(self, term: str) -> Any:
        """Returns the value of a term that is none of an identifier; None where there is none."""
        if isinstance(self._value, Identifier):
            return None
        steps = _steps(self._name, term)
        return None if steps is None else _reached(self._value, steps)

    def groups(self, name: str) -> "Sequence[ContentGroup]":
        if name == TAX:
            return (self,)
        place = _place(self._name)
        steps = place.groups.get(name) or place.terms.get(name)
        reached = None if steps is None else _reached(self._value, steps)
        if reached is None:
            return ()
        members = reached if isinstance(reached, tuple) else (reached,)
        return [
            ContentGroup(member, is_complete=self.is_complete, parent=self, name=name, index=index)
            for index, member in enumerate(members)
            if not isinstance(member, InvoiceLine) or counts(member)
        ]

    def _named(self) -> tuple[tuple[str, int], ...]:
        above = () if self._parent is None else self._parent._named()
        return (*above, (self._name, self._index)) if self._name else above


def stated_content(
    content: InvoiceContent, *, is_complete: bool, unread: Iterable[str] = ()
) -> ContentGroup:
    """Returns the content as rules look at it; `unread` are paths of fields that are there and gave no value."""
    patterns = frozenset(_INDEX.sub(_EACH, path) for path in unread)
    return ContentGroup(content, is_complete=is_complete, unread=patterns)


@cache
def _place(name: str) -> _Place:
    patterns = group_patterns()
    prefix = f"{patterns[name]}." if name in patterns else ""
    terms = {
        term: tuple(path.removeprefix(prefix).removesuffix(_EACH).split("."))
        for path, term in business_terms().items()
        if path.startswith(prefix) and _EACH not in path.removeprefix(prefix).removesuffix(_EACH)
    }
    groups = {
        group: tuple(path.removeprefix(prefix).removesuffix(_EACH).split("."))
        for group, path in patterns.items()
        if path.startswith(prefix) and _EACH not in path.removeprefix(prefix).removesuffix(_EACH)
    }
    return _Place(terms, groups)


@cache
def _steps(name: str, term: str) -> tuple[str, ...] | None:
    """Returns how to come from the group of the name to the term; None where the group has it not."""
    terms = _place(name).terms
    return next((terms[known] for known in _ANY.get(term, (term,)) if known in terms), None)


def _is_writable(value: Decimal) -> bool:
    """Tells whether the number is one that `decimal_of` would read."""
    exponent = value.as_tuple().exponent
    return (
        isinstance(exponent, int) and exponent >= -_MOST_DIGITS and value.adjusted() < _MOST_DIGITS
    )


def _reached(value: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        if value is None:
            return None
        value = getattr(value, step)
    return value


def _texts(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    members = value if isinstance(value, tuple) else (value,)
    return [text for member in members if (text := _text(member))]


def _parts(identifier: Identifier, is_value: bool) -> Sequence[str]:
    text = identifier.value if is_value else identifier.scheme_id
    return (text,) if text else ()


def _schemes(value: Any) -> Sequence[str]:
    members = value if isinstance(value, tuple) else (value,)
    return [
        member.scheme_id
        for member in members
        if isinstance(member, Identifier) and member.scheme_id
    ]


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case Decimal():
            return decimal_text(value)
        case Identifier():
            return value.value or ""
        case date():
            return value.isoformat()
    return "" if isinstance(value, Group) and not _is_declared(value) else "declared"


def _is_declared(group: Group) -> bool:
    return any(getattr(group, name) not in (None, ()) for name in group.__struct_fields__)
