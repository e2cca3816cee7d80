"""What the manifests have to hold to, whatever the overlay: names that operators rely on, and rules of a safe cluster."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from pathlib import Path

import pytest

from deploy.manifests import (
    CONNECTIONS,
    DEPLOY,
    OVERLAYS,
    RESERVED_CONNECTIONS,
    Manifests,
    Object,
    Pod,
    components,
    kustomize_program,
    of_components,
    of_overlay,
    rendered,
)
from invoice_summarizer.settings import DatabaseSettings, OcrSettings, ReadingSettings
from invoice_summarizer.version import VERSION
from markdown_page import ROOT, page

SERVERS = ("api-gateway", "ingest", "query", "summarize")
OURS = (*SERVERS, "worker")
# What a worker has begun it ends: the longest that reading a document and its pictures may take.
_LONGEST_DOCUMENT = max(OcrSettings().wall_seconds, ReadingSettings().wall_seconds)
# Of these there is one or the other.
EXCLUSIVE = {
    ("object-folder", "object-store"),
    *combinations(("inference-cpu", "inference-gpu", "inference-none"), 2),
    ("worker-hpa-queue", "worker-keda-queue"),
}


@pytest.fixture(params=OVERLAYS)
def manifests(request: pytest.FixtureRequest) -> Manifests:
    return of_overlay(request.param)


def test_names_are_those_that_operators_rely_on(manifests: Manifests) -> None:
    assert manifests.named("Namespace", "invoice-summarizer")
    gateway = manifests.named("Deployment", "api-gateway")
    assert gateway["spec"]["selector"]["matchLabels"] == {"app": "api-gateway"}
    [container] = gateway["spec"]["template"]["spec"]["containers"]
    assert container["name"] == "api-gateway"
    target = manifests.named("HorizontalPodAutoscaler", "api-gateway-hpa")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "api-gateway")


def test_everything_is_in_the_one_namespace(manifests: Manifests) -> None:
    for each in manifests.objects:
        if each["kind"] != "Namespace":
            assert each["metadata"]["namespace"] == "invoice-summarizer", each["metadata"]["name"]


def test_pods_are_restricted(manifests: Manifests) -> None:
    """The profile `restricted` of Kubernetes' Pod Security Standards, and a root that cannot be written to."""
    labels = manifests.named("Namespace", "invoice-summarizer")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"
    for pod in manifests.pods:
        context = pod.spec["securityContext"]
        assert context["runAsNonRoot"] is True and context["runAsUser"] > 0, pod.name
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}, pod.name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.spec.keys(), pod.name
        for container in pod.containers:
            own = container["securityContext"]
            assert own["allowPrivilegeEscalation"] is False, pod.name
            assert own["capabilities"] == {"drop": ["ALL"]}, pod.name
            assert own["readOnlyRootFilesystem"] is True, pod.name
            assert not any("hostPort" in port for port in container.get("ports", ())), pod.name
        kinds = {
            kind for volume in pod.spec.get("volumes", ()) for kind in volume if kind != "name"
        }
        assert kinds <= {"configMap", "emptyDir", "persistentVolumeClaim", "secret"}, pod.name
        assert all(
            "sizeLimit" in volume["emptyDir"]
            for volume in pod.spec.get("volumes", ())
            if "emptyDir" in volume
        ), pod.name


def test_nobody_talks_to_the_api_server(manifests: Manifests) -> None:
    for pod in manifests.pods:
        assert pod.spec["automountServiceAccountToken"] is False, pod.name
        account = manifests.named("ServiceAccount", pod.spec["serviceAccountName"])
        assert account["automountServiceAccountToken"] is False
    kinds = {each["kind"] for each in manifests.objects}
    assert not kinds & {"Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"}


def test_every_container_says_what_it_needs_and_may_have(manifests: Manifests) -> None:
    for pod in manifests.pods:
        for container in pod.containers:
            resources = container["resources"]
            assert resources["requests"].keys() == {"cpu", "memory"}, pod.name
            assert "memory" in resources["limits"], pod.name


