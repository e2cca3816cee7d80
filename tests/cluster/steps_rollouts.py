"""What is rolled out, and what is undone, while calls go on."""

from collections.abc import Callable, Sequence

from cluster.commands import Failed, wait_until
from cluster.load import calls_beside
from cluster.places import NAMESPACE
from cluster.rest_client import RestClient
from cluster.scenario import WORKLOADS, Scenario


def ordinary_calls(scenario: Scenario) -> Sequence[Callable[[RestClient], object]]:
    """Returns what clients do all the time: list, get, summarize, and send a document."""
    client = scenario.client()
    name = client.ingest("asked.pdf", scenario.new_document())["name"]
    client.close()
    invoice = scenario.wait_for_operations([name], 120)[name]["metadata"]["invoice"]
    return (
        lambda client: client.get("/v1/tenants/default/invoices?page_size=10"),
        lambda client: client.get(f"/v1/{invoice}"),
        lambda client: client.post(f"/v1/{invoice}:summarize", {"style": "SHORT"}),
        lambda client: client.ingest("beside.pdf", scenario.new_document()),
    )


def restart_everything(scenario: Scenario) -> str:
    """`kubectl rollout restart` of all deployments under load: no call fails."""
    with calls_beside(scenario.access(), ordinary_calls(scenario)) as load:
        for workload in WORKLOADS:
            scenario.kubectl("rollout", "restart", f"deployment/{workload}")
        scenario.rollouts_end(600)
    return load.require_no_failure()


def roll_out_a_version(scenario: Scenario) -> str:
    """Images of another version, migration first, under load: no call fails, also while both versions serve."""
    later = f"{scenario.version}-next"
    for node in scenario.cluster.nodes:
        for name in (*WORKLOADS, "migrate"):
            image = f"docker.io/invoice-summarizer/{name}"
            node.ctr("images", "tag", "--force", f"{image}:{scenario.version}", f"{image}:{later}")
    with calls_beside(scenario.access(), ordinary_calls(scenario)) as load:
        scenario.kubectl("delete", "job/migrate", "--ignore-not-found")
        manifests = scenario.kubectl("kustomize", "tests/cluster/overlay")
        for name in (*WORKLOADS, "migrate"):
            image = f"image: invoice-summarizer/{name}:"
            manifests = manifests.replace(f"{image}{scenario.version}\n", f"{image}{later}\n")
        scenario.kubectl(
            "apply", "--server-side", "--force-conflicts", "--filename", "-", text=manifests
        )
        scenario.kubectl(
            *("wait", "--for=condition=complete", "--timeout=120s", "job/migrate"), timeout=130
        )
        scenario.rollouts_end(600)
    running = {
        pod["spec"]["containers"][0]["image"].rpartition(":")[2]
        for app in WORKLOADS
        for pod in scenario.kubectl.pods(app)
    }
    if running != {later}:
        raise Failed(f"pods run as {running}")
    return load.require_no_failure()


def stop_a_bad_image(scenario: Scenario) -> str:
    """A pod whose image cannot be pulled waits; those that served go on, and `undo` brings the deployment back."""
    return _blocked(
        scenario,
        "image that is not there",
        lambda: scenario.kubectl(
            *("set", "image", "deployment/query", "query=invoice-summarizer/query:not-there")
        ),
        "query",
        {"ErrImagePull", "ImagePullBackOff"},
    )


def stop_a_missing_secret(scenario: Scenario) -> str:
    """A pod whose secret is missing waits; those that served go on, and `undo` brings the deployment back."""
    patch = (
        '{"spec": {"template": {"spec": {"containers": [{"name": "summarize", "env": [{"name":'
        ' "INVOICES_DATABASE__DSN", "valueFrom": {"secretKeyRef": {"name": "not-there", "key": "service-dsn"}}}]}]}}}}'
    )
    return _blocked(
        scenario,
        "secret that is not there",
        lambda: scenario.kubectl("patch", "deployment/summarize", "--patch", patch),
        "summarize",
        {"CreateContainerConfigError"},
    )


def stop_a_wrong_setting(scenario: Scenario) -> str:
    """A pod with a wrong setting says in one line which; those that served go on, and `undo` brings them back."""
    return _blocked(
        scenario,
        "setting that is wrong",
        lambda: scenario.kubectl(
            *("set", "env", "deployment/ingest", "INVOICES_DATABASE__POOL_SIZE=many")
        ),
        "ingest",
        {"CrashLoopBackOff", "Error"},
        log="INVOICES_DATABASE__POOL_SIZE",
    )


def stop_a_wrong_certificate(scenario: Scenario) -> str:
    """A pod whose certificate is of another name says so in one line; those that served go on, and `undo` brings them back."""
    scenario.kubectl.apply(
        {
            "apiVersion": "cert-manager.io/v1",
            "kind": "Certificate",
            "metadata": {"name": "elsewhere", "namespace": NAMESPACE},
            "spec": {
                "secretName": "elsewhere",
                "commonName": "elsewhere",
                "dnsNames": ["elsewhere"],
                "issuerRef": {"name": "invoice-authority"},
            },
        }
    )
    patch = '{"spec": {"template": {"spec": {"volumes": [{"name": "tls", "secret": {"secretName": "elsewhere"}}]}}}}'
    return _blocked(
        scenario,
        "certificate of another name",
        lambda: scenario.kubectl("patch", "deployment/query", "--patch", patch),
        "query",
        {"CrashLoopBackOff", "Error"},
        log="INVOICES_SERVER__TLS__CERTIFICATE_FILE",
    )


def _blocked(
    scenario: Scenario,
    what: str,
    change: Callable[[], object],
    app: str,
    reasons: set[str],
    *,
    log: str = "",
) -> str:
    kubectl = scenario.kubectl
    with calls_beside(scenario.access(), ordinary_calls(scenario)) as load:
        before = set(kubectl.ready_pods(app))
        change()
        reason = wait_until(
            f"a pod of {app} with the {what} waits",
            lambda: _waiting(scenario, app, reasons),
            seconds=90,
        )
        if log:
            new = [name for name in _pods(scenario, app) if name not in before]
            said = wait_until("it says why", lambda: kubectl("logs", new[0]), seconds=60)
            if said.count("\n") != 1 or log not in said:
                raise Failed(f"its log does not name {log} in one line")
        if not before <= set(kubectl.ready_pods(app)):
            raise Failed(f"pods of {app} that served have gone")
        kubectl("rollout", "undo", f"deployment/{app}")
        kubectl.wait_for_rollout(f"deployment/{app}")
    return f"{reason}; undone; {load.require_no_failure()}"


def _pods(scenario: Scenario, app: str) -> Sequence[str]:
    return [pod["metadata"]["name"] for pod in scenario.kubectl.pods(app)]


def _waiting(scenario: Scenario, app: str, reasons: set[str]) -> str | None:
    for pod in scenario.kubectl.pods(app):
        for container in pod["status"].get("containerStatuses", []):
            for state in container["state"].values():
                if state.get("reason") in reasons:
                    return str(state["reason"])
    return None
