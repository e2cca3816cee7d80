"""One node: containerd, a kubelet, and a bridge that its pods hang on. Two of them run beside each other."""

import json
from pathlib import Path

from cluster.authority import Authority
from cluster.commands import run, wait_until
from cluster.control_plane import SERVER
from cluster.places import CGROUP_PREFIX, CGROUPS, FOLDER, LINK_PREFIX
from cluster.programs import Programs
from cluster.sandbox import IMAGE as SANDBOX_IMAGE

_PLUGINS = Path("/usr/lib/cni")
_DNS = "10.245.0.1"


class Node:
    """The node of that name, with the pods' network 10.245.NUMBER.0/24."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.address = f"10.245.{number}.1"
        self.folder = FOLDER / name
        self.socket = self.folder / "containerd.sock"
        self._subnet = f"10.245.{number}.0/24"
        self._bridge = f"{LINK_PREFIX}{name}"
        self._cgroup = f"{CGROUP_PREFIX}{name}"

    def make_network(self) -> None:
        """Its address is there, before any pod."""
        run("ip", "link", "add", self._bridge, "type", "bridge")
        run("ip", "address", "add", f"{self.address}/24", "dev", self._bridge)
        run("ip", "link", "set", self._bridge, "up")

    def start_containerd(self, programs: Programs) -> None:
        """It takes images and containers."""
        (self.folder / "cni").mkdir(parents=True)
        (self.folder / "cni" / "10-bridge.conflist").write_text(json.dumps(self._pod_network()))
        config = self.folder / "containerd.toml"
        config.write_text(self._containerd_config())
        programs.start(f"containerd-{self.name}", "containerd", "--config", config)
        wait_until(f"containerd of {self.name} answers", lambda: self.ctr("version"), seconds=30)

    def ctr(self, *command: str | Path, timeout: float = 600) -> str:
        return run(
            *("ctr", "--address", self.socket, "--namespace", "k8s.io", *command), timeout=timeout
        )

    def start_kubelet(self, bin_folder: Path, programs: Programs, authority: Authority) -> None:
        """It registers itself; it is ready some seconds later."""
        certificate = f"kubelet-{self.name}"
        authority.sign(
            certificate, f"/O=system:nodes/CN=system:node:{self.name}", f"IP:{self.address}"
        )
        self._make_cgroups()
        config = self.folder / "kubelet.json"
        config.write_text(json.dumps(self._kubelet_config(authority, certificate), indent=2))
        programs.start(
            f"kubelet-{self.name}",
            *(bin_folder / "kubelet", f"--config={config}"),
            f"--kubeconfig={authority.kubeconfig(certificate, SERVER)}",
            f"--root-dir={self.folder / 'kubelet'}",
            f"--hostname-override={self.name}",
            f"--node-ip={self.address}",
        )

    def _pod_network(self) -> dict[str, object]:
        return {
            "cniVersion": "1.0.0",
            "name": f"{LINK_PREFIX}pods-{self.name}",
            "plugins": [
                {
                    "type": "bridge",
                    "bridge": self._bridge,
                    "isGateway": True,
                    "ipMasq": False,
                    "hairpinMode": True,
                    "ipam": {
                        "type": "host-local",
                        "ranges": [[{"subnet": self._subnet, "gateway": self.address}]],
                        "routes": [{"dst": "0.0.0.0/0"}],
                        "dataDir": str(self.folder / "addresses"),
                    },
                }
            ],
        }

    def _containerd_config(self) -> str:
        return f"""\
version = 2
root = "{self.folder}/containerd"
state = "{self.folder}/state"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", \
"io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.opt"]
[grpc]
  address = "{self.socket}"
[ttrpc]
  address = "{self.socket}.ttrpc"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{SANDBOX_IMAGE}"
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
        Root = "{self.folder}/runc"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{_PLUGINS}"
    conf_dir = "{self.folder}/cni"
"""

    def _kubelet_config(self, authority: Authority, certificate: str) -> dict[str, object]:
        return {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "address": self.address,
            "port": 10250,
            "readOnlyPort": 0,
            "healthzPort": 0,
            "authentication": {
                "anonymous": {"enabled": False},
                "webhook": {"enabled": True},
                "x509": {"clientCAFile": str(authority.path("ca.crt"))},
            },
            "authorization": {"mode": "Webhook"},
            "tlsCertFile": str(authority.path(f"{certificate}.crt")),
            "tlsPrivateKeyFile": str(authority.path(f"{certificate}.key")),
            "cgroupDriver": "cgroupfs",
            "cgroupRoot": f"/{self._cgroup}",
            "cgroupsPerQOS": True,
            "enforceNodeAllocatable": ["pods"],
            "failCgroupV1": False,
            "failSwapOn": False,
            "makeIPTablesUtilChains": False,
            "containerRuntimeEndpoint": f"unix://{self.socket}",
            "podLogsDir": str(self.folder / "logs"),
            "volumePluginDir": str(self.folder / "volume-plugins"),
            "resolvConf": "",
            "clusterDNS": [_DNS],
            "clusterDomain": "cluster.local",
            "maxOpenFiles": 20000,
            "imageGCHighThresholdPercent": 100,
            "evictionHard": {
                "memory.available": "100Mi",
                "nodefs.available": "1%",
                "imagefs.available": "1%",
                "nodefs.inodesFree": "1%",
            },
        }

    def _make_cgroups(self) -> None:
        """Its pods are below a cgroup of its own, or either kubelet would remove those of the other."""
        for hierarchy in CGROUPS.iterdir():
            if hierarchy.is_symlink() or not (hierarchy / "cgroup.procs").exists():
                continue
            group = hierarchy / self._cgroup
            group.mkdir(exist_ok=True)
            for setting in ("cpuset.cpus", "cpuset.mems"):
                if (group / setting).exists():
                    (group / setting).write_text((hierarchy / setting).read_text())
