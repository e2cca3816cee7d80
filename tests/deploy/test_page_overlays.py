"""What the deployment page says of `staging`, `production` and a model on GPUs, over the manifests as they are rendered."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.manifests import DEPLOY, Manifests, kustomize_program, of_overlay, rendered
from markdown_page import page

_PAGE = page("docs/deployment/PRODUCTION_DEPLOYMENT.md")
_TOOLS = {
    "kubectl": 'printf "%s\\n" "$*" >>"$CALLS"; [[ "$*" != *"-f -" ]] || cat >>"$CALLS"\n',
    "openssl": "echo 0a1b\n",
}


def block(first_words: str, language: str = "sh") -> str:
    [found] = [each for each in _PAGE.fenced(language) if each.startswith(first_words)]
    return found


def typed(commands: str, folder: Path) -> str:
    """Returns what kubectl is called with when these commands of the page are typed."""
    for name, text in _TOOLS.items():
        file = folder / "bin" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/bash\n{text}")
        file.chmod(0o755)
    calls = folder / "calls"
    environment = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "CALLS": str(calls),
        "ACCESS_KEY_ID": "id",
        "SECRET_ACCESS_KEY": "key",
    }
    subprocess.run(["bash", "-euc", commands], cwd=folder, env=environment, check=True)
    return calls.read_text()


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_every_secret_that_is_wanted_is_made_by_the_commands(overlay: str, tmp_path: Path) -> None:
    commands = (
        block("kubectl apply --server-side -f deploy/base/namespace.yaml"),
        block("kubectl create secret generic -n invoice-summarizer invoice-objects"),
        block("kubectl create secret generic -n invoice-summarizer inference-token"),
    )
    made = {
        (name, key)
        for name, options in re.findall(
            r"^create secret generic -n invoice-summarizer (\S+)(.*)$",
            typed("".join(commands), tmp_path),
            re.MULTILINE,
        )
        for key in re.findall(r"--from-(?:literal|file)=([\w.-]+)", options)
    }
    manifests = of_overlay(overlay)
    issued = {each["spec"]["secretName"] for each in manifests.of_kind("Certificate")}
    wanted = {each for each in secret_keys(manifests) if each[0] not in issued}
    assert {("invoice-objects", "access-key-id"), ("invoice-objects", "secret-access-key")} < wanted
    assert wanted <= made
    whole = {name for name in whole_secrets(manifests) if name not in issued}
    assert whole <= {name for name, _ in made}
    if overlay == "production":
        assert ("inference-token", "token") in wanted and "inference-ray-token" in whole
        assert "postgres" not in {name for name, _ in wanted}


def secret_keys(manifests: Manifests) -> set[tuple[str, str]]:
    return {
        (value["name"], value["key"]) for name, value in fields(manifests) if name == "secretKeyRef"
    }


def whole_secrets(manifests: Manifests) -> set[str]:
    """Returns the secrets that are mounted, and the one by which Ray's own processes know each other."""
    ours = [
        each
        for each in manifests.objects
        if each["kind"] not in ("Certificate", "Issuer", "Ingress")
    ]
    return {value for name, value in fields(Manifests(tuple(ours))) if name == "secretName"}


def fields(manifests: Manifests) -> Iterator[tuple[str, Any]]:
    """Yields every field of every object, with its name."""
    waiting: list[Any] = [*manifests.objects]
    while waiting:
        match waiting.pop():
            case dict() as mapping:
                yield from mapping.items()
                waiting += mapping.values()
            case list() as values:
                waiting += values


def test_staging_asks_a_store_that_it_does_not_bring() -> None:
    manifests = of_overlay("staging")
    assert "object-store" not in {each["metadata"]["name"] for each in manifests.of_kind("Service")}
    endpoint = settings_of(manifests, "object-store")["INVOICES_OBJECTS__ENDPOINT_URL"]
    bucket = settings_of(manifests, "invoice-settings")["INVOICES_OBJECTS__BUCKET"]
    assert f"asks `{endpoint}`" in _PAGE.text and f"is `{bucket}`" in _PAGE.text
    # The pods behind it are let be asked by those three that the page names.
    policy = manifests.named("NetworkPolicy", "object-store-from-services")["spec"]
    assert policy["podSelector"] == {"matchLabels": {"app": "object-store"}}
    [way] = policy["ingress"]
    callers = {each["podSelector"]["matchLabels"]["app"] for each in way["from"]}
    assert callers == {"ingest", "query", "worker"} and way["ports"] == [{"port": 9000}]


