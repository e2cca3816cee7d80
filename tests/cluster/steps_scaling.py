"""HPAs move with load, both ways."""

from cluster.commands import Failed, wait_until
from cluster.load import calls_beside
from cluster.replicas import ReplicaRecord
from cluster.rest_client import RestClient
from cluster.scenario import Scenario

_CALLERS = 8
_DOCUMENTS = 1000


def gateway_follows_load(scenario: Scenario) -> str:
    """`api-gateway-hpa` adds replicas under load, and takes them away after it."""
    record = ReplicaRecord(scenario.kubectl, "api-gateway-hpa")
    try:
        with calls_beside(
            scenario.access(), [_ask_for_the_description] * _CALLERS, pause=0
        ) as load:
            wait_until(
                "there are more gateways",
                lambda: record.has_passed(3)
                and len(scenario.kubectl.ready_pods("api-gateway")) > 3,
                seconds=180,
            )
            calls = load.require_no_failure()
        wait_until("there are three gateways again", lambda: record.is_back_at(3), seconds=240)
    finally:
        record.stop()
    scenario.facts["replicas of api-gateway over time"] = record.told()
    return f"{record.told()}; {calls}"


def workers_follow_queue(scenario: Scenario) -> str:
    """`worker-hpa` adds workers while documents wait, and takes them away when none does.

    The documents come while there is no worker: else two of them keep up with what one caller sends.
    """
    worker = "deployment/worker"
    scenario.kubectl("scale", worker, "--replicas=0")
    record = ReplicaRecord(scenario.kubectl, "worker-hpa")
    client = scenario.client()
    try:
        names = [
            client.ingest(f"queue-{number}.pdf", scenario.new_document())["name"]
            for number in range(_DOCUMENTS)
        ]
        scenario.kubectl("scale", worker, "--replicas=2")
        wait_until("there are more workers", lambda: record.has_passed(2), seconds=180)
        done = scenario.wait_for_operations(names, 600)
        wait_until("there are two workers again", lambda: record.is_back_at(2), seconds=240)
    finally:
        record.stop()
    if failed := [name for name, operation in done.items() if "error" in operation]:
        raise Failed(f"{len(failed)} documents were not read: {done[failed[0]]['error']}")
    scenario.facts["replicas of worker over time"] = record.told()
    return f"{record.told()}; all {_DOCUMENTS} documents read"


def _ask_for_the_description(client: RestClient) -> object:
    """What the gateway answers by itself, over a new connection each time: the load is the gateway's alone."""
    client.close()
    return client.fetch("/openapi.json")
