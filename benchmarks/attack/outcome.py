"""What came of an attack, and the one table of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Outcome:
    """`lost`, `doubled` and `through` must stay 0; `misses` say in words what else went against the goal.

    `through` counts what was leaked, changed or let through. An attack that ran out of time has missed its goal: what
    was not tried is not known to hold.
    """

    attack: str
    goal: str
    planned: int
    tried: int = 0
    lost: int = 0
    doubled: int = 0
    through: int = 0
    misses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        nothing_wrong = not (self.lost or self.doubled or self.through or self.misses)
        return nothing_wrong and self.tried >= self.planned

    def require(self, condition: bool, miss: str) -> None:
        """The miss is told where the condition does not hold, once."""
        if not condition and miss not in self.misses:
            self.misses.append(miss)


def table(outcomes: Sequence[Outcome]) -> str:
    """Returns a row for each attack, and below each what was missed and what else is worth knowing."""
    width = max(len(outcome.attack) for outcome in outcomes)
    lines = [
        f"{'attack':{width}}  {'tried':>6}  {'lost':>4}  {'doubled':>7}  {'through':>7}  held  goal"
    ]
    for outcome in outcomes:
        held = "yes" if outcome.held else "NO"
        lines.append(
            f"{outcome.attack:{width}}  {outcome.tried:6}  {outcome.lost:4}  {outcome.doubled:7}"
            f"  {outcome.through:7}  {held:4}  {outcome.goal}"
        )
        if outcome.tried < outcome.planned:
            lines.append(
                f"{'':{width}}  ran out of time after {outcome.tried} of {outcome.planned}"
            )
        lines += [f"{'':{width}}  missed: {miss}" for miss in outcome.misses]
        lines += [f"{'':{width}}  {note}" for note in outcome.notes]
    return "\n".join(lines)
