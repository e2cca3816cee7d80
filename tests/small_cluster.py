"""The settings of a served model that takes so few requests that a test can ask for more."""

from pathlib import Path

ONGOING = 4
QUEUED = 4


def few_at_once() -> dict[str, str]:
    """Returns the environment in which it is started."""
    return {
        "HOME": str(Path.home()),
        "PATH": "/usr/bin:/bin",
        "INFERENCE_ADMISSION__MAX_ONGOING_REQUESTS": str(ONGOING),
        "INFERENCE_ADMISSION__MAX_QUEUED_REQUESTS": str(QUEUED),
    }
