"""What stands still, on separate processes, in small numbers; `benchmarks/attack:all` tries more."""

import math

from attack.counts import SMALL
from attack.outcome import table
from attack.stalls import attack_by_stalls
from attack.target import attacked_system


async def test_what_stands_still_holds_up_nobody_and_leaves_nothing_open() -> None:
    async with attacked_system(7, SMALL, until=math.inf) as target:
        outcome = await attack_by_stalls(target)
    assert outcome.held, f"\n{table([outcome])}"
