"""What a field offers to filters: its type, and with it the operators and literals that make sense."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, auto
from types import MappingProxyType

from aip.filter_expression import Operator
from aip.nearest import folded, nearest


class UnknownWord(ValueError):
    """The text is none of the words that the field knows; `suggestion` is the one that may have been meant."""

    def __init__(self, expected: str, suggestion: str) -> None:
        super().__init__(expected)
        self.suggestion = suggestion


class FieldType(Enum):
    STRING = auto()
    TEXT = auto()  # of several places, joined: it contains something or does not
    LIST = auto()  # of texts: it has one or does not
    ENUM = auto()
    DECIMAL = auto()
    DATE = auto()
    TIMESTAMP = auto()
    BOOLEAN = auto()


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field that filters may name. `values` are the names of an enumeration, and of nothing else.

    `element` returns an element of a list as the list has it. It raises ValueError with what is expected instead.
    """

    kind: FieldType
    values: tuple[str, ...] = ()
    element: Callable[[str], str] = str

    def __post_init__(self) -> None:
        if bool(self.values) != (self.kind is FieldType.ENUM):
            raise ValueError("an enumeration has values, and nothing else has")

    @property
    def operators(self) -> frozenset[Operator]:
        """What the field can be compared by. Where there is no order, nothing is less or greater."""
        if self.kind in (FieldType.TEXT, FieldType.LIST):
            return _CONTAINING
        return (
            _UNORDERED if self.kind in (FieldType.ENUM, FieldType.BOOLEAN) else frozenset(Operator)
        )

    @property
    def sortable(self) -> bool:
        """Says whether invoices can stand in its order: one that has a single value of the field has one place."""
        return self.kind not in (FieldType.TEXT, FieldType.LIST)

    def literal(self, text: str) -> str | Decimal | date | datetime | bool:
        """Returns the value that the text writes. Raises ValueError with what the field expects instead."""
        match self.kind:
            case FieldType.STRING | FieldType.TEXT:
                return text
            case FieldType.LIST:
                return self.element(text)
            case FieldType.ENUM:
                return member(text, self.values)
            case FieldType.DECIMAL:
                return _decimal(text)
            case FieldType.DATE:
                return _date(text)
            case FieldType.TIMESTAMP:
                return _timestamp(text)
            case FieldType.BOOLEAN:
                return _boolean(text)


NO_ALIASES: Mapping[str, str] = MappingProxyType({})

_CONTAINING = frozenset({Operator.HAS})
_UNORDERED = frozenset({Operator.EQUAL, Operator.NOT_EQUAL, Operator.HAS})

# The standard library reads more than is meant here: other scripts' digits, week dates, times without an offset.
# The exponent is bounded, so that no short text stands for a number of millions of digits.
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


def member(text: str, values: Iterable[str]) -> str:
    """Returns the value that the text names, however its case and its parts are written. Raises UnknownWord."""
    known = {folded(value): value for value in values}
    if folded(text) not in known:
        raise UnknownWord(f"one of {', '.join(known.values())}", nearest(text, known.values()))
    return known[folded(text)]


def _decimal(text: str) -> Decimal:
    if not _DECIMAL.fullmatch(text):
        raise ValueError("a number such as 1000 or -0.5")
    return Decimal(text)


def _date(text: str) -> date:
    expected = "a date such as 2026-01-31"
    if not _DATE.fullmatch(text):
        raise ValueError(expected)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(expected) from None


def _timestamp(text: str) -> datetime:
    expected = "a time with its offset, such as 2026-01-31T09:30:00Z"
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError(expected)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(expected) from None


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("true or false")
    return text == "true"
