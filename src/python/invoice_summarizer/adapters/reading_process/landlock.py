"""Landlock (landlock(7)) without a single rule: nothing that it handles is allowed."""

import ctypes
import os
from contextlib import suppress

# The same on every architecture.
_CREATE_RULESET = 444
_RESTRICT_SELF = 446
_ASK_FOR_VERSION = 1

# Since which ABI version how many kinds of access there are: to files, to TCP ports, and to what lies outside of the
# process by abstract sockets and signals.
_FILES = {1: 13, 2: 14, 3: 15, 5: 16}
_PORTS = {4: 2}
_SCOPES = {6: 2}


def forbid_files_and_ports() -> int:
    """The calling thread opens, makes, renames and removes no file, and no TCP port, from here on.

    Returns the version of the kernel's ABI, which says what else is forbidden; 0 where there is no landlock, and nothing
    has changed. The process must have given up new privileges (prctl(2), PR_SET_NO_NEW_PRIVS).
    """
    with suppress(OSError):
        abi = _system_call(_CREATE_RULESET, None, 0, _ASK_FOR_VERSION)
        handled = (ctypes.c_uint64 * 3)(*(_all(kinds, abi) for kinds in (_FILES, _PORTS, _SCOPES)))
        # An older kernel takes a longer structure whose rest is zero.
        ruleset = _system_call(
            _CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(ctypes.sizeof(handled)), 0
        )
        try:
            _system_call(_RESTRICT_SELF, ruleset, 0)
        finally:
            os.close(ruleset)
        return abi
    return 0


def _all(kinds: dict[int, int], abi: int) -> int:
    count = max((kinds[since] for since in kinds if since <= abi), default=0)
    return (1 << count) - 1


def _system_call(number: int, *arguments: object) -> int:
    """Raises OSError, also where the system has no landlock, or no system calls by number."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syscall", None)
    result: int = -1 if call is None else call(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return result
