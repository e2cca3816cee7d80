"""What is lost, and what goes on all the same."""

import os
import time
from collections.abc import Callable

from cluster.commands import Failed, wait_until
from cluster.kubectl import condition
from cluster.load import calls_beside
from cluster.rest_client import Refused, RestClient
from cluster.scenario import SERVERS, WORKLOADS, Scenario
from cluster.steps_rollouts import ordinary_calls

_DOCUMENTS = 120
_PATIENCE_S = 120


def drain_a_node(scenario: Scenario) -> str:
    """A node is drained under load: no call fails; its pods move to the other one."""
    kubectl = scenario.kubectl
    with calls_beside(scenario.access(), ordinary_calls(scenario)) as load:
        kubectl(
            *("drain", "b", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=240s"),
            timeout=250,
        )
        scenario.rollouts_end()
        left = [
            pod["metadata"]["name"]
            for pod in kubectl.items("pods", "--field-selector", "spec.nodeName=b")
            if pod["status"]["phase"] == "Running"
        ]
        kubectl("uncordon", "b")
    for server in SERVERS:  # half of them shall be there for the next step
        kubectl("rollout", "restart", f"deployment/{server}")
    scenario.rollouts_end()
    if left:
        raise Failed(f"{left} stayed on the node")
    return load.require_no_failure()


def kill_a_worker(scenario: Scenario) -> str:
    """A worker is killed while it reads: nothing that was sent is lost."""
    return _while_documents_come(scenario, lambda: _kill(scenario, "worker"))


def kill_the_gateways(scenario: Scenario) -> str:
    """All gateways are killed at once: callers that send again lose nothing."""

    def kill() -> None:
        for name in scenario.kubectl.ready_pods("api-gateway"):
            kill_pod(scenario, name)

    return _while_documents_come(scenario, kill)


def kill_redis(scenario: Scenario) -> str:
    """Both Redis are killed: documents are taken and read all the same."""

    def kill() -> None:
        for app in ("redis-cache", "redis-state"):
            _kill(scenario, app)

    told = _while_documents_come(scenario, kill)
    for app in ("redis-cache", "redis-state"):
        scenario.kubectl.wait_for_rollout(f"deployment/{app}")
    return told


def kill_the_database(scenario: Scenario) -> str:
    """PostgreSQL is killed: nothing restarts for it, and all goes on when it is there again."""
    before = _restarts(scenario)
    told = _while_documents_come(scenario, lambda: _kill(scenario, "postgres"))
    after = _restarts(scenario)
    if after != before:
        raise Failed(f"containers were restarted: {before} before, {after} after")
    return f"{told}; no container was restarted for it"


def fill_the_volume(scenario: Scenario) -> str:
    """The volume of documents is full: new ones are refused, all else goes on; with room again they are taken."""
    client = scenario.client()
    filler = scenario.cluster.documents / "filler"
    reading = ordinary_calls(scenario)[:-1]
    with calls_beside(scenario.access(), reading) as load:
        room = os.statvfs(filler.parent)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize)
        refusal = _refusal(client, scenario.new_document())
        logs = [scenario.kubectl("logs", pod) for pod in scenario.kubectl.ready_pods("ingest")]
        filler.unlink()
        name, tries = _send(client, "again.pdf", scenario.new_document())
        scenario.wait_for_operations([name], 120)
    client.close()
    if '"reason":"UNAVAILABLE"' not in refusal:
        raise Failed(f"the document was refused by {refusal}")
    if not any("the object store fails: No space left on device" in log for log in logs):
        raise Failed("no log says that the volume is full")
    taken = "at the first try" if tries == 0 else f"after {tries} more tries"
    return f"refused as UNAVAILABLE, and the log says why; with room again taken {taken}; {load.require_no_failure()}"


def _refusal(client: RestClient, content: bytes) -> str:
    try:
        client.ingest("full.pdf", content)
    except Refused as refusal:
        return str(refusal)
    raise Failed("a document was taken")


def _while_documents_come(scenario: Scenario, lose: Callable[[], None]) -> str:
    client = scenario.client()
    names: list[str] = []
    retried = 0
    for number in range(_DOCUMENTS):
        if number == _DOCUMENTS // 3:
            lose()
        name, tries = _send(client, f"{number}.pdf", scenario.new_document())
        names.append(name)
        retried += tries
    done = scenario.wait_for_operations(names, 400)
    failed = [name for name, operation in done.items() if "error" in operation]
    if failed:
        raise Failed(f"{len(failed)} documents were not read: {done[failed[0]]['error']}")
    scenario.rollouts_end()
    client.close()
    return f"{len(done)} of {_DOCUMENTS} documents read, {retried} sent again"


def _send(client: RestClient, file_name: str, content: bytes) -> tuple[str, int]:
    """Returns the operation, and how many tries it took beyond the first."""
    end = time.monotonic() + _PATIENCE_S
    tries = 0
    while True:
        try:
            return str(client.ingest(file_name, content)["name"]), tries
        except Failed as failure:
            if time.monotonic() > end:
                raise Failed(f"{file_name} was not taken for {_PATIENCE_S} s: {failure}") from None
            tries += 1
            time.sleep(0.5)


def _kill(scenario: Scenario, app: str) -> None:
    """One pod of the app is gone, without a word to it."""
    kill_pod(scenario, scenario.kubectl.ready_pods(app)[0])


def kill_pod(scenario: Scenario, name: str) -> None:
    """All containers of the pod get SIGKILL on its node, as in a crash; then the pod goes, and another is made."""
    pod = scenario.kubectl.get("pod", name)
    [node] = [each for each in scenario.cluster.nodes if each.name == pod["spec"]["nodeName"]]
    for container in pod["status"]["containerStatuses"]:
        task = container["containerID"].removeprefix("containerd://")
        node.ctr("tasks", "kill", "--all", "--signal", "SIGKILL", task)
    scenario.kubectl("delete", "pod", name, "--grace-period=0", "--force")


def _restarts(scenario: Scenario) -> int:
    return sum(
        container["restartCount"]
        for app in WORKLOADS
        for pod in scenario.kubectl.items("pods", "--selector", f"app={app}")
        for container in pod["status"].get("containerStatuses", [])
    )


def lose_the_metric(scenario: Scenario) -> str:
    """The queue's metric cannot be read: the HPA keeps the number of workers, and says so."""
    before = scenario.kubectl.get("deployment", "worker")["spec"]["replicas"]
    scenario.cluster.addons.stop_adapter()
    reason = wait_until("the HPA says so", lambda: _inactive(scenario), seconds=120, every=2)
    after = scenario.kubectl.get("deployment", "worker")["spec"]["replicas"]
    scenario.cluster.addons.start_adapter()
    if after != before:
        raise Failed(f"there were {before} workers, and are {after}")
    wait_until("the metric is read again", lambda: not _inactive(scenario), seconds=120, every=2)
    return f"{reason}; {after} workers as before"


def _inactive(scenario: Scenario) -> str | None:
    active = condition(scenario.kubectl.get("hpa", "worker-hpa"), "ScalingActive")
    return str(active["reason"]) if active["status"] == "False" else None
