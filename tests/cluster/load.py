"""Calls that go on beside a step, and what became of each."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from cluster.commands import Failed
from cluster.rest_client import Access, RestClient


class Load:
    """How many calls were answered so far, and how others failed."""

    def __init__(self, callers: int) -> None:
        self._callers = callers
        self._lock = threading.Lock()
        self.answered: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.stopped = threading.Event()

    def require_no_failure(self) -> str:
        """Returns how many calls there were. Raises Failed where one failed, or none was made."""
        with self._lock:
            if self.failures:
                told = "; ".join(
                    f"{count} x {what}" for what, count in self.failures.most_common(3)
                )
                raise Failed(
                    f"of {self.answered.total() + self.failures.total()} calls failed: {told}"
                )
            if len(self.answered) < self._callers:
                raise Failed(
                    f"of {self._callers} callers some had no answer: {dict(self.answered)}"
                )
            return f"{self.answered.total()} calls, none failed"

    def keep_calling(
        self, client: RestClient, call: Callable[[RestClient], object], pause: float
    ) -> None:
        while not self.stopped.is_set():
            try:
                call(client)
            except Exception as failure:  # whatever it is, a call failed
                with self._lock:
                    self.failures[f"{client.last}: {type(failure).__name__}: {failure}"[:200]] += 1
                time.sleep(0.2)
            else:
                with self._lock:
                    self.answered[client.last] += 1
            self.stopped.wait(pause)
        client.close()


@contextmanager
def calls_beside(
    access: Access, calls: Sequence[Callable[[RestClient], object]], *, pause: float = 0.1
) -> Iterator[Load]:
    """Yields the load of one thread for each of the calls, until the block ends."""
    load = Load(len(set(calls)))
    threads = [
        threading.Thread(
            target=load.keep_calling, args=(RestClient(access), call, pause), daemon=True
        )
        for call in calls
    ]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stopped.set()
        for thread in threads:
            thread.join()
