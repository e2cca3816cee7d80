"""What the manifests have to hold to, whatever the overlay: names that operators rely on, and rules of a safe cluster."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path

import pytest

from deploy.component_combinations import (
    DEPLOY,
    EXCLUSIVE,
    combinations_of_components,
    components,
    pairs_of_components,
    sets_of_components,
)
from deploy.manifests import (
    CONNECTIONS,
    OVERLAYS,
    RESERVED_CONNECTIONS,
    Manifests,
    Pod,
    kustomize_program,
    of_components,
    of_overlay,
    rendered,
)
from deploy.network import STRANGERS, Network, Peer
from deploy.privileges import checked_in, text_of
from invoice_summarizer.settings import DatabaseSettings, OcrSettings, ReadingSettings
from invoice_summarizer.version import VERSION
from markdown_page import ROOT, page

SERVERS = ("api-gateway", "ingest", "query", "summarize")
OURS = (*SERVERS, "worker")
# What a worker has begun it ends: the longest that reading a document and its pictures may take.
_LONGEST_DOCUMENT = max(OcrSettings().wall_seconds, ReadingSettings().wall_seconds)
COMBINATIONS = combinations_of_components()
SHUT_IN = [names for names in COMBINATIONS if "network-policies" in names]


def what(named: str | tuple[str, ...]) -> str:
    """Returns how the test of it is called."""
    return named if isinstance(named, str) else "+".join(("base", *named))


def manifests_of(named: str | tuple[str, ...]) -> Manifests:
    return of_overlay(named) if isinstance(named, str) else of_components(named)


@pytest.fixture(params=[*OVERLAYS, *COMBINATIONS], ids=what)
def manifests(request: pytest.FixtureRequest) -> Manifests:
    """What an overlay has, or the base with none, one, two or many components."""
    return manifests_of(request.param)


@pytest.fixture(params=[*OVERLAYS, *SHUT_IN], ids=what)
def shut_in(request: pytest.FixtureRequest) -> Manifests:
    """Those of them that have network policies."""
    return manifests_of(request.param)


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
    for pod in manifests.ray_pods:
        assert pod.spec["automountServiceAccountToken"] is False, pod.name
        autoscales = pod.name == "inference-head" and manifests.of_autoscaler() is not None
        assert ("serviceAccountName" in pod.spec) == autoscales, pod.name
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
        for each in (
            *manifests.of_kind("HorizontalPodAutoscaler"),
            *manifests.of_kind("ScaledObject"),
        )
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
    total = connections(manifests)
    assert total <= max_connections(manifests) - RESERVED_CONNECTIONS, total


def test_page_has_the_connections_of_each_and_of_all() -> None:
    text = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").text
    manifests = of_overlay("production")
    for name, of in CONNECTIONS.items():
        each = of(pool_size(manifests))
        assert re.search(rf"^\| `{name}` \| [^|]* \| {each} \|", text, re.MULTILINE), name
    assert f"are {connections(manifests)} connections;" in text


def connections(manifests: Manifests) -> int:
    """Returns how many there are when every deployment is at its most, and is rolled out."""
    return sum(
        pods_at_once(manifests, name) * of(pool_size(manifests)) for name, of in CONNECTIONS.items()
    )


def pods_at_once(manifests: Manifests, name: str) -> int:
    """Returns how many there are at the end of a rollout: all of the next version and what is ahead of them, and all of
    the version before, which may take longer to end what they have begun than the others to be ready.
    """
    spec = manifests.named("Deployment", name)["spec"]
    most = {
        **{
            each["spec"]["scaleTargetRef"]["name"]: each["spec"]["maxReplicas"]
            for each in manifests.of_kind("HorizontalPodAutoscaler")
        },
        **{
            each["spec"]["scaleTargetRef"]["name"]: each["spec"]["maxReplicaCount"]
            for each in manifests.of_kind("ScaledObject")
        },
    }.get(name) or spec["replicas"]
    ahead = spec["strategy"]["rollingUpdate"]["maxSurge"]
    assert isinstance(ahead, int)  # and no part of the others
    draining = most if spec["template"]["spec"]["terminationGracePeriodSeconds"] else 0
    return int(most + ahead + draining)


def pool_size(manifests: Manifests) -> int:
    [settings] = [
        each["data"]
        for each in manifests.of_kind("ConfigMap")
        if each["metadata"]["name"].startswith("invoice-settings")
    ]
    assert DatabaseSettings.model_fields["max_overflow"].default == 0
    overflow = int(settings.get("INVOICES_DATABASE__MAX_OVERFLOW", "0"))
    return int(settings["INVOICES_DATABASE__POOL_SIZE"]) + overflow


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


def test_everything_that_is_not_allowed_is_denied(shut_in: Manifests) -> None:
    deny = shut_in.named("NetworkPolicy", "default-deny")["spec"]
    assert deny == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    for each in shut_in.of_kind("NetworkPolicy"):
        spec = each["spec"]
        for way in chain(spec.get("ingress", ()), spec.get("egress", ())):
            assert way.get("from") or way.get("to"), "an empty list is everybody"
            assert way["ports"], each["metadata"]["name"]


NAMES = "pods of k8s-app=kube-dns in namespaces of kubernetes.io/metadata.name=kube-system"
API_SERVER = "198.51.100.1/32"  # which an overlay writes
EDGE, MONITORING, RAY_OPERATOR = (
    f"namespaces of invoice-summarizer/{role}=true"
    for role in ("edge", "monitoring", "ray-operator")
)
CHALLENGES = "pods of acme.cert-manager.io/http01-solver=true"
# Between those that there are, and from and to outside. Everybody asks for names besides.
WAYS = {
    *(("api-gateway", server, "8443") for server in ("ingest", "query", "summarize")),
    *((name, "postgres", "5432") for name in ("ingest", "query", "summarize", "worker", "migrate")),
    *((name, "redis-cache", "6379") for name in ("ingest", "query")),
    *((name, "redis-state", "6379") for name in ("ingest", "query", "summarize", "worker")),
    *((name, "object-store", "9000") for name in ("ingest", "query", "worker")),
    *((name, "model", "8000") for name in ("summarize", "worker")),
    ("model", "model", "1-65535"),
    ("model", API_SERVER, "443, 6443"),
    (EDGE, "api-gateway", "8443"),
    (EDGE, CHALLENGES, "8089"),
    *((MONITORING, name, "9090") for name in OURS),
    (MONITORING, "model", "8080"),
    (RAY_OPERATOR, "model", "8000, 8265"),
}


def short(peer: Peer) -> str:
    """Returns what the peer is called, whether the components that are tried have it or not."""
    if peer.is_ours and peer.labels.get("app.kubernetes.io/name") == "inference":
        return "model"
    return peer.labels["app"] if peer.is_ours and "app" in peer.labels else peer.name


@pytest.mark.parametrize("names", SHUT_IN, ids=what)
def test_ways_are_those_that_are_needed_and_no_others(names: tuple[str, ...]) -> None:
    ways = {
        (short(source), short(target), ", ".join(map(str, ports)))
        for source, target, ports in Network(of_components(names)).ways()
        if target.name != NAMES
    }
    assert ways == WAYS


def test_only_a_head_that_asks_the_api_server_reaches_it() -> None:
    for profile, heads in (("cpu", set()), ("gpu", {"inference-head"})):
        manifests = of_components((f"inference-{profile}", "network-policies"))
        pods = {pod.name for pod in (*manifests.pods, *manifests.ray_pods)}
        asking = {
            source.name
            for source, target, _ in Network(manifests).ways()
            if target.name == API_SERVER
        }
        assert asking & pods == heads


def test_strangers_reach_nobody_and_are_reached_by_nobody(shut_in: Manifests) -> None:
    ways = [
        (source.name, target.name, ports)
        for source, target, ports in Network(shut_in).ways()
        if (source in STRANGERS or target in STRANGERS) and target.name != NAMES
    ]
    assert ways == []


def test_no_policy_opens_more_addresses_than_a_network_of_servers_has(shut_in: Manifests) -> None:
    for peer in Network(shut_in).peers():
        assert peer.addresses is None or peer.addresses.prefixlen >= 24, peer.name


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_overlay_grants_what_is_written_down(overlay: str) -> None:
    assert text_of(overlay) == checked_in(overlay), "./pants run tests/deploy:write_privileges"


def test_everything_from_outside_comes_by_an_ingress_of_a_class(manifests: Manifests) -> None:
    for each in manifests.of_kind("Ingress"):
        assert each["spec"]["ingressClassName"]
        assert each["spec"]["tls"]
    kinds = {service["spec"].get("type", "ClusterIP") for service in manifests.of_kind("Service")}
    assert kinds == {"ClusterIP"}


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


def test_images_of_ours_are_nothing_until_an_overlay_says_which_and_others_have_a_version() -> None:
    for names in COMBINATIONS:
        for image in of_components(names).images:
            name, _, tag = image.partition(":")
            if name.startswith("invoice-summarizer/"):
                assert tag == "set-by-overlay", what(names)
            else:
                assert name in ("postgres", "redis") and tag.isdigit(), what(names)
    assert of_components(()).images == {
        f"invoice-summarizer/{name}:set-by-overlay" for name in (*OURS, "migrate")
    }


def test_images_of_the_local_overlay_are_those_of_this_version() -> None:
    ours = {f"invoice-summarizer/{name}:{VERSION}" for name in (*OURS, "migrate")}
    assert of_overlay("local").images == ours | {"postgres:15", "redis:7"}
    with_model = rendered(ROOT / "tests/cluster/overlay_with_model")
    assert with_model.images - of_overlay("local").images == {
        f"invoice-summarizer/inference:{VERSION}"
    }


def test_images_get_their_digests_by_the_commands_of_the_page(tmp_path: Path) -> None:
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns("images"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/kustomize").symlink_to(kustomize_program())
    (tmp_path / "dist/images").mkdir(parents=True)
    digests = {
        f"registry.example/invoices/{name}": f"sha256:{number:064x}"
        for number, name in enumerate((*OURS, "migrate", "inference", "tools"))
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
    assert rendered(folder).images == wanted | others


def test_components_go_together(manifests: Manifests) -> None:
    names = [(each["kind"], each["metadata"]["name"]) for each in manifests.objects]
    assert len(names) == len(set(names))


def test_sets_of_components_have_each_two_and_none_that_exclude_each_other() -> None:
    together = {pair for names in sets_of_components() for pair in combinations(names, 2)}
    assert together == {*pairs_of_components()}
    assert not together & EXCLUSIVE and len(sets_of_components()) < 10


def test_every_component_says_what_it_is_for() -> None:
    for name in components():
        text = (DEPLOY / "components" / name / "README.md").read_text()
        assert text.startswith(f"# {name}\n\n") and len(text) > 100
