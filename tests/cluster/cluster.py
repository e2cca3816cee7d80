"""The cluster as a whole: two nodes on one machine, up and down again."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster.addons import Addons
from cluster.authority import NAMESPACE, Authority
from cluster.certificates import Certificates
from cluster.control_plane import start_control_plane
from cluster.images import bring_product, bring_stores
from cluster.kubectl import Kubectl
from cluster.machine import FOLDER, Failed, Programs, remove_everything, run, wait_until
from cluster.node import Node
from cluster.progress import say
from cluster.sandbox import build_sandbox_image

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LOCK = Path("/var/tmp/invoice-cluster.lock")
_FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
# Modules of Go that have the CRDs, and where these lie in them.
_CRDS = (
    ("github.com/cert-manager/cert-manager", "1.21.2", "deploy/crds/*.yaml"),
    ("github.com/ray-project/kuberay/ray-operator", "1.6.1", "config/crd/bases/*.yaml"),
)
# Each claim has a folder of this machine, which both nodes see: claim, gigabytes, owner.
_VOLUMES = (("postgres-pvc", 20, 999), ("objects-pvc", 20, 10001), ("inference-models", 20, 10001))


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

    def bring_product(self, version: str) -> None:
        bring_product(self.nodes, version)

    def stop(self) -> None:
        self.certificates.stop()
        self.programs.stop_all()

    def _make_crds(self) -> None:
        for module, version, files in _CRDS:
            folder = _module_folder(module, version)
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
    remove_everything()
    forwarding = _FORWARDING.read_text()
    cluster: Cluster | None = None
    try:
        cluster = Cluster(bin_folder)
        yield cluster
    finally:
        for each in _ENDING:  # it is ending; a second one would leave the rest
            signal.signal(each, signal.SIG_IGN)
        say("removing the cluster")
        if cluster:
            cluster.stop()
        remove_everything()
        _FORWARDING.write_text(forwarding)
