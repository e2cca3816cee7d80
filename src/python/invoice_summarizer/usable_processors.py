"""How many processors this process may use."""

import math
import os
from pathlib import Path

_QUOTA = Path(
    "/sys/fs/cgroup/cpu.max"
)  # of the group, in a container: microseconds of each period, or "max"


def usable_processors(quota: Path = _QUOTA) -> int:
    """Returns at least 1: those that it may run on, and no more than its time is enough for, rounded up."""
    allowed = len(os.sched_getaffinity(0))
    try:
        time, period = quota.read_text().split()
        return max(1, min(allowed, math.ceil(int(time) / int(period))))
    except (OSError, ValueError, ZeroDivisionError):
        return allowed  # there is no quota
