"""Telling other processes that there is something to do. What is told may be lost: whoever waits looks again."""

from collections.abc import Callable
from typing import Protocol


class Subscription(Protocol):
    def start(self) -> None:
        """Listening begins, where it has not begun."""

    async def aclose(self) -> None:
        """Nobody is woken any more, and no connection is left."""


class WakeUps(Protocol):
    @property
    def is_up(self) -> bool:
        """Whether it is likely that whoever listens hears what is told now."""

    async def tell(self, channel: str, payload: str) -> bool:
        """Whoever listens to the channel is woken. False where it is certain that nobody was."""

    def subscription(self, channel: str, woken: Callable[[str], None]) -> Subscription:
        """Returns what calls `woken` with each payload, and with "" when listening begins: something may have been missed."""
