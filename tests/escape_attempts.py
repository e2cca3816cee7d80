"""What a document that has taken over its reading process would try, tried there.

The process is started and confined as every other one; where it would serve, it tries everything and answers with how
each attempt ended.
"""

import ctypes
import errno
import json
import mmap
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from invoice_summarizer.adapters.reading_process import child, landlock, recognising_child, seccomp
from invoice_summarizer.child_processes.frames import write_frame

DONE = "done"
# Numbers of Linux on x86-64: what Python has no function for.
_CONNECT, _FORK, _PTRACE, _KEYCTL, _PROCESS_READ, _PERF, _BPF = 42, 57, 101, 250, 310, 298, 321
_OPEN_2, _URING_SETUP, _CLONE_3, _MEMORY_FILE, _EXECUTE_AT = 437, 425, 435, 319, 322
_SEIZE = 0x4206
_NEW_USER_NAMESPACE, _UNSHARE = 0x10000000, 272
_LIBC = ctypes.CDLL(None, use_errno=True)


def main(folder: str, parent: int, *without: str) -> None:
    """`without` names walls that this system is to lack; "text only" makes it a process that recognises pictures."""
    if "seccomp" in without:
        seccomp._LIBRARY = "no such library"
    if "landlock" in without:
        landlock._CREATE_RULESET = -1  # no such call
    attempts = attempts_of(Path(folder), parent)

    def try_everything(requests: BinaryIO, answers: BinaryIO, read_picture: object) -> None:
        os.close(requests.fileno())  # its number is free again
        write_frame(answers, json.dumps({name: _end(attempts[name]) for name in attempts}).encode())

    child._serve = try_everything
    if "text only" in without:
        recognising_child.main()
    else:
        child.main()


def attempts_of(folder: Path, parent: int) -> dict[str, Callable[[], object]]:
    """The folder has a file `secret`, which the process may read as far as its mode goes."""
    secret = folder / "secret"
    path = str(secret).encode()
    executable = mmap.PROT_READ | mmap.PROT_EXEC
    return {
        "open a file": lambda: _closed(os.open(secret, os.O_RDONLY)),
        "open a file another way": lambda: _closed(
            _system_call(_OPEN_2, -100, path, (ctypes.c_uint64 * 3)(), ctypes.c_size_t(24))
        ),
        "see whether a file is there": lambda: os.stat(secret),
        "list a folder": lambda: os.listdir(folder),
        "make a file": lambda: _closed(os.open(folder / "new", os.O_CREAT | os.O_WRONLY)),
        "remove a file": lambda: os.unlink(folder / "victim"),
        "open its own memory": lambda: _closed(os.open("/proc/self/mem", os.O_RDWR)),
        "make a file of memory": lambda: _closed(_system_call(_MEMORY_FILE, b"x", 0)),
        "make a TCP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        "make a UDP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "make a Unix socket": lambda: socket.socket(socket.AF_UNIX).close(),
        "make a Netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
        "make a pair of sockets": socket.socketpair,
        "connect": lambda: _system_call(_CONNECT, 1, b"\x01\x00", 2),
        "listen on a TCP port": _listen,
        "fork": lambda: _system_call(_FORK) or os._exit(0),
        "clone": lambda: _system_call(_CLONE_3, (ctypes.c_uint64 * 8)(), ctypes.c_size_t(64))
        or os._exit(0),
        # It is none, so that the process goes on where nothing forbids the call.
        "execute a program": lambda: os.execv(secret, ["secret"]),
        "execute a descriptor": lambda: _system_call(_EXECUTE_AT, 1, b"", None, None, 0x1000),
        "trace its parent": lambda: _system_call(_PTRACE, _SEIZE, parent, None, None),
        "read its parent's memory": lambda: _system_call(
            _PROCESS_READ, parent, None, 0, None, 0, 0
        ),
        "signal its parent": lambda: os.kill(parent, 0),
        "hold its parent": lambda: _closed(os.pidfd_open(parent)),
        "limit its parent": lambda: resource.prlimit(parent, resource.RLIMIT_CPU),
        "set up io_uring": lambda: _system_call(_URING_SETUP, 1, (ctypes.c_uint32 * 30)()),
        "have executable memory": lambda: mmap.mmap(-1, 4096, prot=executable).close(),
        "make memory executable": _make_memory_executable,
        "go on after its processor time": lambda: signal.signal(signal.SIGPROF, signal.SIG_IGN),
        "have a user namespace": lambda: _system_call(_UNSHARE, _NEW_USER_NAMESPACE),
        "load a program into the kernel": lambda: _system_call(_BPF, 0, None, 0),
        "count events": lambda: _system_call(_PERF, None, 0, -1, -1, 0),
        "use keys": lambda: _system_call(_KEYCTL, 0, -3, 1),
    }


def _end(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return DONE


def _closed(descriptor: int) -> None:
    os.close(descriptor)


def _listen() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))


def _make_memory_executable() -> None:
    memory = mmap.mmap(-1, mmap.PAGESIZE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    if _LIBC.mprotect(ctypes.c_void_p(start), mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_EXEC) < 0:
        raise OSError(ctypes.get_errno(), "mprotect")


def _system_call(number: int, *arguments: object) -> int:
    result: int = _LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "system call")
    return result
