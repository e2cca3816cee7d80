"""The manifests of an overlay, or of components together, as kustomize renders them."""

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from deploy.component_combinations import DEPLOY
from markdown_page import CHECKOUT

OVERLAYS = ("local", "staging", "production")
_PROGRAM = Path("src/go/tools/kustomize")

# What a process holds beyond its pool (docs/configuration.md#settings-of-the-services): the look at the database, a
# second pool for reads of invoices, and a connection for each thing by which it is woken.
CONNECTIONS: dict[str, Callable[[int], int]] = {
    "ingest": lambda pool: 2 * pool + 2,
    "query": lambda pool: 2 * pool + 1,
    "summarize": lambda pool: pool + 1,
    "worker": lambda pool: 2 * pool + 3,
}
RAY_NODE_TYPE = "ray.io/node-type"
RESERVED_CONNECTIONS = 20  # superusers, migrations, backups, people

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pod:
    """A template of pods, and what it stands in."""

    name: str
    owner: Object
    template: Object

    @property
    def labels(self) -> dict[str, str]:
        labels: dict[str, str] = self.template["metadata"]["labels"]
        return labels

    @property
    def spec(self) -> Object:
        spec: Object = self.template["spec"]
        return spec

    @property
    def containers(self) -> list[Object]:
        return [*self.spec["containers"], *self.spec.get("initContainers", ())]


@dataclass(frozen=True, slots=True)
class Manifests:
    objects: tuple[Object, ...]

    def of_kind(self, kind: str) -> list[Object]:
        return [each for each in self.objects if each["kind"] == kind]

    def named(self, kind: str, name: str) -> Object:
        [found] = [each for each in self.of_kind(kind) if each["metadata"]["name"] == name]
        return found

    @property
    def pods(self) -> list[Pod]:
        """Those that Kubernetes makes of what stands here; Ray's are `ray_pods`."""
        kinds = ("Deployment", "StatefulSet", "Job")
        return [
            Pod(owner["metadata"]["name"], owner, owner["spec"]["template"])
            for owner in self.objects
            if owner["kind"] in kinds
        ]

    @property
    def ray_pods(self) -> list[Pod]:
        """What KubeRay makes of a RayService, with its label of what a pod is."""
        pods = []
        for owner in self.of_kind("RayService"):
            cluster = owner["spec"]["rayClusterConfig"]
            [workers] = cluster["workerGroupSpecs"]
            groups = {"head": cluster["headGroupSpec"], "worker": workers}
            for kind, group in groups.items():
                metadata = group["template"]["metadata"]
                labels = {**metadata["labels"], RAY_NODE_TYPE: kind}
                template = {**group["template"], "metadata": {**metadata, "labels": labels}}
                pods.append(Pod(f"{owner['metadata']['name']}-{kind}", owner, template))
        return pods

    def of_autoscaler(self) -> Object | None:
        """Returns what Ray's autoscaler is told, where it runs beside the head."""
        for owner in self.of_kind("RayService"):
            cluster = owner["spec"]["rayClusterConfig"]
            if cluster["enableInTreeAutoscaling"]:
                options: Object = cluster["autoscalerOptions"]
                return options
        return None

    @property
    def images(self) -> set[str]:
        """All that any pod runs; Ray's autoscaler has the image of its head."""
        return {
            container["image"]
            for pod in (*self.pods, *self.ray_pods)
            for container in pod.containers
        }


@cache
def of_overlay(name: str) -> Manifests:
    return rendered(DEPLOY / "overlays" / name)


@cache
def of_components(names: tuple[str, ...]) -> Manifests:
    """Returns the base with these components."""
    # Beside the others, since kustomize takes nothing by an absolute path.
    with tempfile.TemporaryDirectory(dir=DEPLOY / "overlays") as folder:
        lines = [
            "apiVersion: kustomize.config.k8s.io/v1beta1",
            "kind: Kustomization",
            "namespace: invoice-summarizer",
            "resources: [../../base]",
            f"components: [{', '.join(f'../../components/{name}' for name in names)}]",
        ]
        (Path(folder) / "kustomization.yaml").write_text("\n".join(lines))
        return rendered(Path(folder))


def rendered(folder: Path) -> Manifests:
    """Returns what kustomize makes of the folder."""
    done = subprocess.run(
        [kustomize_program(), "build", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Manifests(tuple(yaml.safe_load_all(done.stdout)))


def kustomize_program() -> Path:
    """Returns the program, which Pants builds; where it is not there, raises with the command that builds it."""
    for root in (Path.cwd(), CHECKOUT):
        if (root / _PROGRAM).is_file():
            return (root / _PROGRAM).resolve()
    raise FileNotFoundError(
        f"{_PROGRAM} is not there: go build -o kustomize in its folder, as its BUILD does"
    )
