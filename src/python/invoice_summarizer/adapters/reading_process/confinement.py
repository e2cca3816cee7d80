"""What the reading process gives up before it touches a document.

It keeps its three streams, its memory and its processor time; files, sockets, further processes, core dumps and the
rights of the user who started it are gone. A limit that the platform lacks is left out: each stands for itself.
"""

import contextlib
import ctypes
import math
import os
import resource
import signal

NOBODY = 65534
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38


def confine(highest_descriptor: int) -> None:
    """From here on the process opens nothing, forks nothing, and dies with its parent."""
    _forbid(resource.RLIMIT_CORE, 0)
    _forbid(resource.RLIMIT_FSIZE, 0)
    _forbid(resource.RLIMIT_NOFILE, highest_descriptor + 1)
    if os.geteuid() == 0:
        # In a container whose user namespace lacks the id the call fails, and the other limits have to do.
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    _forbid(resource.RLIMIT_NPROC, 0)
    # Last, since a change of user clears the death signal.
    _control_process(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control_process(_PR_SET_NO_NEW_PRIVS, 1)
    _control_process(_PR_SET_DUMPABLE, 0)


def limit_memory(address_space_bytes: int) -> None:
    """An allocation that takes the process past this fails."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, hard))


def limit_cpu(from_seconds: float, seconds: float) -> None:
    """The process is ended by SIGXCPU once it has used `seconds` more than it had at `from_seconds`.

    The kernel counts whole seconds over the life of the process, so that a used process gets what is left rounded up.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(from_seconds + seconds), hard))


def cpu_seconds_used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _forbid(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, most))


def _control_process(option: int, value: int) -> None:
    """Calls prctl(2) where there is one; Linux has it, other systems go without."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(option, ctypes.c_ulong(value), 0, 0, 0)
