"""What a cluster has besides Kubernetes: the ways to Services, names, metrics, Prometheus, KubeRay.

All of it runs beside the cluster on this machine, at the address of its API server, and not in pods.
"""

import json
from pathlib import Path
from typing import Any

from cluster.authority import Authority
from cluster.commands import wait_until
from cluster.control_plane import ADDRESS
from cluster.kubectl import Kubectl
from cluster.places import FOLDER
from cluster.programs import Programs

_METRICS_PORT = 4443
_ADAPTER_PORT = 4444
_PROMETHEUS = f"{ADDRESS}:9095"
_ADAPTER_RULES = "deploy/components/worker-hpa-queue/adapter-rules.yaml"


class Addons:
    """They call the API server as administrators, which in-cluster ones would not."""

    def __init__(
        self, bin_folder: Path, programs: Programs, authority: Authority, kubectl: Kubectl
    ) -> None:
        self._bin = bin_folder
        self._programs = programs
        self._authority = authority
        self._kubectl = kubectl
        self._kubeconfig = kubectl.kubeconfig

    def start_proxy(self) -> None:
        """Addresses of Services lead to pods, from this machine as from pods."""
        self._programs.start(
            "kube-proxy",
            *(self._bin / "kube-proxy", f"--kubeconfig={self._kubeconfig}"),
            *("--proxy-mode=nftables", "--hostname-override=a", "--cluster-cidr=10.245.0.0/16"),
            *("--metrics-bind-address=127.0.0.1:10249", "--healthz-bind-address=127.0.0.1:10256"),
            *("--conntrack-max-per-core=0", "--nodeport-addresses=127.0.0.0/8"),
        )

    def start_names(self) -> None:
        """Pods find Services by their names."""
        file = FOLDER / "Corefile"
        file.write_text(
            f"cluster.local:53 in-addr.arpa:53 {{\n  bind {ADDRESS}\n  errors\n"
            f"  kubernetes cluster.local in-addr.arpa {{\n    kubeconfig {self._kubeconfig} test\n"
            "    pods insecure\n  }\n  cache 5\n}\n"
        )
        self._programs.start("coredns", self._bin / "coredns", "-conf", file)

    def start_metrics(self) -> None:
        """What pods use of processors and memory is told, for `kubectl top` and for HPAs."""
        path = self._authority.path
        self._programs.start(
            "metrics-server",
            self._bin / "metrics-server",
            *self._serving(_METRICS_PORT),
            f"--kubeconfig={self._kubeconfig}",
            "--kubelet-preferred-address-types=InternalIP",
            f"--kubelet-certificate-authority={path('ca.crt')}",
            f"--kubelet-client-certificate={path('kubelet-client.crt')}",
            f"--kubelet-client-key={path('kubelet-client.key')}",
            "--metric-resolution=10s",
            "--kubelet-request-timeout=8s",
        )
        self._register("v1beta1.metrics.k8s.io", "metrics-server", _METRICS_PORT)

    def start_prometheus(self) -> None:
        """What pods of ours with prometheus.io/scrape tell is gathered, and the queue given as an external metric."""
        file = FOLDER / "prometheus.json"
        file.write_text(json.dumps(self._scraping(), indent=2))
        self._programs.start(
            "prometheus",
            *(self._bin / "prometheus", f"--config.file={file}"),
            *(
                f"--storage.tsdb.path={FOLDER / 'prometheus'}",
                f"--web.listen-address={_PROMETHEUS}",
            ),
        )
        self.start_adapter()
        self._register("v1beta1.external.metrics.k8s.io", "prometheus-adapter", _ADAPTER_PORT)

    def start_adapter(self) -> None:
        """The queue's length is given as an external metric, some seconds later."""
        self._programs.start(
            "prometheus-adapter",
            self._bin / "prometheus-adapter",
            *self._serving(_ADAPTER_PORT),
            f"--lister-kubeconfig={self._kubeconfig}",
            f"--prometheus-url=http://{_PROMETHEUS}",
            f"--config={_ADAPTER_RULES}",
            "--metrics-relist-interval=15s",
            "--metrics-max-age=1m",
        )

    def stop_adapter(self) -> None:
        self._programs.stop("prometheus-adapter")

    def start_ray_operator(self) -> None:
        """A RayService becomes pods of Ray."""
        self._programs.start(
            "ray-operator",
            *(self._bin / "ray-operator", "--enable-leader-election=false"),
            *("--metrics-addr=127.0.0.1:8083", "--health-probe-bind-address=127.0.0.1:8082"),
            "--use-kubernetes-proxy=true",
            f"--log-file-path={FOLDER / 'ray-operator.log'}",
            env={"KUBECONFIG": str(self._kubeconfig), "ENABLE_WEBHOOKS": "false"},
        )

    def wait(self) -> None:
        """Metrics of processors are served. Raises Failed, and names the program, where one has ended."""
        for name in ("kube-proxy", "coredns", "metrics-server", "prometheus", "prometheus-adapter"):
            self._programs.require(name)
        for service in ("v1beta1.metrics.k8s.io", "v1beta1.external.metrics.k8s.io"):
            wait_until(
                f"{service} answers",
                lambda service=service: self._is_available(service),  # type: ignore[misc]
                seconds=90,
            )

    def _is_available(self, service: str) -> bool:
        conditions = self._kubectl.get("apiservice", service)["status"].get("conditions", [])
        return any(each["type"] == "Available" and each["status"] == "True" for each in conditions)

    def _serving(self, port: int) -> tuple[str, ...]:
        return (
            f"--authentication-kubeconfig={self._kubeconfig}",
            f"--authorization-kubeconfig={self._kubeconfig}",
            f"--bind-address={ADDRESS}",
            f"--secure-port={port}",
            f"--cert-dir={FOLDER / f'serving-{port}'}",
        )

    def _register(self, api: str, name: str, port: int) -> None:
        version, _, group = api.partition(".")
        place = {"name": name, "namespace": "kube-system"}
        self._kubectl.apply(
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": place,
                "spec": {"ports": [{"name": "https", "port": port}]},
            },
            {
                "apiVersion": "discovery.k8s.io/v1",
                "kind": "EndpointSlice",
                "metadata": {**place, "labels": {"kubernetes.io/service-name": name}},
                "addressType": "IPv4",
                "ports": [{"name": "https", "port": port, "protocol": "TCP"}],
                "endpoints": [{"addresses": [ADDRESS], "conditions": {"ready": True}}],
            },
            {
                "apiVersion": "apiregistration.k8s.io/v1",
                "kind": "APIService",
                "metadata": {"name": api},
                "spec": {
                    "service": {**place, "port": port},
                    "group": group,
                    "version": version,
                    "insecureSkipTLSVerify": True,
                    "groupPriorityMinimum": 100,
                    "versionPriority": 100,
                },
            },
        )

    def _scraping(self) -> dict[str, Any]:
        annotation = "__meta_kubernetes_pod_annotation_prometheus_io_"
        return {
            "global": {"scrape_interval": "5s", "scrape_timeout": "4s"},
            "scrape_configs": [
                {
                    "job_name": "pods",
                    "kubernetes_sd_configs": [
                        {"role": "pod", "kubeconfig_file": str(self._kubeconfig)}
                    ],
                    "relabel_configs": [
                        {
                            "source_labels": [f"{annotation}scrape"],
                            "action": "keep",
                            "regex": "true",
                        },
                        {
                            "source_labels": ["__meta_kubernetes_pod_phase"],
                            "action": "keep",
                            "regex": "Running",
                        },
                        {
                            "source_labels": ["__meta_kubernetes_pod_ip", f"{annotation}port"],
                            "separator": ":",
                            "target_label": "__address__",
                        },
                        {
                            "source_labels": ["__meta_kubernetes_namespace"],
                            "target_label": "namespace",
                        },
                        {"source_labels": ["__meta_kubernetes_pod_name"], "target_label": "pod"},
                    ],
                }
            ],
        }
