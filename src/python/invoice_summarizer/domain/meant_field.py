"""Which field of the content somebody may have meant who wrote a path that is none."""

import re
from collections.abc import Iterator
from functools import cache

from aip.nearest import nearest
from en16931.field_path import member_types
from en16931.model import Group, InvoiceContent

_INDEX = re.compile(r"\[([0-9]*)\]")


def meant_field(written: str) -> str:
    """Returns the path of the model that is most like the written one; nothing where none is, or it is one itself."""
    indices = iter(_INDEX.findall(written))
    pattern = nearest(_INDEX.sub("[]", written), _patterns())
    meant = _INDEX.sub(lambda _: f"[{next(indices, '') or 0}]", pattern)
    return "" if meant == written else meant


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(_below("", InvoiceContent))


def _below(prefix: str, group: type[Group]) -> Iterator[str]:
    """Yields the path of every single field, with [] where an element of a list is named."""
    for name, (member, element) in member_types(group).items():
        path = f"{prefix}.{name}" if prefix else name
        if member is tuple:
            path, member = f"{path}[]", element or str
        if issubclass(member, Group):
            yield from _below(path, member)
        else:
            yield path
