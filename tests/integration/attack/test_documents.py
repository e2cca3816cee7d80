"""A small part of the attacks by documents and requests, on separate processes; `benchmarks/attack:all` tries more."""

import math

from attack.bombs import attack_by_bombs
from attack.counts import SMALL
from attack.duplicates import attack_by_duplicates, attack_by_storms
from attack.gate import attacks_on_the_gate
from attack.hidden_text import attack_by_hidden_text
from attack.mutations import attack_by_mutations
from attack.outcome import table
from attack.target import attacked_system

SEED = 7


async def test_documents_and_requests_that_attack_lose_double_and_leak_nothing() -> None:
    async with attacked_system(SEED, SMALL, until=math.inf) as target:
        outcomes = [
            await attack(target)
            for attack in (
                attack_by_mutations,
                attack_by_bombs,
                attack_by_duplicates,
                attack_by_storms,
            )
        ]
    assert all(outcome.held for outcome in outcomes), f"\n{table(outcomes)}"


def test_attacks_on_readings_hold() -> None:
    outcomes = [
        attack_by_hidden_text(SMALL.hidden_texts, SEED, until=math.inf),
        *attacks_on_the_gate(SMALL.summarized_samples, (), SEED, until=math.inf),
    ]
    assert all(outcome.held for outcome in outcomes), f"\n{table(outcomes)}"
    assert [outcome.tried > 0 for outcome in outcomes] == [True] * 3
