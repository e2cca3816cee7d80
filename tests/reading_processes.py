"""The child processes that read documents, as the system sees them."""

from pathlib import Path


def reading_processes() -> set[int]:
    """Returns those that this process has started and that are there, ended and not buried ones included."""
    started = (
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    )
    return {pid for pid in started if _reads(pid)}


def _reads(pid: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just been buried
        return False
    return not command or b"reading_process" in command
