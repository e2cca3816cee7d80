"""What is lost, and what goes on all the same."""

import os
import time
from collections.abc import Callable, Mapping, Sequence

from cluster.claims import endings, held_by_pods, require_taken_over
from cluster.commands import Failed, wait_until
from cluster.kubectl import condition, holds
from cluster.load import calls_beside
from cluster.rest_client import Refused, RestClient
from cluster.scenario import SERVERS, WORKLOADS, Scenario, timed
from cluster.steps_rollouts import ordinary_calls

_DOCUMENTS = 120
_WAITING_DOCUMENTS = 200
_PATIENCE_S = 120
_KILLS_AT_MOST = 3
_WORKERS = 2  # which the HPA of the overlay has where nothing waits
_METRIC = "invoice_queue_due_operations"
_AWAY_S = 60  # a dozen looks of the HPA, and more than it takes to scale down


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
    """A worker is killed with documents in hand: other pods end them, nothing is lost, and nothing is stored twice.

    Documents come first while there is no worker, so that those who begin have something in hand all the time.
    """
    scenario.kubectl("scale", "deployment/worker", "--replicas=0")
    wait_until("no worker is left", lambda: not _pods_of_workers(scenario), seconds=180)
    client = scenario.client()
    names = [
        _send(client, f"{number}.pdf", scenario.new_document())[0]
        for number in range(_WAITING_DOCUMENTS)
    ]
    scenario.kubectl("scale", "deployment/worker", f"--replicas={_WORKERS}")
    sent = frozenset(_id_of(name) for name in names)
    killed, held = _kill_who_reads(scenario, sent)
    names += [
        _send(client, f"later-{number}.pdf", scenario.new_document())[0] for number in range(20)
    ]
    client.close()
    scenario.wait_for_operations(names, 400)
    told = require_taken_over(
        [_id_of(name) for name in names], held, killed, endings(scenario.kubectl)
    )
    scenario.rollouts_end()
    return told


def _kill_who_reads(scenario: Scenario, sent: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Kills workers until one had documents of these in hand, and returns its pod and which they were.

    What a pod holds is asked once it is dead: it can end none of that any more.
    """

    def in_hand() -> Mapping[str, frozenset[str]]:
        held = held_by_pods(scenario.kubectl)
        return {pod: operations & sent for pod, operations in held.items() if operations & sent}

    for _ in range(_KILLS_AT_MOST):
        busy = wait_until("a worker reads", in_hand, seconds=120, every=0.2)
        pod = next(iter(busy))
        crash_pod(scenario, pod)
        held = in_hand().get(pod)
        delete_pod(scenario, pod)
        if held:
            return pod, held
    raise Failed(f"none of {_KILLS_AT_MOST} workers had a document in hand when it was killed")


def _pods_of_workers(scenario: Scenario) -> Sequence[object]:
    """Returns those too that are about to end, since these may read still."""
    return scenario.kubectl.items("pods", "--selector", "app=worker")


def _id_of(name: str) -> str:
    return name.rpartition("/")[2]


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
    """The pod crashes; then it goes, and another is made."""
    crash_pod(scenario, name)
    delete_pod(scenario, name)


def crash_pod(scenario: Scenario, name: str) -> None:
    """All containers of the pod get SIGKILL on its node."""
    pod = scenario.kubectl.get("pod", name)
    [node] = [each for each in scenario.cluster.nodes if each.name == pod["spec"]["nodeName"]]
    for container in pod["status"]["containerStatuses"]:
        task = container["containerID"].removeprefix("containerd://")
        node.ctr("tasks", "kill", "--all", "--signal", "SIGKILL", task)


def delete_pod(scenario: Scenario, name: str) -> None:
    scenario.kubectl("delete", "pod", name, "--grace-period=0", "--force")


def _restarts(scenario: Scenario) -> int:
    return sum(
        container["restartCount"]
        for app in WORKLOADS
        for pod in scenario.kubectl.items("pods", "--selector", f"app={app}")
        for container in pod["status"].get("containerStatuses", [])
    )


def lose_the_metric(scenario: Scenario) -> str:
    """The queue's metric cannot be read: the HPA keeps the workers that there are and says so; all goes on, and it governs again with the metric.

    There is one worker more than an empty queue calls for, which the HPA would take away at once if it took an
    unreadable metric for an empty queue, or fell back to its least.
    """
    kubectl = scenario.kubectl
    deployment = "deployment/worker"
    wait_until(
        "the HPA has the workers of an empty queue",
        lambda: _replicas(scenario) == _WORKERS and not _inactive(scenario),
        seconds=180,
        every=2,
    )
    scenario.cluster.addons.stop_adapter()
    try:
        told = wait_until("the HPA says so", lambda: _inactive(scenario), seconds=120, every=2)
        if _METRIC not in told["message"]:
            raise Failed(f"the HPA does not name the metric: {told['message'][:300]}")
        kubectl("scale", deployment, f"--replicas={_WORKERS + 1}")
        kubectl.wait_for_rollout(deployment)
        pods = set(kubectl.ready_pods("worker"))
        with calls_beside(scenario.access(), ordinary_calls(scenario)) as load:
            seen = _replicas_over(scenario, _AWAY_S)
            read = _read_some(scenario)
        if not _inactive(scenario):
            raise Failed("the HPA read the metric meanwhile")
        if seen | {_replicas(scenario)} != {_WORKERS + 1}:
            raise Failed(f"of {_WORKERS + 1} workers the HPA made {sorted(seen)}")
        if len(pods) != _WORKERS + 1 or set(kubectl.ready_pods("worker")) != pods:
            raise Failed(f"other workers are ready than the {len(pods)} that were")
    finally:
        scenario.cluster.addons.start_adapter()
    back = timed(
        lambda: wait_until(
            "the metric is read again",
            lambda: holds(kubectl.get("hpa", "worker-hpa"), "ScalingActive"),
            seconds=180,
            every=2,
        )
    )
    wait_until(
        "the HPA governs again", lambda: _replicas(scenario) == _WORKERS, seconds=180, every=2
    )
    return (
        f"{told['reason']}, which names {_METRIC}; {_WORKERS + 1} workers kept for {_AWAY_S} s, {read}"
        f" documents read by them, {load.require_no_failure()}; read again after {back:.0f} s, and then"
        f" {_WORKERS} workers, as an empty queue calls for"
    )


def _replicas_over(scenario: Scenario, seconds: float) -> set[int]:
    """Returns how many workers were wanted at any time in these seconds."""
    end = time.monotonic() + seconds
    seen = set()
    while time.monotonic() < end:
        seen.add(_replicas(scenario))
        time.sleep(1)
    return seen


def _read_some(scenario: Scenario) -> int:
    """Returns how many documents were sent and read now."""
    client = scenario.client()
    names = [
        _send(client, f"unmeasured-{number}.pdf", scenario.new_document())[0]
        for number in range(10)
    ]
    client.close()
    done = scenario.wait_for_operations(names, 120)
    if failed := [name for name, operation in done.items() if "error" in operation]:
        raise Failed(f"{len(failed)} documents were not read: {done[failed[0]]['error']}")
    return len(done)


def _replicas(scenario: Scenario) -> int:
    return int(scenario.kubectl.get("deployment", "worker")["spec"]["replicas"])


def _inactive(scenario: Scenario) -> Mapping[str, str] | None:
    """Returns the HPA's condition where it says that it cannot scale."""
    active = condition(scenario.kubectl.get("hpa", "worker-hpa"), "ScalingActive")
    return dict(active) if active["status"] == "False" else None
