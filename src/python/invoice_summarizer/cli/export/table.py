"""Rows of a table on their way into a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

# What is known as text, an amount or a day; None where nothing is.
Cell = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole table: its heading, and the rows below it."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


class Table(Protocol):
    """A file that is written from its heading down."""

    def add(self, row: Sequence[Cell]) -> None:
        """Writes a row below the last one."""
        ...


def decimal_cell(text: str) -> Decimal | None:
    """Returns an amount of the API, which writes decimals as text; None for the empty text."""
    return Decimal(text) if text else None


def date_cell(text: str) -> date | None:
    """Returns a day of the API, which writes it as ISO 8601; None for the empty text."""
    return date.fromisoformat(text) if text else None
