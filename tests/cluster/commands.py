"""What is called and waited for, and how a step says that it failed."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


class Failed(Exception):
    """One line for the person at the terminal: what did not hold, and what was there in its place."""


def run(
    *command: str | Path, text: str = "", env: Mapping[str, str] | None = None, timeout: float = 120
) -> str:
    """Returns what the command wrote to its output. Raises Failed, with its last words, where it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
            env={**os.environ, **(env or {})},
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{' '.join(words[:6])} took longer than {timeout:.0f} s") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-600:]
        raise Failed(f"{' '.join(words[:6])} ended with {done.returncode}: {said}")
    return done.stdout


def wait_until(
    what: str, look: Callable[[], Value | None], *, seconds: float, every: float = 0.5
) -> Value:
    """Returns the first true value of `look`. Raises Failed after the seconds; a look that fails is tried again."""
    end = time.monotonic() + seconds
    last = ""
    while True:
        try:
            if found := look():
                return found
        except Failed as failure:
            last = f": {failure}"
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds:.0f} s{last}")
        time.sleep(every)
