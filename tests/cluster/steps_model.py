"""A model on Ray inside the cluster: KubeRay serves it, and a summary asked for by REST is written by it."""

import os
import shutil
from pathlib import Path
from typing import Any

from cluster.commands import Failed, wait_until
from cluster.images import bring
from cluster.kubectl import holds
from cluster.load import calls_beside
from cluster.origins import MODEL, Origins
from cluster.places import FOLDER
from cluster.rest_client import RestClient
from cluster.scenario import Scenario, timed
from cluster.steps_losses import kill_pod

IMAGE = "docker.io/invoice-summarizer/inference"
_SMALL_MODEL = "smollm2-135m-instruct"
_OVERLAY = "tests/cluster/overlay_with_model"
_READER = 10001
_ENOUGH = 5  # answers of the model, before its loss and after it


def serve_the_model(scenario: Scenario) -> str:
    """The small model is served by KubeRay, as the component inference-cpu says, with the page's claim and secrets."""
    kubectl = scenario.kubectl
    bring(scenario.cluster.nodes[:1], "inference", f"{IMAGE}:{scenario.version}")
    _copy_model()
    scenario.shell(scenario.on_page("kubectl apply -n invoice-summarizer --server-side -f -"))
    scenario.shell(
        scenario.on_page("kubectl create secret generic -n invoice-summarizer inference-token")
    )
    kubectl("delete", "job/migrate", "--ignore-not-found")
    kubectl("apply", "--server-side", "--force-conflicts", "--kustomize", _OVERLAY)
    seconds = timed(
        lambda: wait_until(
            "the model is served", lambda: _is_served(scenario), seconds=900, every=3
        )
    )
    scenario.rollouts_end()
    return f"served {seconds:.0f} s after the manifests were applied"


def get_a_summary_of_the_model(scenario: Scenario) -> str:
    """A summary asked for by REST is written by the model."""
    client = scenario.client()
    summary = wait_until(
        "the model has written one",
        lambda: _written_by_model(scenario, client),
        seconds=300,
        every=2,
    )
    client.close()
    return f"“{summary['text'][:150]}…”"


def kill_the_head_of_ray(scenario: Scenario) -> str:
    """Ray's head is killed: templates write meanwhile, no call fails, and the model writes again when Ray is back."""
    origins = Origins()

    def ask(client: RestClient) -> None:
        summary = _new_summary(scenario, client)
        origins.add(summary["origin"])

    with calls_beside(scenario.access(), [ask], pause=1) as load:
        wait_until("the model writes", lambda: origins.has_written(_ENOUGH), seconds=300)
        origins.lose()
        kill_pod(scenario, _head(scenario))
        wait_until("a template writes", origins.has_fallen_back, seconds=300, every=1)
        wait_until("Ray serves again", lambda: _is_served(scenario), seconds=900, every=3)
        wait_until("the model writes again", lambda: origins.is_back(_ENOUGH), seconds=900)
    return f"{origins.told()}; {load.require_no_failure()}"


def _new_summary(scenario: Scenario, client: RestClient) -> Any:
    """Returns the summary of a document that nobody sent before: none is stored."""
    operation = client.ingest("new.pdf", scenario.new_document())
    done = client.post(f"/v1/{operation['name']}:wait", {"timeout": "20s"})
    return client.post(f"/v1/{done['metadata']['invoice']}:summarize", {"style": "SHORT"})


def _written_by_model(scenario: Scenario, client: RestClient) -> Any:
    summary = _new_summary(scenario, client)
    if summary["origin"] != MODEL:
        raise Failed(f"it is of {summary['origin']}")
    return summary


def _copy_model() -> None:
    installed = Path(os.environ["INFERENCE_MODEL_FOLDER"])
    volume = FOLDER / "volumes" / "inference-models" / _SMALL_MODEL
    shutil.copytree(installed, volume)
    for path in (volume, *volume.rglob("*")):
        os.chown(path, _READER, _READER)


def _is_served(scenario: Scenario) -> bool:
    service = scenario.kubectl.get("rayservice", "inference")
    if not holds(service, "Ready"):
        raise Failed(f"it is {service.get('status', {}).get('serviceStatus') or 'not begun'}")
    return True


def _head(scenario: Scenario) -> str:
    [head] = scenario.kubectl.items("pods", "--selector", "ray.io/node-type=head")
    return str(head["metadata"]["name"])
