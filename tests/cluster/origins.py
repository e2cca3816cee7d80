"""Who wrote the summaries that were answered, over time: the model, or templates in its place."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from cluster.commands import Failed

MODEL = "MODEL"
FALL_BACK = "TEMPLATE_AFTER_FAILURE"


class Origins:
    """The origin of each answer, before and after the loss of the model. For several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._answers: list[tuple[float, str]] = []
        self._lost_at: float | None = None

    def add(self, origin: str) -> None:
        """An answer of that origin has come now."""
        with self._lock:
            self._answers.append((self._clock(), origin))

    def lose(self) -> None:
        """The model is lost from now on."""
        with self._lock:
            self._lost_at = self._clock()

    def has_written(self, count: int) -> bool:
        """Whether the model has written that many."""
        return self._count(self._snapshot())[MODEL] >= count

    def has_fallen_back(self) -> bool:
        """Whether a template has written for want of the model since the loss."""
        return any(origin == FALL_BACK for _, origin in self._after())

    def is_back(self, count: int) -> bool:
        """Whether the model has written that many since the last time that it did not answer, after the loss."""
        return self._count(self._back())[MODEL] >= count

    def told(self) -> str:
        """Returns how many were written by whom, before, during and after the loss, and how long that was.

        Raises Failed where the loss changed nothing, or where the model has not come back.
        """
        back = self._back()
        if not back:
            raise Failed(f"after the loss the answers were of {dict(self._count(self._after()))}")
        lost_at = self._lost_at or 0.0
        before = [answer for answer in self._snapshot() if answer[0] < lost_at]
        meanwhile = self._after()[: -len(back)]
        return (
            f"before: {_words(self._count(before))}; for {back[0][0] - lost_at:.0f} s after the kill:"
            f" {_words(self._count(meanwhile))}; then: {_words(self._count(back))}"
        )

    def _snapshot(self) -> list[tuple[float, str]]:
        with self._lock:
            return list(self._answers)

    def _after(self) -> list[tuple[float, str]]:
        if self._lost_at is None:
            return []
        return [answer for answer in self._snapshot() if answer[0] >= self._lost_at]

    def _back(self) -> list[tuple[float, str]]:
        """Returns the answers since the model's first after the last for which it was not there; none without such a one.

        What the gate refused of it counts among them: the model has answered.
        """
        after = self._after()
        missed = [number for number, (_, origin) in enumerate(after) if origin == FALL_BACK]
        if not missed:
            return []
        later = after[missed[-1] + 1 :]
        first = next((place for place, (_, each) in enumerate(later) if each == MODEL), len(later))
        return later[first:]

    @staticmethod
    def _count(answers: list[tuple[float, str]]) -> Counter[str]:
        return Counter(origin for _, origin in answers)


def _words(counts: Counter[str]) -> str:
    return ", ".join(f"{count} by {origin}" for origin, count in sorted(counts.items())) or "none"
