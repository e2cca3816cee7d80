"""What the person at the terminal sees."""

import time

_STARTED = time.monotonic()


def say(text: str) -> None:
    """Prints one line, with the seconds since the start."""
    print(f"{time.monotonic() - _STARTED:6.0f} s  {text}", flush=True)
