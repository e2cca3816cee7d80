"""Times several ways of one thing in turn, and tells their ratio: the one figure that a loaded machine leaves honest.

Every round runs each way once, in an order that turns, so that whatever slows the machine slows them all.
"""

import gc
import json
import platform
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 7
OUTPUT = Path("dist/benchmarks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison: `median` over the rounds, with the least and the greatest; `goal` is what was hoped for."""

    name: str
    unit: str
    median: float
    least: float
    greatest: float
    goal: str


def row(name: str, unit: str, values: Sequence[float], goal: str = "") -> Row:
    return Row(
        name=name,
        unit=unit,
        median=statistics.median(values),
        least=min(values),
        greatest=max(values),
        goal=goal,
    )


async def interleaved(
    ways: Mapping[str, Callable[[], Awaitable[object]]], rounds: int = ROUNDS
) -> dict[str, list[float]]:
    """Returns the seconds of each way, one value a round; a first round that warms up is thrown away."""
    names = list(ways)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            gc.collect()
            started = time.perf_counter()
            await ways[name]()
            if number:
                seconds[name].append(time.perf_counter() - started)
    return seconds


def ratios(numerator: Sequence[float], denominator: Sequence[float]) -> list[float]:
    """Returns the ratio of each round."""
    return [a / b for a, b in zip(numerator, denominator, strict=True)]


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def peak_mebibytes() -> float:
    """Returns the most memory that this process has had (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(benchmark: str, rows: Sequence[Row]) -> None:
    """Prints the rows as a table and writes them under dist/benchmarks/."""
    widths = max(len(r.name) for r in rows), max(len(r.unit) for r in rows)
    print(f"\n{benchmark}")
    print(f"  {'':{widths[0]}}  {'median':>9}  {'least':>9}  {'greatest':>9}  unit, goal")
    for r in rows:
        goal = f", goal {r.goal}" if r.goal else ""
        print(
            f"  {r.name:{widths[0]}}  {r.median:9.3f}  {r.least:9.3f}  {r.greatest:9.3f}  "
            f"{r.unit}{goal}"
        )
    OUTPUT.mkdir(parents=True, exist_ok=True)
    file = OUTPUT / f"{benchmark}.json"
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    content = {"benchmark": benchmark, "machine": machine, "rows": [asdict(r) for r in rows]}
    file.write_text(json.dumps(content, indent=2) + "\n")
    print(f"  written to {file}")
