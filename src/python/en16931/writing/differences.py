"""What a document says less than the content that it was written from."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from en16931.binding.table import Many, MemberBinding, One
from en16931.model import Group, InvoiceContent
from en16931.writing.formats import is_xml_text
from en16931.writing.written import LeftOut, LeftOutReason

_INDEX = re.compile(r"\[[0-9]+\]")
_ATTACHED = ".attached_document."
_FEW = 100  # items among which one is looked for that stands elsewhere


def left_out(
    content: InvoiceContent, read: InvoiceContent, places: frozenset[str]
) -> Iterator[LeftOut]:
    """Yields each value of the content that was not read again; `places` are the fields that the syntax has."""
    for path, value in _unsaid("", content, read):
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
    """Yields each item that is stated with the one that it was read as: the next that has a value of it, or any of few."""
    unused = list(reversed(read))
    for each in stated:
        candidates = range(len(unused) - 1, max(-1, len(unused) - 1 - _FEW), -1)
        at = next((index for index in candidates if _share(each, unused[index])), None)
        yield each, None if at is None else unused.pop(at)


def _share(stated: Group, read: Group) -> bool:
    unsaid = sum(1 for _ in _unsaid("", stated, read))
    return unsaid < sum(1 for _ in _unsaid("", stated, None))
