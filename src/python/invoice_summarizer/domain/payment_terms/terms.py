"""What payment terms say, each number and date with its place in the text.

A place is characters [begin, end), Unicode code points counted from 0, as derivations name them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    value: date
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day: so many days after the invoice date, or a date. Where both are said, they may contradict."""

    days: Number | None = None
    day: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """So many hundredths less for who pays by the deadline: of `base_amount`, else of the amount due."""

    percent: Number
    deadline: Deadline
    base_amount: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of the amount due: hundredths of it, or an amount. `currency_code` is None where none stands beside it."""

    deadline: Deadline
    percent: Number | None = None
    amount: Number | None = None
    currency_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """Discounts in the order of the text. `net` is when all of it is due. There are no or at least two instalments."""

    discounts: tuple[Discount, ...] = ()
    net: Deadline | None = None
    instalments: tuple[Instalment, ...] = ()