def test_liveness_does_not_look_at_the_database_and_readiness_does(manifests: Manifests) -> None:
    for name in OURS:
        [container] = manifests.named("Deployment", name)["spec"]["template"]["spec"]["containers"]
        assert container["livenessProbe"]["httpGet"]["path"] == "/livez"
        assert container["startupProbe"]["httpGet"]["path"] == "/livez"
        assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    for pod in manifests.pods:
        if pod.owner["kind"] != "Job":
            assert all(
                {"livenessProbe", "readinessProbe"} <= each.keys() for each in pod.containers
            )


def test_pods_leave_the_endpoints_before_they_end_and_have_time_for_it(
    manifests: Manifests,
) -> None:
    for name in OURS:
        spec = manifests.named("Deployment", name)["spec"]["template"]["spec"]
        [container] = spec["containers"]
        pause = container["lifecycle"]["preStop"]["sleep"]["seconds"]
        # INVOICES_SERVER__LEAVE_SECONDS and __GRACE_SECONDS, which are the gateway's too.
        stop = _LONGEST_DOCUMENT if name == "worker" else 2 + 20
        assert spec["terminationGracePeriodSeconds"] > pause + stop


def test_page_names_the_memory_that_each_may_take(manifests: Manifests) -> None:
    text = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").text
    for name in OURS:
        [container] = manifests.named("Deployment", name)["spec"]["template"]["spec"]["containers"]
        most = (
            container["resources"]["limits"]["memory"].replace("Mi", " MiB").replace("Gi", " GiB")
        )
        assert re.search(rf"^\| `{name}` \|.*\| {most}\b", text, re.MULTILINE), name


