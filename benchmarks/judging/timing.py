"""How each program in Python times its ways; nothing but the standard library, since several environments run it."""

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Way = Callable[[bytes], object]


def print_times(ways: Mapping[str, Way], pattern: str = "*.xml") -> None:
    """Prints, as JSON, the average milliseconds of processor time of each file by each way.

    Arguments of the program: the folder, how many rounds warm it up, and how many are measured. A file that a way
    refuses has none.
    """
    folder, warm, measured = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    documents = {file.name: file.read_bytes() for file in sorted(folder.glob(pattern))}
    times: dict[str, dict[str, float]] = {way: {} for way in ways}
    gc.collect()
    gc.freeze()
    for name, way in ways.items():
        for file, document in documents.items():
            try:
                for _ in range(warm):
                    way(document)
            except Exception as error:  # each library has errors of its own
                print(f"{name} refuses {file}: {type(error).__name__}", file=sys.stderr)
                continue
            started = time.process_time()
            for _ in range(measured):
                way(document)
            times[name][file] = (time.process_time() - started) * 1000 / measured
    print(json.dumps(times))
