"""Which business term of EN 16931-1 each field of the model carries, read from the annotations of the model itself."""

import typing
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from en16931.model import Group, InvoiceContent, Term


@cache
def business_terms() -> Mapping[str, str]:
    """Returns the business term of each field by its path pattern, as in `lines[*].item.name` to `BT-153`.

    Groups (BG) have no entry. A field that is an identifier or an attached document stands as one term, whatever the
    parts of its value; what accounts payable adds to the model (`extras`) carries none.
    """
    return MappingProxyType(dict(_terms("", InvoiceContent, "")))


def _terms(prefix: str, group: type[Group], members: str) -> Iterator[tuple[str, str]]:
    hints = typing.get_type_hints(group, include_extras=True)
    names = group.__struct_fields__
    if members:
        # A shared class: its fields carry the terms that its place names, in their order.
        yield from zip((f"{prefix}{name}" for name in names), members.split(), strict=True)
        return
    for name in names:
        kind, term, repeated = unwrapped(hints[name])
        if term is None:
            continue
        path = f"{prefix}{name}[*]" if repeated else f"{prefix}{name}"
        if term.identifier.startswith("BT-"):
            yield path, term.identifier
        elif issubclass(kind, Group):
            yield from _terms(f"{path}.", kind, term.members)


def unwrapped(hint: typing.Any) -> tuple[type, Term | None, bool]:
    """Returns a field's type without Optional, tuple and Annotated; its term; and whether it is a tuple."""
    term: Term | None = None
    repeated = False
    while True:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            term = next((a for a in arguments[1:] if isinstance(a, Term)), term)
            hint = arguments[0]
        elif origin is tuple:
            hint, repeated = arguments[0], True
        elif arguments:
            [hint] = [argument for argument in arguments if argument is not type(None)]
        else:
            return hint, term, repeated
