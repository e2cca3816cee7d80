"""How many corruptions of real summaries the gate refuses: of the samples, and of the folders that are named.

Summaries are those of the templates, and texts that a model may choose: keys drawn at random, leads among them.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path

from attack.outcome import Outcome
from attack.target import in_time
from invoice_reading.reading import Reading
from summary_corruptions.catalogue import KINDS, corruptions
from summary_corruptions.readings import (
    CleanSummary,
    chosen_summaries,
    readings_in,
    sample_readings,
    summaries,
)

Readings = Iterator[tuple[str, Reading]]
Summaries = Callable[[str, Reading], Iterator[CleanSummary]]


@dataclass(slots=True)
class Tally:
    """What came of the corruptions of one writer's summaries, by kind."""

    clean: int = 0
    refused_clean: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)


def main() -> None:
    arguments = _arguments()
    folders = (readings_in(folder) for folder in arguments.folders)
    tallies = _attacked(
        chain(sample_readings(), *folders), seed=arguments.seed, each=arguments.each
    )
    width = max(map(len, (*KINDS, *tallies)))
    print(f"{'kind':{width}}  {'tried':>7}  {'passed':>7}")
    for kind in KINDS:
        tried, passed = (
            sum(getattr(tally, name)[kind] for tally in tallies.values())
            for name in ("tried", "passed")
        )
        print(f"{kind:{width}}  {tried:7}  {passed:7}")
    print(f"\n{'texts of':{width}}  {'tried':>7}  {'passed':>7}  {'clean':>7}  refused")
    for writer, tally in tallies.items():
        print(
            f"{writer:{width}}  {tally.tried.total():7}  {tally.passed.total():7}"
            f"  {tally.clean:7}  {tally.refused_clean:7}"
        )
    sys.exit(1 if any(t.passed.total() or t.refused_clean for t in tallies.values()) else 0)


def attacks_on_the_gate(
    samples: int, folders: Sequence[Path], seed: int, until: float
) -> Iterator[Outcome]:
    """Shows the gate a corruption of every kind of each summary of so many samples and of the folders' invoices."""
    readings = [*chain(islice(sample_readings(), samples), *map(readings_in, folders))]
    begun: list[str] = []

    def each() -> Readings:
        for name, reading in in_time(iter(readings), until):
            begun.append(name)
            yield name, reading

    tallies = _attacked(each(), seed=str(seed), each=1)
    for writer, tally in tallies.items():
        outcome = Outcome(
            attack=f"corrupt texts of {writer}",
            goal="the gate refuses each, and no clean one",
            planned=tally.tried.total(),
            tried=tally.tried.total(),
            through=tally.passed.total(),
            notes=[f"of {tally.clean} summaries of {len(begun)} invoices"],
        )
        outcome.require(not tally.refused_clean, f"{tally.refused_clean} clean ones are refused")
        left = len(readings) - len(begun)
        outcome.require(not left, f"ran out of time before {left} of {len(readings)} invoices")
        yield outcome


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="of XML and PDF invoices")
    parser.add_argument("--seed", default="gate", help="another seed, other corruptions")
    parser.add_argument("--each", type=int, default=1, help="of every kind, for each summary")
    return parser.parse_args()


def _attacked(readings: Readings, *, seed: str, each: int) -> Mapping[str, Tally]:
    """Returns by the writer what came of the corruptions."""
    writers: Mapping[str, Summaries] = {
        "the templates": summaries,
        "a model's choices": partial(chosen_summaries, seed=seed),
    }
    tallies = {writer: Tally() for writer in writers}
    for name, reading in readings:
        for writer, written in writers.items():
            for summary in written(name, reading):
                _attack(summary, tallies[writer], seed=seed, each=each)
    return tallies


def _attack(summary: CleanSummary, tally: Tally, *, seed: str, each: int) -> None:
    gate = summary.gate()
    tally.clean += 1
    tally.refused_clean += not gate.verify(summary.bound).accepted
    for corruption in corruptions(summary, seed=f"{seed} {summary.name}", each=each):
        tally.tried[corruption.kind] += 1
        tally.passed[corruption.kind] += gate.verify(corruption.bound).accepted


if __name__ == "__main__":
    main()
