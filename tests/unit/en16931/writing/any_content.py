"""Content of any kind, also such as no document has: what a writer must not fall over."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from en16931.field_path import member_types
from en16931.model import Group, InvoiceContent

_TEXTS = st.one_of(
    st.sampled_from(
        ["EUR", "SEK", "380", "381", "VAT", "SEPA", "130", "50", "DE02 1203 0000 0000"]
    ),
    st.sampled_from(["", " ", " a ", "#AAI#b", "<&>\"'", "a\rb\nc\td", "\x00", "\ud800", "\ufffe"]),
    st.text(max_size=6),
)
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda value: len(f"{value:f}") < 40
)
_LEAVES: dict[type, st.SearchStrategy[Any]] = {
    str: _TEXTS,
    Decimal: _DECIMALS,
    date: st.dates(),
    bool: st.booleans(),
    int: st.integers(0, 10**6),
}


def any_content() -> st.SearchStrategy[InvoiceContent]:
    """Returns contents with a currency, and with any of the other fields."""
    return _groups(InvoiceContent, currency_code=st.just("EUR"))


def _groups(kind: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = {
        name: _values(member, element) for name, (member, element) in member_types(kind).items()
    }
    return st.builds(kind, **{**fields, **given})


def _values(member: type, element: type | None) -> st.SearchStrategy[Any]:
    if element is not None:
        return st.lists(_groups(element), max_size=2).map(tuple)
    if issubclass(member, Group):
        return st.none() | _groups(member)
    if issubclass(member, Enum):
        return st.none() | st.sampled_from(member)
    return st.none() | _LEAVES[member]
