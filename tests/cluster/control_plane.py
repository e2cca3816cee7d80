"""etcd, the API server, the controllers and the scheduler."""

from pathlib import Path

from cluster.authority import Authority
from cluster.commands import run, wait_until
from cluster.places import FOLDER
from cluster.programs import Programs

# The address of the first node's bridge: pods reach it, as they do in any cluster.
ADDRESS = "10.245.0.1"
SERVER = f"https://{ADDRESS}:6443"
SERVICES = "10.96.0.0/16"
_SERVICE_NAMES = "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
_ETCD = "http://127.0.0.1:23790"
_ETCD_PEER = "http://127.0.0.1:23800"


def start_control_plane(bin_folder: Path, programs: Programs, authority: Authority) -> Path:
    """The API server is ready, and the rest started. Returns the kubeconfig of an administrator."""
    for name, subject, names in (
        ("server", "/CN=kube-apiserver", f"IP:{ADDRESS},IP:10.96.0.1,{_SERVICE_NAMES}"),
        ("kubelet-client", "/O=system:masters/CN=kube-apiserver-kubelet-client", ""),
        ("admin", "/O=system:masters/CN=admin", ""),
        ("controllers", "/CN=system:kube-controller-manager", ""),
        ("scheduler", "/CN=system:kube-scheduler", ""),
    ):
        authority.sign(name, subject, names)
    authority.sign("front-proxy", "/CN=front-proxy-client", authority="front-proxy-ca")
    admin = authority.kubeconfig("admin", SERVER)
    _start_etcd(bin_folder, programs)
    _start_server(bin_folder, programs, authority)
    wait_until("the API server is ready", lambda: _is_ready(programs, admin), seconds=120)
    _start_controllers(bin_folder, programs, authority)
    scheduler = authority.kubeconfig("scheduler", SERVER)
    programs.start(
        "kube-scheduler",
        *(bin_folder / "kube-scheduler", "--leader-elect=false", "--bind-address=127.0.0.1"),
        *_as_client(scheduler),
    )
    return admin


def _is_ready(programs: Programs, admin: Path) -> bool:
    programs.require("kube-apiserver")
    return run("kubectl", "--kubeconfig", admin, "get", "--raw", "/readyz") == "ok"


def _as_client(kubeconfig: Path) -> tuple[str, ...]:
    options = ("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")
    return tuple(f"--{option}={kubeconfig}" for option in options)


def _start_etcd(bin_folder: Path, programs: Programs) -> None:
    programs.start(
        "etcd",
        *(bin_folder / "etcd", "--data-dir", FOLDER / "etcd", "--unsafe-no-fsync"),
        *("--listen-client-urls", _ETCD, "--advertise-client-urls", _ETCD),
        *("--listen-peer-urls", _ETCD_PEER, "--initial-advertise-peer-urls", _ETCD_PEER),
        *("--initial-cluster", f"default={_ETCD_PEER}", "--log-level", "error"),
    )


def _start_server(bin_folder: Path, programs: Programs, authority: Authority) -> None:
    path = authority.path
    programs.start(
        "kube-apiserver",
        bin_folder / "kube-apiserver",
        f"--etcd-servers={_ETCD}",
        f"--bind-address={ADDRESS}",
        f"--advertise-address={ADDRESS}",
        "--secure-port=6443",
        f"--service-cluster-ip-range={SERVICES}",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--allow-privileged=true",
        f"--cert-dir={FOLDER / 'generated'}",
        f"--tls-cert-file={path('server.crt')}",
        f"--tls-private-key-file={path('server.key')}",
        f"--client-ca-file={path('ca.crt')}",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={path('accounts.pub')}",
        f"--service-account-signing-key-file={path('accounts.key')}",
        f"--kubelet-certificate-authority={path('ca.crt')}",
        f"--kubelet-client-certificate={path('kubelet-client.crt')}",
        f"--kubelet-client-key={path('kubelet-client.key')}",
        "--kubelet-preferred-address-types=InternalIP",
        f"--requestheader-client-ca-file={path('front-proxy-ca.crt')}",
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        f"--proxy-client-cert-file={path('front-proxy.crt')}",
        f"--proxy-client-key-file={path('front-proxy.key')}",
    )


def _start_controllers(bin_folder: Path, programs: Programs, authority: Authority) -> None:
    path = authority.path
    programs.start(
        "kube-controller-manager",
        *(bin_folder / "kube-controller-manager", "--leader-elect=false"),
        *("--bind-address=127.0.0.1", "--use-service-account-credentials=true"),
        *_as_client(authority.kubeconfig("controllers", SERVER)),
        f"--service-account-private-key-file={path('accounts.key')}",
        f"--root-ca-file={path('ca.crt')}",
        f"--cluster-signing-cert-file={path('ca.crt')}",
        f"--cluster-signing-key-file={path('ca.key')}",
        # A replica that has come up counts at once, and one that is too many goes soon: a try is not to take an hour.
        "--horizontal-pod-autoscaler-sync-period=5s",
        "--horizontal-pod-autoscaler-initial-readiness-delay=10s",
        "--horizontal-pod-autoscaler-cpu-initialization-period=30s",
    )
