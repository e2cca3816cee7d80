"""How many replicas there were, over time."""

import threading
import time
from collections.abc import Sequence

from cluster.commands import Failed
from cluster.kubectl import Kubectl


class ReplicaRecord:
    """The replicas that an HPA wants, every two seconds, from the start until it is stopped."""

    def __init__(self, kubectl: Kubectl, hpa: str) -> None:
        self._kubectl = kubectl
        self._hpa = hpa
        self._started = time.monotonic()
        self._seen: list[tuple[float, int]] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    @property
    def counts(self) -> Sequence[int]:
        """Each number once for each time that it was reached."""
        return [count for _, count in self._seen]

    def has_passed(self, count: int) -> bool:
        """Whether the HPA wanted more than that at any time."""
        return any(seen > count for seen in self.counts)

    def is_back_at(self, count: int) -> bool:
        """Whether it wants that number now, after it wanted more."""
        return self.has_passed(count) and self.counts[-1] == count

    def told(self) -> str:
        """Returns, as `3 at 0 s, 5 at 42 s`, when which number was reached."""
        return ", ".join(f"{count} at {seconds:.0f} s" for seconds, count in self._seen)

    def _watch(self) -> None:
        while not self._stopped.wait(2):
            try:
                count = int(self._kubectl.get("hpa", self._hpa)["status"]["desiredReplicas"])
            except (Failed, KeyError):  # it was not answered: again in two seconds
                continue
            if not self._seen or self._seen[-1][1] != count:
                self._seen.append((time.monotonic() - self._started, count))
