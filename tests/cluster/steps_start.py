"""From nothing to a summary, by the commands of the deployment page."""

from cluster.commands import Failed, wait_until
from cluster.kubectl import holds
from cluster.scenario import SERVERS, Scenario, timed

_OVERLAY = "tests/cluster/overlay"


def follow_the_page(scenario: Scenario) -> str:
    """The overlay `local` is deployed."""
    scenario.shell(scenario.on_page("invoicectl token create"))
    scenario.shell(scenario.on_page("kubectl apply --server-side -f deploy/base/namespace.yaml"))
    rollout = scenario.on_page("kubectl apply --server-side -k deploy/overlays/local")
    seconds = timed(lambda: scenario.shell(rollout, timeout=900))
    scenario.rollouts_end()
    return f"served {seconds:.0f} s after the manifests were applied"


def get_a_summary(scenario: Scenario) -> str:
    """A PDF goes in by REST, and its summary comes out."""
    commands = scenario.on_page("kubectl port-forward")
    said = scenario.shell(commands, timeout=60)
    summary = said.strip().splitlines()[-1]
    if "10,333.12" not in summary:
        raise Failed(f"the summary does not say the amount: {summary}")
    return f"“{summary[:150]}…”"


def see_metrics(scenario: Scenario) -> str:
    """Every HPA reads its metric, the queue's as well."""
    scenario.kubectl("delete", "job/migrate", "--ignore-not-found")
    scenario.kubectl("apply", "--server-side", "--force-conflicts", "--kustomize", _OVERLAY)
    scenario.rollouts_end()
    names = [f"{server}-hpa" for server in SERVERS] + ["worker-hpa"]
    wait_until("every HPA has a metric", lambda: _have_metrics(scenario, names), seconds=120)
    scenario.facts["kubectl get hpa -n invoice-summarizer"] = scenario.kubectl("get", "hpa")
    return f"{len(names)} of {len(names)} HPAs have a current metric"


def _have_metrics(scenario: Scenario, names: list[str]) -> bool:
    for name in names:
        if not holds(scenario.kubectl.get("hpa", name), "ScalingActive"):
            raise Failed(f"{name} has none")
    return True
