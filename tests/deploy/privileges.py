"""What an overlay grants: who asks the API server for what, what each pod may do and write, and who reaches whom.

It is written down beside this file, one page for each overlay, and a test renders the overlay and compares. A change of
the manifests that grants more is so seen as what it is.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from deploy.manifests import Manifests, Object, Pod, of_overlay
from deploy.network import Network
from markdown_page import ROOT

FOLDER = Path("tests/deploy/privileges")
_HEAD = """\
# What the overlay `{overlay}` grants. `./pants run tests/deploy:write_privileges` writes it, to be read before it is checked in.
"""
# What KubeRay grants the account of Ray's head where its autoscaler runs (BuildRole in its rbac.go).
_ROLE_OF_RAY_HEAD = (
    "pods: get, list, watch, patch",
    "pods/resize: patch",
    "rayclusters.ray.io: get, patch",
)
_ROLES = ("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
# Volumes that nobody writes to.
_READ_ONLY_VOLUMES = {"configMap", "secret", "projected", "downwardAPI"}


def text_of(overlay: str) -> str:
    """Returns the page of the overlay."""
    manifests = of_overlay(overlay)
    content = {
        "accounts": dict(sorted(_accounts(manifests))),
        "pods": {
            pod.name: _pod(pod)
            for pod in sorted((*manifests.pods, *manifests.ray_pods), key=lambda pod: pod.name)
        },
        "ways": _ways(manifests),
    }
    written = yaml.safe_dump(content, sort_keys=False, width=200)
    return f"{_HEAD.format(overlay=overlay)}{written}"


def _ways(manifests: Manifests) -> Object:
    """Returns whom each reaches, and by which ports."""
    ways: dict[str, list[str]] = {}
    for source, target, ports in Network(manifests).ways():
        ways.setdefault(source.name, []).append(f"{target.name}: {', '.join(map(str, ports))}")
    return {name: sorted(reached) for name, reached in sorted(ways.items())}


def checked_in(overlay: str) -> str:
    """Returns what stands in the folder; nothing where there is no page."""
    file = ROOT / FOLDER / f"{overlay}.yaml"
    return file.read_text() if file.is_file() else ""


def _accounts(manifests: Manifests) -> Iterator[tuple[str, Object]]:
    """Yields the service accounts that pods have: who holds their token, and what it is good for."""
    assert not [
        each for each in manifests.objects if each["kind"] in _ROLES
    ], "say here what they grant"
    names = {account_of(pod) for pod in (*manifests.pods, *manifests.ray_pods)}
    for name in names | {each["metadata"]["name"] for each in manifests.of_kind("ServiceAccount")}:
        pods = [pod for pod in (*manifests.pods, *manifests.ray_pods) if account_of(pod) == name]
        holders = sorted(holder for pod in pods for holder in _holders(pod, manifests))
        account: Object = {"token": holders or "nobody"}
        if manifests.of_autoscaler() is not None and any(
            pod.name.endswith("-head") for pod in pods
        ):
            account["may"] = list(_ROLE_OF_RAY_HEAD)
            account["but"] = sorted(_held_back(name, manifests))
        else:
            account["may"] = "nothing"
        yield name, account


def account_of(pod: Pod) -> str:
    return str(pod.spec.get("serviceAccountName", "default"))


def _holders(pod: Pod, manifests: Manifests) -> Iterator[str]:
    """Yields the containers that have the token of their account."""
    if pod.spec["automountServiceAccountToken"]:
        yield from (f"{pod.name}: {container['name']}" for container in pod.containers)
    mounted = {
        volume["name"]
        for volume in pod.spec.get("volumes", ())
        for source in volume.get("projected", {}).get("sources", ())
        if "serviceAccountToken" in source
    }
    containers = [*pod.containers]
    if pod.name.endswith("-head") and (options := manifests.of_autoscaler()):
        containers.append({"name": "autoscaler", **options})
    for container in containers:
        if mounted & {each["name"] for each in container.get("volumeMounts", ())}:
            yield f"{pod.name}: {container['name']}"


def _held_back(account: str, manifests: Manifests) -> Iterator[str]:
    """Yields what policies of admission say to the account."""
    in_force = {
        each["spec"]["policyName"]
        for each in manifests.of_kind("ValidatingAdmissionPolicyBinding")
        if each["spec"]["validationActions"] == ["Deny"]
        and each["spec"].keys() == {"policyName", "validationActions"}
    }
    user = f"request.userInfo.username == 'system:serviceaccount:invoice-summarizer:{account}'"
    for policy in manifests.of_kind("ValidatingAdmissionPolicy"):
        spec = policy["spec"]
        conditions = [each["expression"] for each in spec["matchConditions"]]
        if policy["metadata"]["name"] in in_force and conditions == [user]:
            assert spec["failurePolicy"] == "Fail"
            yield from (each["message"] for each in spec["validations"])


def _pod(pod: Pod) -> Object:
    context = pod.spec["securityContext"]
    return {
        "account": account_of(pod),
        "user": context.get("runAsUser", "not root, as the image says"),
        "containers": {each["name"]: _container(each, pod) for each in pod.containers},
    }


def _container(container: Object, pod: Pod) -> Object:
    context = container["securityContext"]
    volumes = {each["name"]: each for each in pod.spec.get("volumes", ())}
    mounts = container.get("volumeMounts", ())
    capabilities = context["capabilities"]
    return {
        "capabilities": (
            capabilities.get("add", "none")
            if capabilities["drop"] == ["ALL"]
            else "those of the runtime"
        ),
        "root": "read-only" if context.get("readOnlyRootFilesystem") else "written to",
        "writes": sorted(
            f"{mount['mountPath']}: {_volume(volumes[mount['name']])}"
            for mount in mounts
            if not mount.get("readOnly")
            and not (volumes[mount["name"]].keys() & _READ_ONLY_VOLUMES)
        ),
        "secrets": sorted({*_secrets(container, mounts, volumes), *_secrets_of_ray(pod)}),
    }


def _secrets_of_ray(pod: Pod) -> Iterator[str]:
    """Yields what KubeRay gives every container of Ray."""
    if pod.owner["kind"] == "RayService":
        yield f"{pod.owner['spec']['rayClusterConfig']['authOptions']['secretName']}: auth_token"


def _volume(volume: Object) -> str:
    if claim := volume.get("persistentVolumeClaim"):
        return f"claim {claim['claimName']}"
    [kind] = volume.keys() - {"name"}
    return str(kind)


def _secrets(container: Object, mounts: list[Object], volumes: dict[str, Object]) -> Iterator[str]:
    for variable in container.get("env", ()):
        if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
            yield f"{reference['name']}: {reference['key']}"
    for mount in mounts:
        if secret := volumes[mount["name"]].get("secret"):
            keys = ", ".join(item["key"] for item in secret.get("items", ())) or "all keys"
            yield f"{secret['secretName']}: {keys}"
