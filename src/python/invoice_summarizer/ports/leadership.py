"""One process at a time does what needs no second."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Leadership(Protocol):
    def attempt(self, task: str) -> AbstractAsyncContextManager[bool]:
        """Yields whether this process leads the task until the block ends; where it does, no other does meanwhile.

        A process that dies leads no longer. Raises Unavailable where the store does not answer.
        """
