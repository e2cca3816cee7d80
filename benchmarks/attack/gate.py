"""How many corruptions of real summaries the gate refuses: of the samples, and of the folders that are named."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from attack.outcome import Outcome
from attack.target import in_time
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from summary_corruptions.catalogue import KINDS, corruptions
from summary_corruptions.readings import readings_in, sample_readings, summaries


def main() -> None:
    arguments = _arguments()
    folders = (readings_in(folder) for folder in arguments.folders)
    tried, passed, refused_clean = _attacked(
        chain(sample_readings(), *folders), seed=arguments.seed, each=arguments.each
    )
    width = max(map(len, KINDS))
    print(f"{'kind':{width}}  {'tried':>7}  {'passed':>7}")
    for kind in KINDS:
        print(f"{kind:{width}}  {tried[kind]:7}  {passed[kind]:7}")
    print(f"{'all':{width}}  {tried.total():7}  {passed.total():7}")
    print(f"clean summaries refused: {refused_clean}")
    sys.exit(1 if passed or refused_clean else 0)


def attack_on_the_gate(samples: int, folders: Sequence[Path], seed: int, until: float) -> Outcome:
    """Shows the gate a corruption of every kind of each summary of so many samples and of the folders' invoices."""
    readings = [*chain(islice(sample_readings(), samples), *map(readings_in, folders))]
    begun: list[str] = []

    def each() -> Iterator[tuple[str, Reading]]:
        for name, reading in in_time(iter(readings), until):
            begun.append(name)
            yield name, reading

    tried, passed, refused_clean = _attacked(each(), seed=str(seed), each=1)
    outcome = Outcome(
        attack="corrupt summaries",
        goal="the gate refuses each, and no clean one",
        planned=tried.total(),
        tried=tried.total(),
        through=passed.total(),
        notes=[f"of the summaries of {len(begun)} invoices"],
    )
    outcome.require(not refused_clean, f"{refused_clean} clean summaries are refused")
    left = len(readings) - len(begun)
    outcome.require(not left, f"ran out of time before {left} of {len(readings)} invoices")
    return outcome


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="of XML and PDF invoices")
    parser.add_argument("--seed", default="gate", help="another seed, other corruptions")
    parser.add_argument("--each", type=int, default=1, help="of every kind, for each summary")
    return parser.parse_args()


def _attacked(
    readings: Iterator[tuple[str, Reading]], *, seed: str, each: int
) -> tuple[Counter[str], Counter[str], int]:
    """Returns how many of each kind were tried and how many passed, and how many clean summaries did not."""
    tried, passed = Counter[str](), Counter[str]()
    refused_clean = 0
    for name, reading in readings:
        for summary in summaries(name, reading):
            clean = verify_summary(summary.bound, reading, summary.language, summary.style)
            refused_clean += not clean.accepted
            for corruption in corruptions(
                summary,
                seed=f"{seed} {summary.name}",
                each=each,
            ):
                tried[corruption.kind] += 1
                verification = verify_summary(
                    corruption.bound, reading, summary.language, summary.style
                )
                passed[corruption.kind] += verification.accepted
    return tried, +passed, refused_clean


if __name__ == "__main__":
    main()
