"""What a document says less than the content that it was written from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from en16931.binding.table import Many, MemberBinding, One
from en16931.model import Group, InvoiceContent
from en16931.writing.formats import is_xml_text
from en16931.writing.written import LeftOut, LeftOutReason

_INDEX = re.compile(r"\[[0-9]+\]")
_ATTACHED = ".attached_document."
_FEW = 20  # items among which one is looked for that stands elsewhere
_POSITION = "extras.position"  # of a line: not said, but by where it stands


def left_out(
    content: InvoiceContent, read: InvoiceContent, places: frozenset[str]
) -> Iterator[LeftOut]:
    """Yields each value of the content that was not read again; `places` are the fields that the syntax has."""
    for path, value in _unsaid("", content, read):
        if path.endswith(_POSITION):
            continue
        yield LeftOut(path, _reason(path, value, places))


def places_of(table: One) -> frozenset[str]:
    """Returns the path patterns of the fields that the table has a place for: `lines[*].item.name`."""
    return frozenset(_places("", table))


def _places(path: str, binding: MemberBinding) -> Iterator[str]:
    if isinstance(binding, tuple):
        for part in binding:
            yield from _places(path, part)
    elif isinstance(binding, One | Many):
        group = f"{path}[*]" if isinstance(binding, Many) else path
        for name, member in binding.members.items():
            yield from _places(f"{group}.{name}" if group else name, member)
    else:
        yield path


def _reason(path: str, value: object, places: frozenset[str]) -> LeftOutReason:
    if isinstance(value, str) and not is_xml_text(value):
        return LeftOutReason.NOT_XML
    if _INDEX.sub("[*]", path) not in places:
        return LeftOutReason.NO_PLACE
    return LeftOutReason.NO_ATTACHMENT if _ATTACHED in path else LeftOutReason.NOT_SAYABLE


def _unsaid(path: str, stated: Any, read: Any) -> Iterator[tuple[str, object]]:
    """Yields the path and value of each leaf below what is stated that does not stand at its place in what was read."""
    if stated == read:
        return
    if isinstance(stated, Group):
        for name in stated.__struct_fields__:
            value = getattr(stated, name)
            if value is not None:
                member = f"{path}.{name}" if path else name
                yield from _unsaid(member, value, getattr(read, name, None))
    elif isinstance(stated, tuple):
        for index, (each, found) in enumerate(_paired(stated, read or ())):
            yield from _unsaid(f"{path}[{index}]", each, found)
    elif _said(stated) not in ("", _said(read)):
        yield path, stated


def _said(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _paired(stated: Sequence[Group], read: Sequence[Group]) -> Iterator[tuple[Group, Group | None]]:
    """Yields each item that is stated with the one that it was read as: the one that says least that was not stated."""
    found: dict[int, Group] = {}
    left = dict(enumerate(stated))
    for each in read:
        index = _origin(each, left)
        if index is not None:
            found[index] = each
            del left[index]
    for index, item in enumerate(stated):
        yield item, found.get(index)


def _origin(read: Group, stated: Mapping[int, Group]) -> int | None:
    """Returns which of the next few has most of what was read, and of such the one with least beside; None where none has any."""
    values = len(_unstated(read, None))
    best: tuple[int, int, int] | None = None
    for index, item in islice(stated.items(), _FEW):
        missing = len(_unstated(read, item))
        if missing == values:
            continue
        rank = missing, len(_unstated(item, read)), index
        best = rank if best is None else min(best, rank)
        if best[:2] == (0, 0):
            break
    return None if best is None else best[-1]


def _unstated(one: Group, other: Group | None) -> Sequence[object]:
    """Returns the values of the one that the other has not."""
    return [path for path, _ in _unsaid("", one, other) if path != _POSITION]
