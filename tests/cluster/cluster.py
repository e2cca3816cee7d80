"""The cluster as a whole: two nodes on one machine, up and down again."""

import fcntl
import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cluster.addons import Addons
from cluster.authority import Authority
from cluster.certificates import Certificates
from cluster.commands import Failed, run, wait_until
from cluster.control_plane import start_control_plane
from cluster.images import bring_product, bring_stores
from cluster.kubectl import Kubectl
from cluster.machine import give_back, require_nothing_left, take_over
from cluster.node import Node
from cluster.places import FOLDER, NAMESPACE
from cluster.programs import Programs
from cluster.progress import say
from cluster.sandbox import build_sandbox_image

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOCK = Path("/var/tmp/invoice-cluster.lock")
_FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
_VERSIONS = Path("scripts/kubernetes-versions")
# Modules of Go that have the CRDs, what their versions are called there, and where the CRDs lie in them.
_CRDS = (
    ("github.com/cert-manager/cert-manager", "cert_manager", "deploy/crds/*.yaml"),
    ("github.com/ray-project/kuberay/ray-operator", "kuberay", "config/crd/bases/*.yaml"),
)
# Each claim has a folder of this machine, which both nodes see: claim, gigabytes, owner.
_VOLUMES = (("postgres-pvc", 20, 999), ("objects-pvc", 20, 10001), ("inference-models", 40, 10001))


class Cluster:
    """A cluster that runs: its nodes, and how it is asked."""

    def __init__(self, bin_folder: Path) -> None:
        self.programs = Programs(FOLDER / "logs")
        self.nodes = (Node("a", 0), Node("b", 1))
        self._authority = Authority(FOLDER / "authority")
        for node in self.nodes:
            node.make_network()
        _FORWARDING.write_text("1")
        say("control plane")
        self.kubectl = Kubectl(start_control_plane(bin_folder, self.programs, self._authority))
        self.addons = Addons(bin_folder, self.programs, self._authority, self.kubectl)
        self.certificates = Certificates(self.kubectl)
        say("nodes")
        sandbox = build_sandbox_image()
        for node in self.nodes:
            node.start_containerd(self.programs)
            node.ctr("images", "import", sandbox)
            node.start_kubelet(bin_folder, self.programs, self._authority)
        bring_stores(self.nodes)
        self._make_crds()
        say("names, metrics, Prometheus, KubeRay")
        self.addons.start_proxy()
        self.addons.start_names()
        self.addons.start_metrics()
        self.addons.start_prometheus()
        self.addons.start_ray_operator()
        self.certificates.start()
        self._make_volumes()
        self.kubectl(
            *("wait", "--for=condition=Ready", "node", "--all", "--timeout=90s"), timeout=100
        )
        self.addons.wait()

    @property
    def kubeconfig(self) -> Path:
        return self.kubectl.kubeconfig

    @property
    def documents(self) -> Path:
        """The folder that is the volume of documents: a file system of its own, of 256 MiB."""
        return FOLDER / "volumes" / "objects-pvc"

    def bring_product(self, version: str) -> None:
        bring_product(self.nodes, version)

    def stop(self) -> None:
        self.certificates.stop()
        self.programs.stop_all()

    def _make_crds(self) -> None:
        versions = dict(re.findall(r"^(\w+)=([\d.]+)", _VERSIONS.read_text(), re.MULTILINE))
        for module, name, files in _CRDS:
            folder = _module_folder(module, versions[name])
            for file in sorted(folder.glob(files)):
                self.kubectl("apply", "--server-side", "--filename", file)
        wait_until("the CRDs are established", self._crds_are_established, seconds=60)

    def _crds_are_established(self) -> bool:
        self.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=10s")
        return True

    def _make_volumes(self) -> None:
        for name, gigabytes, owner in _VOLUMES:
            folder = FOLDER / "volumes" / name
            folder.mkdir(parents=True)
            if folder == self.documents:
                run("mount", "-t", "tmpfs", "-o", "size=256m,mode=700", "documents", folder)
            os.chown(folder, owner, owner)
            self.kubectl.apply(
                {
                    "apiVersion": "v1",
                    "kind": "PersistentVolume",
                    "metadata": {"name": name},
                    "spec": {
                        "capacity": {"storage": f"{gigabytes}Gi"},
                        "accessModes": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"],
                        "claimRef": {"namespace": NAMESPACE, "name": name},
                        "hostPath": {"path": str(folder)},
                    },
                }
            )


def _module_folder(module: str, version: str) -> Path:
    told = run("go", "mod", "download", "-json", f"{module}@v{version}", timeout=300)
    for line in told.splitlines():
        key, _, value = line.strip().partition(": ")
        if key == '"Dir"':
            return Path(value.strip('",'))
    raise Failed(f"{module} {version} could not be fetched")


@contextmanager
def running_cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Yields a cluster without anything of ours in it; nothing of it is left on this machine afterwards."""
    if os.geteuid() != 0:
        raise Failed("it has to be root: it starts containers")
    for each in _ENDING:
        signal.signal(each, signal.default_int_handler)
    with _LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed("another run has its cluster on this machine: end it first") from None
        yield from _cluster_alone(bin_folder)


def _cluster_alone(bin_folder: Path) -> Iterator[Cluster]:
    take_over()
    cluster: Cluster | None = None
    left: Sequence[str] = ()
    try:
        cluster = Cluster(bin_folder)
        yield cluster
    finally:
        for each in _ENDING:  # it is ending; a second one would leave the rest
            signal.signal(each, signal.SIG_IGN)
        say("removing the cluster")
        if cluster:
            cluster.stop()
        left = give_back()
        for what in left:
            say(f"not removed: {what}")
    require_nothing_left(left)
