"""What the reading process gives up before it touches a document.

It keeps its three streams, its memory and its processor time. Files, sockets, further processes and other processes are
kept from it by two walls of the kernel's, landlock and seccomp; core dumps, and the rights of the user who started it,
are gone. What the system lacks is left out, each by itself, and `confine` says which walls stand.

The limits on descriptors and processes are no walls: a descriptor that is closed is one to be had again.
"""

import contextlib
import ctypes
import os
import resource
import signal

from invoice_summarizer.adapters.reading_process.landlock import forbid_files_and_ports
from invoice_summarizer.adapters.reading_process.seccomp import SystemCallFilter
from invoice_summarizer.adapters.reading_process.walls import Walls

NOBODY = 65534
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_LEAST_SECONDS = 1e-6  # a timer that is set to nothing never ends


def confine(highest_descriptor: int, *, compiles: bool = False) -> Walls:
    """From here on the process opens nothing, forks nothing, and dies with its parent, as far as the walls stand.

    Memory becomes executable only in one that compiles code for itself.
    """
    system_calls = _system_call_filter(compiles)  # libseccomp is a file
    _control_process(_PR_SET_NO_NEW_PRIVS, 1)
    landlock_abi = forbid_files_and_ports()
    _give_up_rights(highest_descriptor)
    # Last, since it forbids all that has been done here.
    return Walls(landlock_abi, seccomp=_enforced(system_calls))


def _system_call_filter(compiles: bool) -> SystemCallFilter | None:
    try:
        return SystemCallFilter(compiles=compiles)
    except OSError:
        return None


def _enforced(system_calls: SystemCallFilter | None) -> bool:
    if system_calls is None:
        return False
    try:
        system_calls.enforce()
    except OSError:
        return False
    return True


def _give_up_rights(highest_descriptor: int) -> None:
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
    # Last, since a change of user clears them.
    _control_process(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _control_process(_PR_SET_DUMPABLE, 0)


def limit_memory(address_space_bytes: int) -> None:
    """An allocation that takes the process past this fails."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (address_space_bytes, hard))


def limit_cpu(from_seconds: float, seconds: float) -> None:
    """The process is ended by SIGPROF once it has used `seconds` more than it had at `from_seconds`.

    A timer of the process's own time: RLIMIT_CPU counts whole seconds over its life.
    """
    left = from_seconds + seconds - cpu_seconds_used()
    signal.setitimer(signal.ITIMER_PROF, max(left, _LEAST_SECONDS))


def end_limit_of_cpu() -> None:
    """The process may use what time it needs, until the next `limit_cpu`."""
    signal.setitimer(signal.ITIMER_PROF, 0)


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
