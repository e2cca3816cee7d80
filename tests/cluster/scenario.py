"""What the steps share: the cluster, the way to REST, and the commands of the deployment page."""

import itertools
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster.cluster import Cluster
from cluster.commands import Failed, run, wait_until
from cluster.kubectl import Kubectl
from cluster.places import FOLDER
from cluster.rest_client import Access, RestClient

PAGE = Path("docs/deployment/PRODUCTION_DEPLOYMENT.md")
SERVERS = ("api-gateway", "ingest", "query", "summarize")
WORKLOADS = (*SERVERS, "worker")
_CHECKOUT = Path.cwd()
_NUMBERS = itertools.count(1)
_END_ALL = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT"


@dataclass(slots=True)
class Scenario:
    """One run. `work` is the folder in which somebody who follows the page would be."""

    cluster: Cluster
    version: str
    work: Path = FOLDER / "work"
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def kubectl(self) -> Kubectl:
        return self.cluster.kubectl

    def prepare(self, invoicectl: Path) -> None:
        """The folder has what the page takes as there: the manifests, invoicectl, and an invoice."""
        self.work.mkdir()
        (self.work / "bin").mkdir()
        (self.work / "bin" / "invoicectl").symlink_to(invoicectl.absolute())
        (self.work / "deploy").symlink_to(_CHECKOUT / "deploy")
        self.shell("invoicectl samples samples")
        shutil.copy(self.work / "samples" / "fenwick-two-pages.pdf", self.work / "invoice.pdf")

    def shell(self, commands: str, *, timeout: float = 600) -> str:
        """Runs commands as they stand on the page, and returns what they said. What they left running ends."""
        path = f"{self.work / 'bin'}:{os.environ['PATH']}"
        return run(
            *("bash", "-e", "-o", "pipefail", "-c", f"{_END_ALL}\ncd {self.work}\n{commands}"),
            env={"KUBECONFIG": str(self.cluster.kubeconfig), "PATH": path},
            timeout=timeout,
        )

    def on_page(self, first_words: str) -> str:
        """Returns the block of the page that begins so. Raises Failed where there is not one."""
        blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
        found = [block for block in blocks if block.startswith(first_words)]
        if len(found) != 1:
            raise Failed(f"{PAGE} has {len(found)} blocks that begin with {first_words!r}")
        return str(found[0])

    def access(self) -> Access:
        """The way of a program outside: the address of the Service, its certificate's name, the token."""
        authority = self.work / "ca.crt"
        service = self.kubectl.get("service", "api-gateway")["spec"]
        token = (self.work / "token").read_text().strip()
        return Access(service["clusterIP"], service["ports"][0]["port"], authority, token)

    def client(self) -> RestClient:
        return RestClient(self.access())

    def new_document(self) -> bytes:
        """Returns a PDF that nobody sent before: the sample, with a number behind its end."""
        return (self.work / "invoice.pdf").read_bytes() + f"\n% {next(_NUMBERS)}\n".encode()

    def wait_for_operations(self, names: list[str], seconds: float) -> Mapping[str, Any]:
        """Returns the operations, once all are done."""
        client = self.client()
        done: dict[str, Any] = {}

        def look() -> bool:
            for name in names:
                if name not in done:
                    operation = client.get(f"/v1/{name}")
                    if operation.get("done"):
                        done[name] = operation
            return len(done) == len(names)

        wait_until(f"{len(names)} documents are read", look, seconds=seconds, every=1)
        client.close()
        return done

    def rollouts_end(self, seconds: int = 300) -> None:
        for workload in WORKLOADS:
            self.kubectl.wait_for_rollout(f"deployment/{workload}", seconds)


def timed(do: Callable[[], object]) -> float:
    """Returns the seconds that it took."""
    started = time.monotonic()
    do()
    return time.monotonic() - started
