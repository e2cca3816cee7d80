"""Learning that an operation is done without asking again and again."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any, Protocol

Woken = Callable[[timedelta], Coroutine[Any, Any, None]]


class OperationCompletions(Protocol):
    def of(self, operation_id: str) -> AbstractAsyncContextManager[Woken]:
        """Yields what waits until the operation may have been done since the block began, at most for the time given.

        A wake-up may be lost: whoever waits looks again when its time is over.
        """
