"""A sum that a page of a long table carries over to the next one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarriedSum:
    """Such a sum at the foot or the head of the page of that number, and whether the document bears it out.

    It does not where it is no sum of the rows before it, or where the head of a page states another than the foot of the
    page before.
    """

    page: int
    holds: bool
