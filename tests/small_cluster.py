"""The settings of a served model that takes so few requests that a test can ask for more."""

from pathlib import Path

ONGOING = 4
QUEUED = 4
CONTEXT_TOKENS = 2048
# Room for one answer of the longest kind (23,040 bytes a token of the small model), and not for two.
FEW_AT_ONCE = {
    "INFERENCE_ADMISSION__MAX_ONGOING_REQUESTS": str(ONGOING),
    "INFERENCE_ADMISSION__MAX_QUEUED_REQUESTS": str(QUEUED),
    "INFERENCE_ENGINE__KV_CACHE_MEMORY_BYTES": str(48 * 1024 * 1024),
    "INFERENCE_ENGINE__MAX_MODEL_LEN": str(CONTEXT_TOKENS),
}


def few_at_once() -> dict[str, str]:
    """Returns the environment in which it is started."""
    return {
        "HOME": str(Path.home()),
        "PATH": "/usr/bin:/bin",
        **FEW_AT_ONCE,
    }
