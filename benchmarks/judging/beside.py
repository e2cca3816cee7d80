"""Reading and judging e-invoices beside what else does it, on one core: ratios of processor time.

What is missing is left out, and said. To have all of it:

    python3.11 -m venv OTHERS && OTHERS/bin/pip install saxonche drafthorse factur-x
    mvn -q -f benchmarks/judging/phive package      # Maven, and a JDK of 17 or later
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from judging.documents import write_documents
from measurement import OUTPUT, ratios, report, row

_ROUNDS = 3
_WARM, _MEASURED = 5, 20
_WARM_FOR_JAVA = 60  # it compiles what it has run often

_OURS = "read and judge"
_GOALS = {"official XSLT": "at most 0.5", "phive": "at most 0.2"}

# The milliseconds of each file, by way.
_Times = dict[str, dict[str, float]]


def _programs(folder: str, others: Path, phive: Path) -> Iterator[list[str]]:
    """Yields the commands of what is there."""
    counts = [str(_WARM), str(_MEASURED)]
    yield [sys.executable, "-m", "judging.own", folder, *counts]
    jars = sorted(phive.glob("lib/phive-rules-en16931-*.jar"))
    if not jars:
        print(f"left out, since {phive} is not built: phive, and the official XSLT", flush=True)
    if not others.is_file():
        print(f"left out, since {others} is no Python: XSLT, drafthorse, factur-x", flush=True)
    if others.is_file():
        yield [str(others), "-m", "judging.readers", folder, *counts]
        if jars:
            yield [str(others), "-m", "judging.xslt", folder, *counts, str(jars[0])]
    if jars:
        path = f"{phive}/classes:{phive}/lib/*"
        counts = [str(_WARM_FOR_JAVA), str(_MEASURED)]
        yield ["java", "-cp", path, "PhiveValidator", folder, *counts]


def _times(command: list[str]) -> _Times:
    benchmarks = str(Path(__file__).parent.parent)
    own = os.pathsep.join((benchmarks, *sys.path))
    done = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": own if command[0] == sys.executable else benchmarks},
    )
    told = json.loads(done.stdout)
    if command[0] != "java":
        return dict(told)
    return {"phive": {file: of_file["milliseconds"] for file, of_file in told.items()}}


def _by_set(times: Mapping[str, float]) -> dict[str, float]:
    """Returns the median of each set of files."""
    sets: dict[str, list[float]] = {}
    for file, milliseconds in times.items():
        sets.setdefault(file.partition(".")[0], []).append(milliseconds)
    return {name: statistics.median(values) for name, values in sets.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=Path, default=Path("OTHERS/bin/python"))
    parser.add_argument("--phive", type=Path, default=Path("benchmarks/judging/phive/target"))
    parser.add_argument("--data", type=Path, help="a folder of XML invoices")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rounds: list[_Times] = []
    with tempfile.TemporaryDirectory() as folder:
        write_documents(Path(folder), arguments.data)
        programs = list(_programs(folder, arguments.others, arguments.phive))
        for _ in range(_ROUNDS):
            rounds.append({})
            for command in programs:
                rounds[-1] |= _times(command)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "judging-raw.json").write_text(json.dumps(rounds, indent=1) + "\n")
    measured = {way: [_by_set(times[way]) for times in rounds] for way in rounds[0]}
    rows = []
    for way, of_rounds in measured.items():
        for name in of_rounds[0]:
            theirs = [sets[name] for sets in of_rounds]
            rows.append(row(f"{name}: {way}", "ms", theirs))
            if way in _GOALS:
                ours = [sets[name] for sets in measured[_OURS]]
                goal = _GOALS[way]
                rows.append(
                    row(f"{name}: {_OURS} against {way}", "ratio", ratios(ours, theirs), goal)
                )
    report("judging", rows)


if __name__ == "__main__":
    main()