def test_rollouts_take_nobody_away_before_another_is_ready(manifests: Manifests) -> None:
    for name in OURS:
        spec = manifests.named("Deployment", name)["spec"]
        assert spec["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
        budget = manifests.named("PodDisruptionBudget", name)["spec"]
        assert budget["selector"] == spec["selector"] and budget["maxUnavailable"] == 1


def test_what_an_autoscaler_scales_has_no_number_of_its_own(manifests: Manifests) -> None:
    scaled = {
        each["spec"]["scaleTargetRef"]["name"]
        for each in manifests.of_kind("HorizontalPodAutoscaler")
    }
    assert scaled >= set(SERVERS)
    for each in manifests.of_kind("Deployment"):
        assert ("replicas" in each["spec"]) != (each["metadata"]["name"] in scaled)
    for each in manifests.of_kind("HorizontalPodAutoscaler"):
        assert each["spec"]["minReplicas"] <= each["spec"]["maxReplicas"]
        assert each["spec"]["behavior"].keys() == {"scaleUp", "scaleDown"}
        target = each["spec"]["scaleTargetRef"]["name"]
        requests = [
            container["resources"]["requests"]
            for container in manifests.named("Deployment", target)["spec"]["template"]["spec"][
                "containers"
            ]
        ]
        assert all("cpu" in request for request in requests), "a part of what?"


def test_connections_to_postgresql_stay_within_what_it_has(manifests: Manifests) -> None:
    [settings] = [
        each["data"]
        for each in manifests.of_kind("ConfigMap")
        if each["metadata"]["name"].startswith("invoice-settings")
    ]
    pool = int(settings["INVOICES_DATABASE__POOL_SIZE"])
    overflow = int(settings.get("INVOICES_DATABASE__MAX_OVERFLOW", "0"))
    assert DatabaseSettings.model_fields["max_overflow"].default == 0
    most = {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"]["maxReplicas"]
        for each in manifests.of_kind("HorizontalPodAutoscaler")
    }
    total = sum(
        # One more of each while a rollout goes on.
        (most.get(name) or manifests.named("Deployment", name)["spec"]["replicas"])
        * of(pool + overflow)
        + of(pool + overflow)
        for name, of in CONNECTIONS.items()
    )
    assert total <= max_connections(manifests) - RESERVED_CONNECTIONS, total


def max_connections(manifests: Manifests) -> int:
    """Returns what the PostgreSQL of the overlay allows; of one outside, what PRODUCTION_DEPLOYMENT.md asks for."""
    for each in manifests.of_kind("StatefulSet"):
        [container] = each["spec"]["template"]["spec"]["containers"]
        [setting] = [argument for argument in container["args"] if "max_connections=" in argument]
        return int(setting.partition("=")[2])
    page = (ROOT / "docs/deployment/PRODUCTION_DEPLOYMENT.md").read_text()
    found = re.search(r"`max_connections` of at least (\d+)", page)
    assert found
    return int(found[1])


def test_everything_that_is_not_allowed_is_denied(manifests: Manifests) -> None:
    deny = manifests.named("NetworkPolicy", "default-deny")["spec"]
    assert deny == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for each in manifests.of_kind("NetworkPolicy"):
        spec = each["spec"]
        for way in chain(spec.get("ingress", ()), spec.get("egress", ())):
            assert way.get("from") or way.get("to"), "an empty list is everybody"
            assert way["ports"], each["metadata"]["name"]


NOBODY: Object = {"matchLabels": {"nobody": "nobody"}}  # an address, and no pod
Labels = Mapping[str, str]
# The pods that KubeRay makes of the RayService.
MODEL = {"app.kubernetes.io/name": "inference", "ray.io/node-type": "worker"}


def reaches(manifests: Manifests, one: Labels, other: Labels, port: int) -> bool:
    """Whether the policies let pods of some labels go to those of others, on both sides."""

    def selects(selector: Object, labels: Labels) -> bool:
        assert selector.keys() <= {"matchLabels", "matchExpressions"}
        expressions = selector.get("matchExpressions", ())
        assert all(each["operator"] == "In" for each in expressions)
        return selector.get("matchLabels", {}).items() <= labels.items() and all(
            labels.get(each["key"]) in each["values"] for each in expressions
        )

    def opens(way: Object) -> bool:
        return any(
            each["port"] <= port <= each.get("endPort", each["port"]) for each in way["ports"]
        )

    def allowed(kind: str, of: Labels, peer: Labels, side: str) -> bool:
        return any(
            selects(policy["spec"]["podSelector"], of)
            and any(
                any(
                    "namespaceSelector" not in each
                    and selects(each.get("podSelector", NOBODY), peer)
                    for each in way[side]
                )
                and opens(way)
                for way in policy["spec"].get(kind, ())
            )
            for policy in manifests.of_kind("NetworkPolicy")
        )

    return allowed("egress", one, other, "to") and allowed("ingress", other, one, "from")


def test_ways_are_those_that_are_needed_and_no_others() -> None:
    manifests = of_overlay("local")
    ways = {
        (one, other)
        for one, labels in (
            *(
                (app, {"app": app})
                for app in (*OURS, "migrate", "postgres", "redis-cache", "redis-state")
            ),
            ("model", MODEL),
        )
        for other, port in (
            *((server, 8443) for server in SERVERS),
            ("postgres", 5432),
            ("redis-cache", 6379),
            ("redis-state", 6379),
            ("model", 8000),
        )
        if reaches(manifests, labels, MODEL if other == "model" else {"app": other}, port)
    }
    assert ways == {
        *(("api-gateway", server) for server in ("ingest", "query", "summarize")),
        *((name, "postgres") for name in ("ingest", "query", "summarize", "worker", "migrate")),
        ("ingest", "redis-cache"),
        ("query", "redis-cache"),
        *((name, "redis-state") for name in ("ingest", "query", "summarize", "worker")),
        *((name, "model") for name in ("summarize", "worker", "model")),
    }


def test_secrets_are_named_and_none_is_written_down() -> None:
    for overlay in OVERLAYS:
        assert not of_overlay(overlay).of_kind("Secret")
    written = [file for file in DEPLOY.rglob("*") if file.is_file() and "images" not in file.parts]
    assert not [file for file in written if re.search(r"BEGIN .*PRIVATE KEY", file.read_text())]
    page = (ROOT / "docs/deployment/PRODUCTION_DEPLOYMENT.md").read_text()
    for overlay in OVERLAYS:
        for pod in of_overlay(overlay).pods:
            for name in secrets_of(pod):
                assert f"`{name}`" in page, name


def test_page_makes_all_secrets_of_the_local_overlay() -> None:
    text = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").text.replace("\\\n", " ")
    made = {
        (command.split()[0], key)
        for command in re.findall(r"^secret (.*)$", text, re.MULTILINE)
        for key in re.findall(r"--from-(?:literal|file)=([\w.-]+)", command)
    }
    manifests = of_overlay("local")
    issued = {each["spec"]["secretName"] for each in manifests.of_kind("Certificate")}
    wanted = {key for pod in manifests.pods for key in secret_keys_of(pod) if key[0] not in issued}
    assert made == wanted


def secret_keys_of(pod: Pod) -> Iterator[tuple[str, str]]:
    """Yields what a pod wants of secrets, as far as it is told: by name of the secret and key."""
    for container in pod.containers:
        for variable in container.get("env", ()):
            if reference := variable.get("valueFrom", {}).get("secretKeyRef"):
                yield reference["name"], reference["key"]
    # A volume of a whole secret is read by names that settings have.
    files = {
        "invoice-tokens": "tokens.json",
        "invoice-page-token-key": "key",
        "invoice-cache-key": "key",
    }
    for volume in pod.spec.get("volumes", ()):
        if secret := volume.get("secret"):
            items = [item["key"] for item in secret.get("items", ())]
            for key in items or [files.get(secret["secretName"], "tls.crt")]:
                yield secret["secretName"], key


def secrets_of(pod: Pod) -> set[str]:
    volumes = {
        volume["secret"]["secretName"]
        for volume in pod.spec.get("volumes", ())
        if "secret" in volume
    }
    variables = {
        variable["valueFrom"]["secretKeyRef"]["name"]
        for container in pod.containers
        for variable in container.get("env", ())
        if "secretKeyRef" in variable.get("valueFrom", {})
    }
    return volumes | variables


def images(manifests: Manifests) -> set[str]:
    return {container["image"] for pod in manifests.pods for container in pod.containers}


def test_images_of_others_have_a_version() -> None:
    for name in components():
        others = {
            image
            for image in images(of_components((name,)))
            if not image.startswith("invoice-summarizer/")
        }
        assert all(re.fullmatch(r"[a-z]+:[0-9]+", image) for image in others), others


def test_images_of_ours_are_nothing_until_an_overlay_says_which() -> None:
    names = (*OURS, "migrate")
    assert images(of_components(())) == {
        f"invoice-summarizer/{name}:set-by-overlay" for name in names
    }
    assert images(of_overlay("local")) >= {f"invoice-summarizer/{name}:{VERSION}" for name in names}


def test_images_get_their_digests_by_the_commands_of_the_page(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns("images"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/kustomize").symlink_to(kustomize_program())
    (tmp_path / "dist/images").mkdir(parents=True)
    digests = {
        f"registry.example/invoices/{name}": f"sha256:{number:064x}"
        for number, name in enumerate((*OURS, "migrate", "tools"))
    }
    lines = [f"{image}@{digest}\n" for image, digest in digests.items()]
    (tmp_path / "dist/images/digests.txt").write_text("".join(lines))
    blocks = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").fenced("sh")
    [commands] = [block for block in blocks if "kustomize edit set image" in block]
    folder = tmp_path / "deploy/overlays/production"
    subprocess.run(
        ["bash", "-euc", commands],
        cwd=folder,
        env={"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"},
        check=True,
    )
    wanted = {f"{image}@{digest}" for image, digest in digests.items() if "tools" not in image}
    others = {"redis:7"}
    assert images(rendered(folder)) == wanted | others


@pytest.mark.parametrize(
    "pair", sorted({*combinations(sorted(components()), 2)} - EXCLUSIVE), ids="+".join
)
def test_components_go_together(pair: tuple[str, str]) -> None:
    names = [(each["kind"], each["metadata"]["name"]) for each in of_components(pair).objects]
    assert len(names) == len(set(names))


def test_every_component_says_what_it_is_for() -> None:
    for name in components():
        text = (DEPLOY / "components" / name / "README.md").read_text()
        assert text.startswith(f"# {name}\n\n") and len(text) > 100