def test_store_outside_is_named_by_the_overlay_of_the_page(tmp_path: Path) -> None:
    text = block("apiVersion: kustomize.config.k8s.io/v1beta1", "yaml")
    manifests = with_overlay(tmp_path, text)
    endpoint = settings_of(manifests, "object-store")
    assert endpoint["INVOICES_OBJECTS__ENDPOINT_URL"] == "https://objects.example"
    assert endpoint["INVOICES_OBJECTS__REGION"] == "eu-central-1"
    # Pods read that one, and not the one of the component.
    [name] = config_maps(manifests, "object-store")
    for app in ("ingest", "query", "worker"):
        [container] = manifests.named("Deployment", app)["spec"]["template"]["spec"]["containers"]
        assert {"configMapRef": {"name": name}} in container["envFrom"]
    assert manifests.named("NetworkPolicy", "stores-outside")


def test_toleration_of_the_page_is_that_of_the_pods_with_a_gpu(tmp_path: Path) -> None:
    head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../production]\n"
    service = with_overlay(tmp_path, head + block("patches:", "yaml")).named(
        "RayService", "inference"
    )
    assert model_pod(service)["tolerations"] == [
        {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}
    ]


def test_image_of_the_model_gets_its_digest_as_the_others_do(tmp_path: Path) -> None:
    overlays = copied(tmp_path)
    image = f"registry.example/invoices/inference@sha256:{7:064x}"
    subprocess.run(
        [kustomize_program(), "edit", "set", "image", f"invoice-summarizer/inference={image}"],
        cwd=overlays / "production",
        check=True,
    )
    service = rendered(overlays / "production").named("RayService", "inference")
    images = {value for name, value in fields(Manifests((service,))) if name == "image"}
    assert images == {image}


def test_page_says_what_the_manifest_of_the_model_asks_of_nodes(tmp_path: Path) -> None:
    service = of_overlay("production").named("RayService", "inference")
    config = service["spec"]["rayClusterConfig"]
    [group] = config["workerGroupSpecs"]
    pod = model_pod(service)
    assert f"`{pod['nodeSelector']['nvidia.com/gpu.product']}`" in _PAGE.text
    [container] = pod["containers"]
    limits = container["resources"]["limits"]
    assert limits == {"cpu": "8", "memory": "32Gi", "nvidia.com/gpu": "1"}
    assert "one GPU, 8 processors and 32 GiB of memory" in _PAGE.text
    assert f"{group['minReplicas']} to {group['maxReplicas']}, as Ray's autoscaler" in _PAGE.text
    [head] = config["headGroupSpec"]["template"]["spec"]["containers"]
    assert head["resources"]["limits"] == {"cpu": "2", "memory": "8Gi"}
    assert "head has 2 processors, 8 GiB and no GPU" in _PAGE.text
    applied = typed(block("kubectl apply -n invoice-summarizer --server-side -f -"), tmp_path)
    claim = yaml.safe_load(applied.partition("\n")[2])
    [volume] = pod["volumes"]
    assert volume["persistentVolumeClaim"] == {
        "claimName": claim["metadata"]["name"],
        "readOnly": True,
    }
    source = re.search(r"source: /models/(\S+)", service["spec"]["serveConfigV2"])
    assert source and f"in its folder `{source[1]}`" in _PAGE.text


def model_pod(service: dict[str, Any]) -> dict[str, Any]:
    [group] = service["spec"]["rayClusterConfig"]["workerGroupSpecs"]
    pod: dict[str, Any] = group["template"]["spec"]
    return pod


def copied(folder: Path) -> Path:
    """Returns the folder of overlays of a copy of the manifests."""
    shutil.copytree(DEPLOY, folder / "deploy", ignore=shutil.ignore_patterns("images"))
    return folder / "deploy/overlays"


def with_overlay(folder: Path, kustomization: str) -> Manifests:
    """Returns what comes of an overlay of somebody's own, beside ours."""
    mine = copied(folder) / "mine"
    mine.mkdir()
    shutil.copy(DEPLOY / "overlays/production/stores-outside.yaml", mine)
    (mine / "kustomization.yaml").write_text(kustomization)
    return rendered(mine)


def config_maps(manifests: Manifests, name: str) -> list[str]:
    names = (each["metadata"]["name"] for each in manifests.of_kind("ConfigMap"))
    return [each for each in names if re.fullmatch(rf"{name}(-[a-z0-9]{{10}})?", each)]


def settings_of(manifests: Manifests, name: str) -> dict[str, str]:
    [found] = config_maps(manifests, name)
    data: dict[str, str] = manifests.named("ConfigMap", found)["data"]
    return data
