"""What Linux says of a process: its children, its memory, its open files."""

import os
from collections.abc import Iterator
from pathlib import Path

KIBIBYTE = 1024


def children_of(pid: int) -> set[int]:
    """Returns the children of a process, ended and not buried ones included; none where it is gone."""
    return {child for task in _tasks(pid) for child in _children(task)}


def descendants_of(pid: int) -> set[int]:
    """Returns the children of a process, and theirs."""
    children = children_of(pid)
    return children.union(*(descendants_of(child) for child in children))


def reading_processes_of(pid: int) -> set[int]:
    """Returns the children that read documents, ended and not buried ones included."""
    return {child for child in children_of(pid) if _reads(child)}


def peak_memory_bytes(pid: int) -> int:
    """Returns the most memory that the process has had in RAM; 0 where it is gone."""
    return _status(pid).get("VmHWM", 0)


def memory_bytes(pid: int) -> int:
    """Returns the memory that the process has in RAM now; 0 where it is gone."""
    return _status(pid).get("VmRSS", 0)


def peak_address_space_bytes(pid: int) -> int:
    """Returns the most address space that the process has had; 0 where it is gone."""
    return _status(pid).get("VmPeak", 0)


def open_descriptors(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def command_of(pid: int) -> str:
    """Returns the command line of the process; empty where it is gone."""
    return _told(pid, "cmdline").replace("\0", " ")


def environment_of(pid: int) -> dict[str, str]:
    """Returns the environment that the process was started with; empty where it is gone."""
    variables = (each.partition("=") for each in _told(pid, "environ").split("\0") if each)
    return {name: value for name, _, value in variables}


def is_gone(pid: int) -> bool:
    """Says whether the process has ended, buried or not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state in ("Z", "X")


def _tasks(pid: int) -> list[Path]:
    try:
        return [*Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []


def _children(task: Path) -> Iterator[int]:
    try:
        yield from map(int, (task / "children").read_text().split())
    except OSError:  # the thread has just ended
        return


def _reads(pid: int) -> bool:
    if not Path(f"/proc/{pid}").exists():  # it has just been buried
        return False
    command = command_of(pid)
    return not command or "reading_process" in command


def _told(pid: int, file: str) -> str:
    try:
        return os.fsdecode(Path(f"/proc/{pid}/{file}").read_bytes())
    except OSError:
        return ""


def _status(pid: int) -> dict[str, int]:
    """Returns the sizes in bytes; an ended process has none."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    fields = (line.partition(":") for line in lines if line.endswith(" kB"))
    return {name: int(size.split()[0]) * KIBIBYTE for name, _, size in fields}
