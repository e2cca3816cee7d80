"""What holding one field of the XML against the pages gave."""

from dataclasses import dataclass
from enum import StrEnum

from en16931.field_path import Leaf
from invoice_reading.annotation import PageRegion


class Verdict(StrEnum):
    AGREES = "AGREES"  # the pages print the value
    NOT_PRINTED = "NOT_PRINTED"  # they print neither it nor another for the field
    DISAGREES = "DISAGREES"  # they print another, or lack what every invoice prints
    NOT_DECIDABLE = "NOT_DECIDABLE"  # they could not be read well enough to tell


class Group(StrEnum):
    """Fields that are told together: each has a rule of its own."""

    NUMBER_AND_TOTALS = "NUMBER_AND_TOTALS"
    ACCOUNTS = "ACCOUNTS"
    DATES = "DATES"
    TYPE_AND_CURRENCY = "TYPE_AND_CURRENCY"
    PARTIES = "PARTIES"
    VAT_BREAKDOWN = "VAT_BREAKDOWN"
    LINES = "LINES"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the pages print for a field: where, and read as a value of the field where it is one."""

    region: PageRegion
    value: Leaf | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on one field. `printed` is where the value stands, or what stands in its stead; None where nothing does."""

    group: Group
    path: str
    verdict: Verdict
    printed: Printed | None = None
