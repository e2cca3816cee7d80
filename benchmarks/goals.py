"""Figures against their goals, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure against its goal, which is the most that it may be."""

    name: str
    value: float
    goal: float
    unit: str

    @property
    def reached(self) -> bool:
        return self.value <= self.goal


def table(measured: Sequence[Measured]) -> str:
    width = max(len(each.name) for each in measured)
    return "\n".join(
        f"{each.name:{width}}  {each.value:7.1f} {each.unit:11}"
        f"  at most {each.goal:3.0f}  {'reached' if each.reached else 'MISSED'}"
        for each in measured
    )
