"""Which walls the kernel has put around a reading process."""

import msgspec


class Walls(msgspec.Struct, frozen=True, array_like=True):
    """`landlock_abi` is 0 where there is no landlock.

    Each wall keeps a process from files by itself. Only seccomp also keeps it from every socket, from further
    processes and from all other system calls that reading does not need.
    """

    landlock_abi: int
    seccomp: bool

    @property
    def make_a_cell(self) -> bool:
        """Whether the process can open no file and no socket, start no process and reach none."""
        return self.seccomp

    @property
    def names(self) -> list[str]:
        landlock = [f"landlock ABI {self.landlock_abi}"] if self.landlock_abi else []
        return landlock + ["seccomp"] * self.seccomp
