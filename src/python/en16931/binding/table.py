"""What a binding table is made of: for each field of the model, where its value stands in a syntax.

A table is a `One` for the whole invoice. Paths are relative to the element of the enclosing group; `binding.path` has
their grammar. Where a field names several paths, the first that gives a text counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from en16931.binding import values
from en16931.binding.values import Converter
from en16931.field_path import Leaf
from en16931.model import Group, Identifier
from en16931.xml_reading import UnreadableReason

CURRENCY = "currency"
ACCOUNTING_CURRENCY = "accounting_currency"


class Several(Enum):
    """What several nodes of a path say of a term that stands once."""

    FIRST = auto()  # the first counts
    CONFLICT = auto()  # different values are none, and each is reported as unreadable
    CONFLICT_OF_PATHS = auto()  # the same, of the nodes of all paths together
    AGREED = auto()  # different values are none: each is of a part of the document
    ADDED = auto()  # the value is the sum of all, which are all its places
    SOLE = auto()  # there is no value where an element on the way has others of its name beside it


@dataclass(frozen=True, slots=True)
class Value:
    """A leaf. A node whose `currencyID` names another currency than the variable `currency` is reported as unreadable,
    where both are declared. Where no path gives a value, the nodes of `doubtful` are reported as unreadable: they are
    what the field may be, for the reason that stands with them.
    """

    paths: tuple[str, ...]
    convert: Converter
    several: Several = Several.FIRST
    keep_text: bool = True
    currency: str = CURRENCY
    doubtful: tuple[str, ...] = ()
    doubt: UnreadableReason = UnreadableReason.DECLARED_TWICE


@dataclass(frozen=True, slots=True)
class Joined:
    """A text that a syntax states in several elements: those of each path, with the separator between them."""

    paths: tuple[str, ...]
    separator: str = " "


@dataclass(frozen=True, slots=True)
class OfWhole:
    """A text of the element that this one is a part of (`Many.parts`)."""

    path: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A leaf that the group's element states by being there, from its index among its kind (from 0)."""

    value: Callable[[int], Leaf]


@dataclass(frozen=True, slots=True)
class One:
    """A group that occurs once: the first element that the path reaches.

    Where others say something else of a leaf, it has no value, and each node is reported as unreadable.
    """

    group: type[Group]
    path: str
    members: "Members"


@dataclass(frozen=True, slots=True)
class Many:
    """A group that occurs as often as the path reaches an element that declares something.

    Where the path reaches fewer elements than `at_least`, it does not occur. Elements that `parts` reaches below one, at
    any depth, follow it in document order; their members are `part_members`.
    """

    group: type[Group]
    path: str
    members: "Members"
    at_least: int = 1
    parts: str = ""
    part_members: "Members" = field(default_factory=dict)


# Of several `Value` or `One`, the first that says something counts; of several `Many`, all, one after the other.
MemberBinding = Value | Joined | OfWhole | Stated | One | Many | tuple[Value | One | Many, ...]
Members = Mapping[str, MemberBinding]


def text(*paths: str, several: Several = Several.CONFLICT) -> Value:
    return Value(paths, values.text, several)


def decimal(*paths: str, several: Several = Several.CONFLICT) -> Value:
    return Value(paths, values.decimal, several)


def total(*paths: str, currency: str = CURRENCY) -> Value:
    """A document total: there can be only one in a currency."""
    return Value(paths, values.decimal, Several.CONFLICT, currency=currency)


def calendar_date(*paths: str, several: Several = Several.CONFLICT) -> Value:
    return Value(paths, values.calendar_date, several)


def identifier(path: str, scheme: str = "@schemeID", version: str = "@schemeVersionID") -> One:
    return One(Identifier, path, _identifier_members(scheme, version))


def identifiers(path: str, scheme: str = "@schemeID", version: str = "@schemeVersionID") -> Many:
    return Many(Identifier, path, _identifier_members(scheme, version))


def embedded(convert: Converter, path: str = ".") -> Value:
    """A leaf that is computed from a document embedded in the element; its text is not kept."""
    return Value((path,), convert, keep_text=False)


def _identifier_members(scheme: str, version: str) -> Members:
    return {"value": text("."), "scheme_id": text(scheme), "scheme_version": text(version)}
