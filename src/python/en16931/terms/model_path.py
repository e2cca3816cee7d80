"""Where the model keeps a business term or group: its field path, from the annotations of the model itself."""

import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from en16931.business_terms import business_terms, unwrapped
from en16931.model import Group, InvoiceContent

Named = Sequence[tuple[str, int]]  # the name and index of each group from the invoice downwards

_EACH = "[*]"
_PARTS = re.compile(r"(BT-[0-9]+)-[0-9]+")


def group_path(groups: Named) -> str:
    """Returns the field path of the last group: `lines[3].allowances[0]`; of one that the model has not, its parent's."""
    patterns = group_patterns()
    known = [name for name, _ in groups if name in patterns]
    return _indexed(patterns[known[-1]], groups) if known else ""


def term_path(groups: Named, term: str) -> str:
    """Returns the field path of a term of the last group; empty where the model has none for it."""
    scheme = _PARTS.fullmatch(term)
    pattern = _term_patterns().get(scheme[1] if scheme else term)
    return "" if pattern is None else _indexed(pattern, groups)


def _indexed(pattern: str, groups: Named) -> str:
    patterns = group_patterns()
    for name, index in groups:
        if patterns.get(name, "").endswith(_EACH):
            pattern = pattern.replace(_EACH, f"[{index}]", 1)
    return pattern


def term_pattern(term: str) -> str:
    """Returns the path pattern of a term, `lines[*].net_amount`; empty where the model has none for it."""
    return _term_patterns().get(term, "")


@cache
def _term_patterns() -> Mapping[str, str]:
    return {term: path.removesuffix(_EACH) for path, term in business_terms().items()}


@cache
def group_patterns() -> Mapping[str, str]:
    """Returns the path pattern of each group, and of each term that may stand several times."""
    return dict(_groups("", InvoiceContent))


def _groups(prefix: str, kind: type[Group]) -> Iterator[tuple[str, str]]:
    hints = typing.get_type_hints(kind, include_extras=True)
    for name in kind.__struct_fields__:
        group, term, repeated = unwrapped(hints[name])
        if term is None:
            continue
        path = f"{prefix}{name}{_EACH if repeated else ''}"
        if term.identifier.startswith("BG-") or repeated:
            yield term.identifier, path
        if not term.members and issubclass(group, Group):
            yield from _groups(f"{path}.", group)
