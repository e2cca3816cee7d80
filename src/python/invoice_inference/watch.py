"""Sees that nobody listens on a port any more: where Ray's node has died, Ray tells the process that started it nothing."""

import socket
import time

_LOOK_SECONDS = 2.0
# Ray Serve starts a proxy that has ended again within some seconds.
_MISSES = 8
_ANSWER_SECONDS = 5.0


def until_nobody_listens(host: str, port: int, *, look_seconds: float = _LOOK_SECONDS) -> None:
    """Returns once nobody has listened there at several looks in a row. A busy listener is one."""
    misses = 0
    while misses < _MISSES:
        time.sleep(look_seconds)
        misses = misses + 1 if _is_refused(host, port) else 0


def _is_refused(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_ANSWER_SECONDS).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False  # it takes no more connections now, or takes its time
    return False
