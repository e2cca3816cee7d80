"""What this machine was before there was a cluster on it, and how it becomes that again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cluster.commands import Failed
from cluster.places import CGROUP_PREFIX, CGROUPS, FOLDER, LINK_PREFIX

# Outside the folder: what a run that was killed had found is known until its leftovers are gone.
_BEFORE = Path("/var/tmp/invoice-cluster.before.json")
# What kubelets, kube-proxy and we set.
_SETTINGS = (
    "kernel/keys/root_maxbytes",
    "kernel/keys/root_maxkeys",
    "kernel/panic",
    "kernel/panic_on_oops",
    "net/ipv4/conf/all/route_localnet",
    "net/ipv4/ip_forward",
    "net/netfilter/nf_conntrack_max",
    "net/netfilter/nf_conntrack_tcp_timeout_close_wait",
    "net/netfilter/nf_conntrack_tcp_timeout_established",
    "vm/overcommit_memory",
)
# Folders that a kubelet and the plugins of the network make wherever they are told to keep things.
_MADE = ("/var/lib/kubelet", "/var/lib/cni", "/var/log/containers", "/var/log/pods")
_SHIM_SOCKETS = Path("/run/containerd/s")
_NETWORK_RESULTS = Path("/var/lib/cni/results")


def take_over() -> None:
    """Nothing of an earlier run is left here, and what this one will change is written down.

    Raises Failed where the machine is a node of another Kubernetes, which this one would harm.
    """
    if _BEFORE.exists() or FOLDER.exists():
        require_nothing_left(give_back())
    for comm in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):  # it has ended
            if comm.read_text().strip() in {"kubelet", "kube-proxy"}:
                raise Failed("this machine is a node of a Kubernetes already: take another one")
    settings = {each: _setting(each).read_text() for each in _SETTINGS if _setting(each).exists()}
    absent = [each for each in _MADE if not Path(each).exists()]
    _BEFORE.write_text(json.dumps({"settings": settings, "absent": absent}, indent=2))


def give_back() -> Sequence[str]:
    """The machine is as `take_over` found it. Returns what could not be removed, a line each; a later run tries again."""
    left = _end_processes()
    for mount in sorted(_mounts(), key=len, reverse=True):
        subprocess.run(["umount", "--lazy", mount], capture_output=True, check=False)
    for link in Path("/sys/class/net").glob(f"{LINK_PREFIX}*"):
        subprocess.run(["ip", "link", "delete", link.name], capture_output=True, check=False)
    for family in ("ip", "ip6"):
        subprocess.run(
            ["nft", "delete", "table", family, "kube-proxy"], capture_output=True, check=False
        )
    _remove_dead_sockets()
    _remove_log_links()
    for result in _NETWORK_RESULTS.glob(f"{LINK_PREFIX}*"):
        result.unlink()
    for group in CGROUPS.glob(f"*/{CGROUP_PREFIX}*"):
        left += _remove_cgroup(group)
    left += [f"{mount} is mounted" for mount in _mounts()]
    if not left:
        left += _remove_folder()
        _restore()
    return left


def require_nothing_left(left: Sequence[str]) -> None:
    if left:
        raise Failed(f"of a cluster there is left on this machine: {'; '.join(left[:5])}")


def _setting(name: str) -> Path:
    return Path("/proc/sys") / name


def _end_processes() -> list[str]:
    for _ in range(50):
        processes = list(_processes())
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not processes:
            return []
        time.sleep(0.1)
    return [f"process {pid} does not end" for pid in _processes()]


def _processes() -> Iterator[int]:
    """Yields who runs in a cgroup of ours: programs, what they started, and pods."""
    for procs in CGROUPS.glob(f"*/{CGROUP_PREFIX}*/**/cgroup.procs"):
        with suppress(OSError):  # the cgroup has gone
            yield from (int(line) for line in procs.read_text().split())


def _mounts() -> Sequence[str]:
    points = (line.split()[1] for line in Path("/proc/mounts").read_text().splitlines())
    return [point for point in points if point.startswith(f"{FOLDER}/")]


def _remove_cgroup(group: Path) -> list[str]:
    for folder, _, _ in os.walk(group, topdown=False):
        try:
            os.rmdir(folder)
        except OSError as error:
            return [f"{folder}: {error.strerror}"]
    return []


def _remove_dead_sockets() -> None:
    """containerd's shims make theirs in a folder that cannot be chosen. One that nobody listens to is of no use to anybody."""
    for path in _SHIM_SOCKETS.glob("*"):
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(path))
            except ConnectionRefusedError:
                path.unlink()


def _remove_log_links() -> None:
    """The kubelet links the logs of containers from a folder that cannot be chosen."""
    for link in Path("/var/log/containers").glob("*.log"):
        if str(FOLDER) in os.readlink(link):
            link.unlink()


def _remove_folder() -> list[str]:
    try:
        shutil.rmtree(FOLDER)
    except FileNotFoundError:
        return []
    except OSError as error:
        return [f"{error.filename}: {error.strerror}"]
    return []


def _restore() -> None:
    if not _BEFORE.exists():
        return
    if _BEFORE.stat().st_uid != os.geteuid():
        raise Failed(f"{_BEFORE} is somebody else's: look at it, and remove it")
    before = json.loads(_BEFORE.read_text())
    for name, value in before["settings"].items():
        if _setting(name).read_text() != value:
            _setting(name).write_text(value)
    for folder in before["absent"]:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
    _BEFORE.unlink()
