"""What a filter says once it is understood: a tree whose fields are known and whose values are typed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    HAS = ":"


@dataclass(frozen=True, slots=True)
class Present:
    """Any value at all, as in `field:*`."""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """`text` with any further text before it, after it, or both, as in `"*text"`, `"text*"`, `"*text*"`."""

    text: str
    any_before: bool
    any_after: bool


Value = str | TextPattern | Decimal | date | datetime | bool | Present


@dataclass(frozen=True, slots=True)
class Comparison:
    """The field stands to the value as the operator says.

    - A TextPattern comes with EQUAL, NOT_EQUAL and HAS, on text only.
    - HAS comes with Present on every field, and otherwise on text and lists only: the text contains the value, or is of
      the pattern; the list has it among its elements.
    - A timestamp is aware and in UTC. A value of an enumeration is one of its names.
    """

    field: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Not:
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more operands hold."""

    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more operands holds."""

    operands: tuple["Expression", ...]


Expression = And | Or | Not | Comparison
