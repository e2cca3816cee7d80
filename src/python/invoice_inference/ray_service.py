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
# Ray, vLLM and CUDA, with our wheel on top. An overlay says where it is: nothing is published under this tag.
DEFAULT_IMAGE = "invoice-summarizer/inference:set-by-overlay"
TOKEN_SECRET = "inference-token"
RAY_TOKEN_SECRET = "inference-ray-token"
MODEL_CLAIM = "inference-models"
_MODEL_MOUNT = "/models"
# Of the head, whose autoscaler changes the number of workers. KubeRay binds its Role to it.
HEAD_ACCOUNT = "inference-ray-head"
# A head with this label may reach the API server.
API_SERVER_LABEL = "invoice-summarizer/api-server"
_ACCOUNT_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
_PORTS = {"gcs-server": 6379, "dashboard": 8265, "metrics": 8080, "serve": 8000}
_NODE_LABEL = "nvidia.com/gpu.product"
_PRODUCTS: Mapping[AcceleratorName, str] = {
    "L4": "NVIDIA-L4",
    "A100-80G": "NVIDIA-A100-SXM4-80GB",
    "H100": "NVIDIA-H100-80GB-HBM3",
}


def ray_service(settings: InferenceSettings, *, image: str = DEFAULT_IMAGE) -> dict[str, Any]:
    """Returns the manifest. It names what is made apart: two Secrets with tokens, and a claim with the model.

    Where the number of replicas may change, Ray's autoscaler runs beside the head, and the head has the service account
    HEAD_ACCOUNT, which is made apart too. Where it is fixed, nothing of it talks to the API server.
    """
    autoscaled = settings.scaling.min_replicas < settings.scaling.max_replicas
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
                "enableInTreeAutoscaling": autoscaled,
                **({"autoscalerOptions": _autoscaler()} if autoscaled else {}),
                "headGroupSpec": {
                    # Nothing of the model runs beside Ray's own state.
                    "rayStartParams": {"num-cpus": "0", "num-gpus": "0"},
                    "template": _head(settings, image, autoscaled=autoscaled),
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


def _autoscaler() -> dict[str, Any]:
    return {
        "idleTimeoutSeconds": 300,
        "resources": {
            "requests": {"cpu": "100m", "memory": "256Mi"},
            "limits": {"cpu": "500m", "memory": "512Mi"},
        },
        "securityContext": dict(_CONTAINER_SECURITY),
        "volumeMounts": [{"name": "api-server", "mountPath": _ACCOUNT_MOUNT, "readOnly": True}],
    }


def _head(settings: InferenceSettings, image: str, *, autoscaled: bool) -> dict[str, Any]:
    template = _pod("ray-head", image, {"cpu": "2", "memory": "8Gi"}, settings, ports=_PORTS)
    if autoscaled:
        template["metadata"]["labels"][API_SERVER_LABEL] = "true"
        template["spec"] |= {
            "serviceAccountName": HEAD_ACCOUNT,
            # What Kubernetes would mount in every container of the pod, for the autoscaler alone.
            "volumes": [{"name": "api-server", "projected": {"sources": _account_sources()}}],
        }
    return template


def _account_sources() -> list[dict[str, Any]]:
    namespace = {"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}
    return [
        {"serviceAccountToken": {"path": "token", "expirationSeconds": 3607}},
        {
            "configMap": {
                "name": "kube-root-ca.crt",
                "items": [{"key": "ca.crt", "path": "ca.crt"}],
            }
        },
        {"downwardAPI": {"items": [namespace]}},
    ]


def _workers(settings: InferenceSettings, image: str) -> dict[str, Any]:
    resources = {"cpu": "4", "memory": "8Gi"}
    nodes: dict[str, str] = {}
    if settings.accelerator is not None:
        resources = {"cpu": "8", "memory": "32Gi"}
        resources["nvidia.com/gpu"] = str(settings.engine.tensor_parallel_size)
        nodes = {_NODE_LABEL: _PRODUCTS[settings.accelerator]}
    ports = {"metrics": _PORTS["metrics"]}
    template = _pod("ray-worker", image, resources, settings, ports=ports)
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
    ports: Mapping[str, int],
) -> dict[str, Any]:
    requests = resources if settings.accelerator else _SMALL_REQUESTS
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
            "automountServiceAccountToken": False,
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
