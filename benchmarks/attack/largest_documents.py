"""What the largest documents that are accepted do to another tenant, and how much memory they take.

Another tenant's calls are timed while all is quiet and while something is done with the documents, in turn; the two
make a ratio, and the figure is the median over the rounds.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goals import Measured, table
from largest_invoices import LINES, largest_invoices

from attack.large_work import ONCE, LargeWork, Work
from attack.other_tenant import PACES, Latencies, OtherTenant, other_tenant
from attack.process_memory import peaks_of_memory
from measurement import percentile
from separate_processes import separate_processes

MOST_RATIO = 3.0
MOST_MEMORY_MIB = 400.0
_LARGE, _OTHER = "acme", "other"
_MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How often all is done, how long a quiet window is and a busy one at least, and the lines of the documents."""

    rounds: int = 3
    window_seconds: float = 3.0
    lines: int = LINES


async def largest_documents(setting: Setting) -> Sequence[Measured]:
    """Returns another tenant's 99th percentiles, busy to quiet, of each call and way, and the peaks of memory."""
    documents = largest_invoices(setting.lines)
    async with separate_processes(tenants=(_LARGE, _OTHER), workers=1) as system:
        client = system.client(_LARGE)
        with other_tenant(system, _OTHER) as other:
            async with peaks_of_memory(system) as peaks:
                rounds = [
                    await _round(LargeWork(client, documents).ways(), other, setting)
                    for _ in range(setting.rounds)
                ]
    return [*_slowdowns(rounds), *_memory(peaks)]


_Ratios = Mapping[tuple[str, str], float]  # by way and call


async def _round(ways: Mapping[str, Work], other: OtherTenant, setting: Setting) -> _Ratios:
    ratios: dict[tuple[str, str], float] = {}
    for way, work in ways.items():
        quiet = await _during(other, asyncio.sleep(setting.window_seconds))
        busy = await _during(other, _for_seconds(setting.window_seconds, work, way not in ONCE))
        for call in PACES:
            ratios[way, call] = _slowest(busy[call]) / _slowest(quiet[call])
        print(f"  {way}: {_told(quiet)} quiet, {_told(busy)} busy", file=sys.stderr)
    return ratios


async def _during(other: OtherTenant, work: Awaitable[None]) -> Latencies:
    other.begin()
    await work
    return await other.end()


async def _for_seconds(seconds: float, work: Work, again: bool) -> None:
    """The work has been done once, and again and again where it can be, and the seconds are over."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    await work()
    while again and loop.time() < end:
        await work()
    await asyncio.sleep(max(0.0, end - loop.time()))


def _slowest(seconds: Sequence[float]) -> float:
    return percentile(seconds, 99)


def _told(latencies: Latencies) -> str:
    return ", ".join(f"{_slowest(seconds) * 1000:.0f}" for seconds in latencies.values()) + " ms"


def _slowdowns(rounds: Sequence[_Ratios]) -> Iterator[Measured]:
    for way, call in rounds[0]:
        ratio = statistics.median(each[way, call] for each in rounds)
        yield Measured(name=f"{call} while {way}", value=ratio, goal=MOST_RATIO, unit="times quiet")


def _memory(peaks: Mapping[str, int]) -> Iterator[Measured]:
    for process, size in sorted(peaks.items()):
        name = f"peak memory of {process}"
        yield Measured(name=name, value=size / _MIB, goal=MOST_MEMORY_MIB, unit="MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    usual = Setting()
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--seconds", type=float, default=usual.window_seconds, help="of a window")
    parser.add_argument("--lines", type=int, default=usual.lines, help="of each document")
    given = parser.parse_args()
    setting = Setting(rounds=given.rounds, window_seconds=given.seconds, lines=given.lines)
    measured = asyncio.run(largest_documents(setting))
    print(table(measured))
    sys.exit(0 if all(each.reached for each in measured) else 1)


if __name__ == "__main__":
    main()
