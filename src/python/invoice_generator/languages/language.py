"""What a document in one language is written with."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`labels` and `phrases` have alternatives under each key; `dates` and `numbers` are in the order of their frequency.

    A date pattern is a format string of d, dd, mm, yy, y and month; a number style is 1234.56 written in it.
    """

    code: str
    countries: tuple[str, ...]
    months: tuple[str, ...]
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    items: tuple[tuple[str, str, str], ...]
    details: tuple[str, ...]
    sections: tuple[str, ...]
