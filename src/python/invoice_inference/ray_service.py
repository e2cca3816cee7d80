"""The RayService of KubeRay by which the application runs on a cluster: the same settings, as a manifest.

Rendered as YAML by `python -m invoice_inference.ray_service`, of the profile that INFERENCE_PROFILE names, else `gpu`.
"""

import os
from collections.abc import Mapping
from typing import Any

import yaml  # pants: no-infer-dep

from invoice_inference.endpoint_token import TOKEN_VARIABLE
from invoice_inference.settings import AcceleratorName, InferenceSettings, profile_settings

NAMESPACE = "invoice-summarizer"
NAME = "inference"
RAY_VERSION = "2.60.0"
# Ray, vLLM and CUDA, with our wheel on top.
DEFAULT_IMAGE = "invoice-summarizer/inference:0.1.0"
TOKEN_SECRET = "inference-token"
RAY_TOKEN_SECRET = "inference-ray-token"
MODEL_CLAIM = "inference-models"
_MODEL_MOUNT = "/models"
_PORTS = {"gcs-server": 6379, "dashboard": 8265, "metrics": 8080, "serve": 8000}
_NODE_LABEL = "nvidia.com/gpu.product"
_PRODUCTS: Mapping[AcceleratorName, str] = {
    "L4": "NVIDIA-L4",
    "A100-80G": "NVIDIA-A100-SXM4-80GB",
    "H100": "NVIDIA-H100-80GB-HBM3",
}


def ray_service(settings: InferenceSettings, *, image: str = DEFAULT_IMAGE) -> dict[str, Any]:
    """Returns the manifest. It names what is made apart: two Secrets with tokens, and a claim with the model."""
    return {
        "apiVersion": "ray.io/v1",
        "kind": "RayService",
        "metadata": {
            "name": NAME,
            "namespace": NAMESPACE,
            "labels": {
                "app.kubernetes.io/name": NAME,
                "app.kubernetes.io/part-of": "invoice-summarizer",
            },
        },
        "spec": {
            "serveConfigV2": _yaml(serve_config(settings)),
            "rayClusterConfig": {
                "rayVersion": RAY_VERSION,
                "authOptions": {"mode": "token", "secretName": RAY_TOKEN_SECRET},
                "enableInTreeAutoscaling": True,
                "autoscalerOptions": {
                    "idleTimeoutSeconds": 300,
                    "resources": {
                        "requests": {"cpu": "100m", "memory": "256Mi"},
                        "limits": {"cpu": "500m", "memory": "512Mi"},
                    },
                    "securityContext": dict(_CONTAINER_SECURITY),
                },
                "headGroupSpec": {
                    # Nothing of the model runs beside Ray's own state.
                    "rayStartParams": {"num-cpus": "0", "num-gpus": "0"},
                    "template": _pod(
                        "ray-head", image, {"cpu": "2", "memory": "8Gi"}, settings, head=True
                    ),
                },
                "workerGroupSpecs": [_workers(settings, image)],
            },
        },
    }


def serve_config(settings: InferenceSettings) -> dict[str, Any]:
    """Returns what Ray Serve is told: the application, with all its settings as arguments."""
    return {
        "applications": [
            {
                "name": NAME,
                "import_path": "invoice_inference.serve_app:build",
                "route_prefix": "/",
                "args": settings.model_dump(mode="json"),
            }
        ],
    }


def _workers(settings: InferenceSettings, image: str) -> dict[str, Any]:
    resources = {"cpu": "4", "memory": "8Gi"}
    nodes: dict[str, str] = {}
    if settings.accelerator is not None:
        resources = {"cpu": "8", "memory": "32Gi"}
        resources["nvidia.com/gpu"] = str(settings.engine.tensor_parallel_size)
        nodes = {_NODE_LABEL: _PRODUCTS[settings.accelerator]}
    template = _pod("ray-worker", image, resources, settings, head=False)
    template["spec"] |= {
        "nodeSelector": nodes,
        "volumes": [
            {
                "name": "models",
                "persistentVolumeClaim": {"claimName": MODEL_CLAIM, "readOnly": True},
            }
        ],
    }
    [container] = template["spec"]["containers"]
    container["volumeMounts"] = [{"name": "models", "mountPath": _MODEL_MOUNT, "readOnly": True}]
    return {
        "groupName": "model",
        "replicas": settings.scaling.min_replicas,
        "minReplicas": settings.scaling.min_replicas,
        "maxReplicas": settings.scaling.max_replicas,
        "rayStartParams": {},
        "template": template,
    }


_CONTAINER_SECURITY = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
}


# Without an accelerator it is for a small cluster: a quarter of what it may take is enough for it to begin.
_SMALL_REQUESTS = {"cpu": "500m", "memory": "2Gi"}


def _pod(
    name: str,
    image: str,
    resources: Mapping[str, str],
    settings: InferenceSettings,
    *,
    head: bool,
) -> dict[str, Any]:
    requests = resources if settings.accelerator else _SMALL_REQUESTS
    ports = _PORTS if head else {"metrics": _PORTS["metrics"]}
    container = {
        "name": name,
        "image": image,
        "env": [
            {"name": "RAY_USAGE_STATS_ENABLED", "value": "0"},
            {
                "name": TOKEN_VARIABLE,
                "valueFrom": {"secretKeyRef": {"name": TOKEN_SECRET, "key": "token"}},
            },
        ],
        "resources": {"requests": dict(requests), "limits": dict(resources)},
        "securityContext": _CONTAINER_SECURITY,
        "ports": [{"name": port, "containerPort": number} for port, number in ports.items()],
    }
    return {
        "metadata": {"labels": {"app.kubernetes.io/name": NAME}},
        "spec": {
            "automountServiceAccountToken": head,
            "securityContext": {
                "runAsNonRoot": True,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [container],
        },
    }


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes a text of several lines as it reads, and what is said twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _yaml(content: Mapping[str, Any]) -> str:
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False)
    return text


def manifest_yaml(settings: InferenceSettings, *, image: str = DEFAULT_IMAGE) -> str:
    """Returns the manifest as YAML."""
    return _yaml(ray_service(settings, image=image))


def main() -> None:
    print(manifest_yaml(profile_settings(os.environ.get("INFERENCE_PROFILE", "gpu"))), end="")


if __name__ == "__main__":
    main()
