"""What a document says less than the content that it was written from."""

import re
from collections.abc import Iterator, Mapping

from en16931.binding.table import Many, MemberBinding, One
from en16931.field_path import Leaf, leaves
from en16931.model import InvoiceContent
from en16931.writing.formats import is_xml_text
from en16931.writing.written import LeftOut, LeftOutReason

_INDEX = re.compile(r"\[[0-9]+\]")
_ATTACHED = ".attached_document."


def left_out(
    content: InvoiceContent, read: InvoiceContent, places: frozenset[str]
) -> Iterator[LeftOut]:
    """Yields each value of the content that is not what was read under its path; `places` are those of the syntax."""
    found: Mapping[str, Leaf] = dict(leaves(read))
    for path, value in leaves(content):
        said = value.strip() if isinstance(value, str) else value
        if said != found.get(path) and said != "":
            yield LeftOut(path, _reason(path, value, places))


def _reason(path: str, value: Leaf, places: frozenset[str]) -> LeftOutReason:
    if isinstance(value, str) and not is_xml_text(value):
        return LeftOutReason.NOT_XML
    if _INDEX.sub("[*]", path) not in places:
        return LeftOutReason.NO_PLACE
    if _ATTACHED in path:
        return LeftOutReason.NO_ATTACHMENT
    return LeftOutReason.NOT_SAYABLE


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
