"""What a binding table is made of: for each field of the model, where its value stands in a syntax.

A table is a `One` for the whole invoice. Paths are relative to the element of the enclosing group; `binding.path` has
their grammar. Where a field names several paths, the first that gives a text counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from en16931.binding import values
from en16931.binding.values import Converter
from en16931.field_path import Leaf
from en16931.model import Group, Identifier

CURRENCY = "currency"
ACCOUNTING_CURRENCY = "accounting_currency"


@dataclass(frozen=True, slots=True)
class Value:
    """A leaf. With `only`, two nodes that disagree give no value: both are reported as unreadable.

    So is a node whose `currencyID` names another currency than the variable `currency`, where both are declared.
    """

    paths: tuple[str, ...]
    convert: Converter
    only: bool = False
    keep_text: bool = True
    currency: str = CURRENCY


@dataclass(frozen=True, slots=True)
class Stated:
    """A leaf that the group's element states by being there, from its index among its kind (from 0)."""

    value: Callable[[int], Leaf]


@dataclass(frozen=True, slots=True)
class One:
    """A group that occurs once: the first element that the path reaches."""

    group: type[Group]
    path: str
    members: "Members"


@dataclass(frozen=True, slots=True)
class Many:
    """A group that occurs as often as the path reaches an element that declares something."""

    group: type[Group]
    path: str
    members: "Members"


# Of several `One`, the first that declares something counts; of several `Many`, all, one after the other.
MemberBinding = Value | Stated | One | Many | tuple[One | Many, ...]
Members = Mapping[str, MemberBinding]


def text(*paths: str) -> Value:
    return Value(paths, values.text)


def decimal(*paths: str) -> Value:
    return Value(paths, values.decimal)


def total(*paths: str, currency: str = CURRENCY) -> Value:
    """A document total: there can be only one in a currency."""
    return Value(paths, values.decimal, only=True, currency=currency)


def calendar_date(*paths: str) -> Value:
    return Value(paths, values.calendar_date)


def identifier(path: str, scheme: str = "@schemeID", version: str = "@schemeVersionID") -> One:
    return One(Identifier, path, _identifier_members(scheme, version))


def identifiers(path: str, scheme: str = "@schemeID", version: str = "@schemeVersionID") -> Many:
    return Many(Identifier, path, _identifier_members(scheme, version))


def embedded(convert: Converter) -> Value:
    """A leaf that is computed from a document embedded in the element; its text is not kept."""
    return Value((".",), convert, keep_text=False)


def _identifier_members(scheme: str, version: str) -> Members:
    return {"value": text("."), "scheme_id": text(scheme), "scheme_version": text(version)}
