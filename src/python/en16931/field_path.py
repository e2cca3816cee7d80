"""Field paths: how a single value of the content is named, as in `totals.amount_due` or `lines[2].net_amount`.

Indices count from 0, as in a JSON path over the canonical JSON of the content.
"""

import re
import types
import typing
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from en16931.model import Group, InvoiceContent

Leaf = str | int | bool | Decimal | date
_PATHS_KEPT = 1 << 16  # callers name paths: without a bound, they would fill the memory
_STEP = re.compile(r"(?:^|\.)([a-z][a-z0-9_]*)|\[(0|[1-9][0-9]{0,5})\]")
_LINE = re.compile(r"lines\[([0-9]{1,9})\]")


class FieldPathError(ValueError):
    """The path names no field of the content model, or an element that the content does not have."""


def leaves(content: InvoiceContent) -> Iterator[tuple[str, Leaf]]:
    """Yields every declared value with its path, in the order of the model."""
    yield from leaves_of(content, "")


def value_at(content: InvoiceContent, path: str) -> Group | tuple[Group, ...] | Leaf | None:
    """Returns what stands at the path; None where nothing is declared there.

    Raises FieldPathError where the path is no path of the model or an index is out of range.
    """
    leaf_type(path)
    value: typing.Any = content
    for step in steps(path):
        if value is None:
            return None
        if isinstance(step, int):
            if step >= len(value):
                raise FieldPathError(path)
            value = value[step]
        else:
            value = getattr(value, step)
    return typing.cast(Group | tuple[Group, ...] | Leaf | None, value)


def replaced(content: InvoiceContent, path: str, value: typing.Any) -> InvoiceContent:
    """Returns the content with the value at the path; groups on the way come into being.

    An index one past the end appends. Raises FieldPathError as `value_at` does; the type of the value is not checked.
    """
    leaf_type(path)
    return typing.cast(InvoiceContent, _replaced(content, InvoiceContent, steps(path), value, path))


@lru_cache(_PATHS_KEPT)
def steps(path: str) -> tuple[str | int, ...]:
    """Splits a path into field names and indices. Raises FieldPathError where its form is wrong."""
    found: list[str | int] = []
    end = 0
    for match in _STEP.finditer(path):
        if match.start() != end:
            break
        found.append(match[1] or int(match[2]))
        end = match.end()
    if not found or end != len(path):
        raise FieldPathError(path)
    return tuple(found)


@lru_cache(_PATHS_KEPT)
def leaf_type(path: str) -> type:
    """Returns the type of what stands at the path: a Group, `tuple`, or a leaf's type.

    Raises FieldPathError where the model has no such path.
    """
    kind: typing.Any = InvoiceContent
    element: typing.Any = None
    for step in steps(path):
        if isinstance(step, int):
            if kind is not tuple:
                raise FieldPathError(path)
            kind = element
        else:
            fields = member_types(kind) if isinstance(kind, type) else {}
            if step not in fields:
                raise FieldPathError(path)
            kind, element = fields[step]
    return typing.cast(type, kind)


@cache
def member_types(group: type) -> dict[str, tuple[type, type | None]]:
    """Returns each field of a group with its type, and the element's type where that is a tuple."""
    if not (isinstance(group, type) and issubclass(group, msgspec.Struct)):
        return {}
    hints = typing.get_type_hints(group)
    return {name: _plain(hints[name]) for name in group.__struct_fields__}


def _plain(hint: typing.Any) -> tuple[type, type | None]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        [hint] = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    if typing.get_origin(hint) is typing.Annotated:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) is tuple:
        return tuple, typing.get_args(hint)[0]
    return hint, None


def leaves_of(value: typing.Any, path: str) -> Iterator[tuple[str, Leaf]]:
    """Yields every declared value of what stands at the path, as `leaves` does of the content."""
    if isinstance(value, Group):
        for name in value.__struct_fields__:
            yield from leaves_of(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, element in enumerate(value):
            yield from leaves_of(element, f"{path}[{index}]")
    elif value is not None:
        yield path, value


def _replaced(
    current: typing.Any, kind: typing.Any, rest: tuple[str | int, ...], value: object, path: str
) -> object:
    if not rest:
        return value
    step = rest[0]
    assert isinstance(step, str)
    group = kind() if current is None else current
    member, element = member_types(kind)[step]
    old = getattr(group, step)
    if member is tuple and len(rest) > 1:
        index = rest[1]
        assert isinstance(index, int)
        if index > len(old):
            raise FieldPathError(path)
        before = old[index] if index < len(old) else None
        new = _replaced(before, element, rest[2:], value, path)
        changed: object = (*old[:index], new, *old[index + 1 :])
    else:
        changed = _replaced(old, member, rest[1:], value, path)
    return msgspec.structs.replace(group, **{step: changed})


def parent_in(path: str, parents: Collection[str]) -> str | None:
    """Returns the widest of the parents that the path is or lies below; as fast for a thousand of them as for one."""
    return next((prefix for prefix in _prefixes(path) if prefix in parents), None)


def is_within(path: str, parents: Collection[str]) -> bool:
    """Returns whether the path is one of the parents or lies below one."""
    return parent_in(path, parents) is not None


def _prefixes(path: str) -> Iterator[str]:
    yield from (path[:at] for at, sign in enumerate(path) if sign in ".[")
    yield path


def line_index(path: str) -> int | None:
    """Returns which line the field path lies in; None where it lies in none."""
    found = _LINE.match(path)
    return int(found[1]) if found else None
