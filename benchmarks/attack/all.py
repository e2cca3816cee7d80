"""Attacks the system in every way that is known, within a time, and says in one table which goals held."""

import argparse
import asyncio
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence

from attack.bombs import attack_by_bombs
from attack.counts import BY_MINUTES, Counts
from attack.documents import labelled_data
from attack.duplicates import attack_by_duplicates, attack_by_storms
from attack.gate import attacks_on_the_gate
from attack.hidden_text import attack_by_hidden_text
from attack.kills import attack_by_kills
from attack.levels import levels_in_use, levels_table, require_return
from attack.mutations import attack_by_mutations
from attack.outcome import Outcome, table
from attack.stalls import attack_by_stalls
from attack.target import Target, attacked_system
from hidden_text_attacks import SEED

Attack = Callable[[Target], Awaitable[Outcome]]

ATTACKS: Sequence[Attack] = (
    attack_by_mutations,
    attack_by_bombs,
    attack_by_duplicates,
    attack_by_storms,
    attack_by_stalls,
)
_FOR_THE_ENDS_SECONDS = 45  # of what was begun


def main() -> None:
    arguments = _arguments()
    end = time.monotonic() + 60 * arguments.minutes
    outcomes = asyncio.run(
        attacked(arguments.seed, BY_MINUTES[arguments.minutes], end - _FOR_THE_ENDS_SECONDS, end)
    )
    print(f"\n{table(outcomes)}")
    sys.exit(0 if all(outcome.held for outcome in outcomes) else 1)


async def attacked(seed: int, counts: Counts, until: float, end: float) -> list[Outcome]:
    """Returns what came of every attack. None begins anything after `until`, and all is broken off at `end`."""
    outcomes = [*_attacks_on_readings(seed, counts, until)]
    try:
        async with asyncio.timeout(max(0, end - time.monotonic())):
            async with attacked_system(seed, counts, until) as target:
                await _attack(target, outcomes)
    except TimeoutError:
        broken = Outcome(attack="the whole", goal="ends within its time", planned=1)
        outcomes.append(broken)
    return outcomes


def _attacks_on_readings(seed: int, counts: Counts, until: float) -> Sequence[Outcome]:
    """Those that need no servers."""
    print("attacks on readings ...", flush=True)
    labelled = labelled_data() if counts.labelled_invoices else None
    folders = [labelled / "invoices"] if labelled else []
    return (
        attack_by_hidden_text(counts.hidden_texts, seed, until),
        *attacks_on_the_gate(counts.summarized_samples, folders, seed, until),
    )


async def _attack(target: Target, outcomes: list[Outcome]) -> None:
    """Kills come last, so that the processes of before can be compared with themselves after everything else."""
    processes = Outcome(
        attack="processes",
        goal="descriptors and memory are back afterwards",
        planned=len(target.system.processes),
    )
    before = await levels_in_use(target, processes)
    for attack in ATTACKS:
        outcomes.append(await outcome_of(attack, target))
    after = await require_return(target, processes, before)
    processes.tried = len(after.descriptors)
    outcomes += [processes, await outcome_of(attack_by_kills, target)]
    print(f"\n{levels_table(before, after)}")


async def outcome_of(attack: Attack, target: Target) -> Outcome:
    """Returns what came of the attack; one that ends by an error has missed its goal."""
    print(f"{attack.__name__} ...", flush=True)
    began = time.monotonic()
    try:
        outcome = await attack(target)
    except Exception as error:
        traceback.print_exc()
        outcome = Outcome(attack=attack.__name__, goal="ends without an error", planned=1)
        outcome.require(False, f"ended with {type(error).__name__}")
    print(
        f"  {'held' if outcome.held else 'NOT HELD'}, {time.monotonic() - began:.0f} s", flush=True
    )
    return outcome


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other attacks")
    parser.add_argument(
        "--minutes",
        type=int,
        choices=sorted(BY_MINUTES),
        default=max(BY_MINUTES),
        help="the time that it may take, and with it how much is tried",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
