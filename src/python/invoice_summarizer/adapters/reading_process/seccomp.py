"""The system calls that reading needs, and none besides: a filter put together by libseccomp (seccomp(2)).

libseccomp knows the numbers of calls and refuses those of other architectures.
"""

import ctypes
import errno
import mmap
import resource
import signal
from collections.abc import Mapping

_LIBRARY = "libseccomp.so.2"

_ALLOW = 0x7FFF0000
_FAIL_WITH_EPERM = 0x00050000 | errno.EPERM
_ALL_THREADS = 4  # the attribute SCMP_FLTATR_CTL_TSYNC
_EQUAL_UNDER_MASK = 7

_INT_BITS = 2**32 - 1  # the kernel looks at no others of an int

# Of each argument by its place: a mask, and what it leaves of the argument.
_Arguments = Mapping[int, tuple[int, int]]
_NOT_EXECUTABLE: _Arguments = {2: (mmap.PROT_EXEC, 0)}
_OWN_TIME: _Arguments = {0: (_INT_BITS, signal.ITIMER_PROF)}
_OWN_MEMORY: _Arguments = {0: (_INT_BITS, 0), 1: (_INT_BITS, resource.RLIMIT_AS)}

# The descriptors that read and write could take are those of the parent's pipes, and there is no way to others.
_ALLOWED: tuple[tuple[str, _Arguments], ...] = (
    ("read", {}),
    ("write", {}),
    ("close", {}),
    ("brk", {}),
    ("mmap", _NOT_EXECUTABLE),
    ("mprotect", _NOT_EXECUTABLE),
    ("mremap", {}),
    ("munmap", {}),
    ("madvise", {}),
    ("futex", {}),
    ("setitimer", _OWN_TIME),
    ("prlimit64", _OWN_MEMORY),
    ("getrusage", {}),
    ("clock_gettime", {}),
    ("gettimeofday", {}),
    ("getrandom", {}),
    ("restart_syscall", {}),
    ("rt_sigreturn", {}),
    ("exit", {}),
    ("exit_group", {}),
)


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("value", ctypes.c_uint64),
    )


class SystemCallFilter:
    """The filter, which is not in force yet; putting it in force needs no file. Raises OSError without libseccomp.

    A process that `compiles` can make memory executable that it has.
    """

    def __init__(self, *, compiles: bool = False) -> None:
        self._library = ctypes.CDLL(_LIBRARY)
        self._library.seccomp_init.restype = ctypes.c_void_p
        self._filter = ctypes.c_void_p(self._library.seccomp_init(_FAIL_WITH_EPERM))
        _succeed(self._library.seccomp_attr_set(self._filter, _ALL_THREADS, 1))
        for name, arguments in _ALLOWED:
            self._allow(name, {} if compiles and name == "mprotect" else arguments)

    def enforce(self) -> None:
        """From here on every call that is not listed fails with EPERM. Raises OSError where the kernel has no filters."""
        _succeed(self._library.seccomp_load(self._filter))

    def _allow(self, name: str, arguments: _Arguments) -> None:
        number = self._library.seccomp_syscall_resolve_name(name.encode())
        comparisons = [
            _Comparison(place, _EQUAL_UNDER_MASK, mask, value)
            for place, (mask, value) in arguments.items()
        ]
        array = (_Comparison * len(comparisons))(*comparisons)
        _succeed(
            self._library.seccomp_rule_add_array(
                self._filter, _ALLOW, number, len(comparisons), array
            )
        )


def _succeed(result: int) -> None:
    if result < 0:
        raise OSError(-result, "libseccomp")
