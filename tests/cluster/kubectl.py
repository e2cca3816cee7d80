"""What is asked of the cluster, by kubectl, as operators ask it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cluster.commands import run


class Kubectl:
    """Calls the cluster of the kubeconfig, in the namespace that it names where no other is named."""

    def __init__(self, kubeconfig: Path) -> None:
        self.kubeconfig = kubeconfig

    def __call__(self, *words: str | Path, text: str = "", timeout: float = 120) -> str:
        return run(
            *("kubectl", "--kubeconfig", self.kubeconfig, *words),
            text=text,
            timeout=timeout,
        )

    def get(self, *words: str) -> Any:
        """Returns the object, or the list, as JSON has it."""
        return json.loads(self("get", *words, "--output", "json"))

    def items(self, *words: str) -> Sequence[Any]:
        found: Sequence[Any] = self.get(*words)["items"]
        return found

    def apply(self, *objects: dict[str, Any]) -> None:
        self("apply", "--server-side", "--force-conflicts", "--filename", "-", text=_list(objects))

    def wait_for_rollout(self, workload: str, seconds: int = 300) -> None:
        self("rollout", "status", workload, f"--timeout={seconds}s", timeout=seconds + 10)

    def pods(self, app: str) -> Sequence[Any]:
        """Returns the pods of the app that are not about to end."""
        return [
            pod
            for pod in self.items("pods", "--selector", f"app={app}")
            if "deletionTimestamp" not in pod["metadata"]
        ]

    def ready_pods(self, app: str) -> Sequence[str]:
        """Returns the names of those of them that are ready."""
        return [pod["metadata"]["name"] for pod in self.pods(app) if holds(pod, "Ready")]


def condition(thing: Any, kind: str) -> Any:
    """Returns the condition of that type which the object's status has; one of status Unknown where it has none."""
    for each in thing.get("status", {}).get("conditions", []):
        if each["type"] == kind:
            return each
    return {"type": kind, "status": "Unknown", "reason": "NotSet"}


def holds(thing: Any, kind: str) -> bool:
    return bool(condition(thing, kind)["status"] == "True")


def _list(objects: Sequence[dict[str, Any]]) -> str:
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
