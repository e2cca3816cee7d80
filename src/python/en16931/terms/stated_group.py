"""A business group of an invoice by its business terms, each as written: blanks, repetitions and all.

The content model has one typed value for a term; the official verdicts are of what is written. A `StatedGroup` gives
both to a rule: `texts` is what stands there, `number` what it is worth. Terms and groups are named as in EN 16931-1;
a scheme identifier or a currency stands behind the term that it belongs to, as in `BT-30-1` or `BT-92-currency`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from en16931.xml_reading import Syntax

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
_DATE = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


class StatedGroup(ABC):
    """One occurrence of a business group, or the whole invoice.

    `is_complete` tells whether a term that is not here is not stated (an e-invoice), or perhaps was not read (a page).
    """

    __slots__ = ()

    is_complete: bool

    @property
    @abstractmethod
    def syntax(self) -> Syntax | None:
        """The syntax that the artefact is written for; None where the invoice was not read from an e-invoice."""

    @property
    def unread(self) -> frozenset[str]:
        """The patterns, `lines[*].net_amount`, of fields of the model that are there and could not be read."""
        return frozenset()

    @property
    @abstractmethod
    def memo(self) -> dict[str, Any]:
        """What rules have worked out of this group, for the next rule; by name."""

    @property
    def invoice(self) -> "StatedGroup":
        """The whole invoice."""
        group: StatedGroup = self
        while (above := group.parent) is not None:
            group = above
        return group

    @property
    @abstractmethod
    def field_path(self) -> str:
        """The path of the group in the content model; empty for the invoice."""

    @property
    @abstractmethod
    def parent(self) -> "StatedGroup | None":
        """The group that this one stands in; None for the invoice."""

    @abstractmethod
    def texts(self, term: str) -> Sequence[str]:
        """Returns the text of every node that states the term, as written; blank texts too."""

    @abstractmethod
    def groups(self, name: str) -> "Sequence[StatedGroup]":
        """Returns every occurrence of the group, in order."""

    @abstractmethod
    def term_path(self, term: str) -> str:
        """Returns the path of the term's field in the content model; empty where the model has none for it."""

    def group(self, name: str) -> "StatedGroup | None":
        """Returns the first occurrence of the group."""
        found = self.groups(name)
        return found[0] if found else None

    def has(self, *terms: str) -> bool:
        """Tells whether any of the terms is there, be it blank."""
        return any(map(self.texts, terms))

    def has_group(self, name: str) -> bool:
        return bool(self.groups(name))

    def text(self, term: str) -> str:
        """Returns the first text of the term without white space around it; empty where there is none."""
        found = self.texts(term)
        return found[0].strip() if found else ""

    def code(self, term: str) -> str:
        """Returns the first text of the term as the artefact compares codes: that for CII takes blanks for a part of it."""
        return next(iter(self.codes(term)), "")

    def codes(self, term: str) -> Sequence[str]:
        """Returns all texts of the term as the artefact compares codes."""
        found = self.texts(term)
        return found if self.syntax is Syntax.CII else [text.strip() for text in found]

    def number(self, term: str) -> Decimal | None:
        """Returns the first value of the term; None where there is none, or it is no decimal number."""
        found = self.texts(term)
        return decimal_of(found[0]) if found else None

    def numbers(self, term: str) -> Sequence[Decimal]:
        """Returns every value of the term that is a decimal number."""
        return [number for text in self.texts(term) if (number := decimal_of(text)) is not None]


def decimal_of(text: str) -> Decimal | None:
    """Returns the xs:decimal that the text writes; None where it writes none."""
    plain = text.strip()
    return Decimal(plain) if _DECIMAL.fullmatch(plain) else None


def date_of(text: str) -> date | None:
    """Returns the day that the text writes, `2026-01-31` or `20260131`; None where it writes none."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
