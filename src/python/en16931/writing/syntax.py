"""What a writer has to know of a syntax beside the table that the reader goes by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from en16931.binding.table import One
from en16931.model import InvoiceContent
from en16931.writing.schema import Schema
from en16931.xml_reading import Syntax

# Which of several places a value takes, from 0.
Choice = Callable[[Any], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSyntax:
    """A syntax as it is written. Names are prefixed as in `namespaces.NAMESPACES`.

    `table`      where each field stands
    `schema`     which elements there are, in their order
    `amounts`    the elements that state their currency
    `day`        how a date is written
    `constants`  what always stands in an element that is there: paths with their texts, in their order
    `repeated`   leaves whose text stands in each of several elements of a name as in the first
    `dispensable` elements that go, with all that is in them, where something is missing in them that the schema
                 requires: under the name of the element around them
    `choices`    by the name of a field that has several places: which of them a value takes. A field without a choice
                 takes the first that the schema has
    `sayable`    leaves out of a content what would be read as something else
    """

    syntax: Syntax
    root: str
    table: One
    schema: Schema
    namespaces: Mapping[str, str]
    amounts: frozenset[str]
    day: Callable[[date], str]
    constants: Mapping[str, tuple[tuple[str, str], ...]]
    repeated: Mapping[str, tuple[str, ...]]
    dispensable: frozenset[tuple[str, str]]
    choices: Mapping[str, Choice]
    sayable: Callable[[InvoiceContent], InvoiceContent]
