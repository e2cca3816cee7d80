"""SIGKILL of each part of the system under load, once; `benchmarks/attack:all` does it more often."""

import math

from attack.counts import SMALL
from attack.kills import attack_by_kills
from attack.outcome import table
from attack.target import attacked_system


async def test_parts_that_are_killed_lose_double_and_orphan_nothing() -> None:
    async with attacked_system(7, SMALL, until=math.inf) as target:
        outcome = await attack_by_kills(target)
    assert outcome.held, f"\n{table([outcome])}"
