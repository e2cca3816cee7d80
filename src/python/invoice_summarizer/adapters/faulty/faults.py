"""What stands before the calls of a faulty adapter, told from outside."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

When = Callable[[int], bool]  # of the number of the call, from 1
Of = Callable[[object], bool]  # of what the call is about
Happening = Callable[[], Awaitable[None]]


def _every(number: int) -> bool:
    return True


def _whatever(subject: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Error:
    error: Exception
    when: When


@dataclass(frozen=True, slots=True)
class _Before:
    happening: Happening
    when: When


class Faults:
    """Without being told anything, every call goes through. Calls are counted by the name of their method."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.held = 0  # calls that wait at the gate now
        self.most_held = 0
        self._errors: dict[str, _Error] = {}
        self._before: dict[str, _Before] = {}
        self._gates: dict[str, Of] = {}
        self._open = asyncio.Event()
        self._holding = asyncio.Event()

    def fail(self, method: str, error: Exception, *, when: When = _every) -> None:
        """From now on the calls of the method raise the error, those of which `when` says so."""
        self._errors[method] = _Error(error, when)

    def mend(self, method: str) -> None:
        """From now on the calls of the method go through."""
        self._errors.pop(method, None)

    def precede(self, method: str, happening: Happening, *, when: When = _every) -> None:
        """From now on that happens just before the calls of the method, those of which `when` says so."""
        self._before[method] = _Before(happening, when)

    def hold(self, method: str, *, of: Of = _whatever) -> None:
        """From now on the calls of the method wait for `release`, those about which `of` says so."""
        self._gates[method] = of
        self._open.clear()

    def release(self) -> None:
        """Whatever waits goes on, and whatever comes goes through."""
        self._open.set()

    async def holding(self) -> None:
        """Returns once a call has been held."""
        await self._holding.wait()

    async def meet(self, method: str, subject: object = None) -> None:
        """Called by adapters before each call: counts it, holds it, lets happen what is to precede it, and raises."""
        self.calls[method] += 1
        gate = self._gates.get(method)
        if gate is not None and gate(subject) and not self._open.is_set():
            await self._held()
        before = self._before.get(method)
        if before is not None and before.when(self.calls[method]):
            await before.happening()
        known = self._errors.get(method)
        if known is not None and known.when(self.calls[method]):
            raise known.error

    async def _held(self) -> None:
        self.held += 1
        self.most_held = max(self.most_held, self.held)
        self._holding.set()
        try:
            await self._open.wait()
        finally:
            self.held -= 1
