"""The real model chooses the sentences of summaries, end to end; and what users get where it dies meanwhile."""

import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil  # pants: no-infer-dep
import pytest
from inference.served_product import ServedProduct

from invoice_inference.model_folder import read_manifest
from invoice_inference.place import ENGINE, MODEL_NAME, InferencePlace
from local_ray.leftover_processes import cluster_processes

_BACK_SECONDS = 180.0


@pytest.fixture(scope="module")
def invoices(
    product: ServedProduct, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """Returns the samples by the name of their file."""
    folder: Path = tmp_path_factory.mktemp("samples")
    product.invoicectl("samples", folder)
    product.invoicectl("ingest", folder)
    return {each["document"]["file_name"]: each for each in product.answer("list")}


def test_model_chooses_and_every_figure_is_bound(
    product: ServedProduct, place: InferencePlace, invoices: dict[str, dict[str, Any]]
) -> None:
    summary = product.answer("summarize", "fenwick-two-pages.pdf", "--style", "approver")
    assert summary["origin"] == "MODEL"
    assert "GBP 10,333.12" in _words(summary["text"])
    assert all(claim["evidence"] for claim in summary["claims"])
    manifest = read_manifest(place.model)
    provenance = summary["provenance"]
    assert (provenance["engine"], provenance["model"]) == (ENGINE, MODEL_NAME)
    assert provenance["model_sha256"] == manifest.weights_digest
    asked = ("fenwick-two-pages.pdf", "--style", "approver", "--evidence", "none")
    assert _words(summary["text"]) in _words(product.invoicectl("summarize", *asked))


def test_stream_brings_the_same_text_sentence_by_sentence(
    product: ServedProduct, invoices: dict[str, dict[str, Any]]
) -> None:
    name = invoices["garonne-ubl.xml"]["name"]
    *segments, end = product.stream(name, "APPROVER", "en")
    summary = end["summary"]
    assert summary["origin"] == "MODEL"
    assert len(segments) > 1
    assert "".join(event["segment"]["text"] for event in segments) == summary["text"]
    claims = [claim for event in segments for claim in event["segment"].get("claims", [])]
    assert claims == summary["claims"]
    again = product.answer("summarize", name, "--style", "approver")
    assert (again["text"], again["stored_before"]) == (summary["text"], True)


def test_what_the_model_took_is_counted(product: ServedProduct) -> None:
    with urlopen(product.metrics_url, timeout=10) as answer:
        shown = answer.read().decode()
    for phase in ("prompt", "answer"):
        assert f'invoice_model_tokens_total{{phase="{phase}",tenant="default"}}' in shown
    assert 'invoice_summaries_total{origin="MODEL"}' in shown


def test_engine_that_is_killed_in_mid_answer_leaves_a_summary_and_comes_back(
    product: ServedProduct, invoices: dict[str, dict[str, Any]]
) -> None:
    name = invoices["fenwick-two-pages.pdf"]["name"]
    events = product.stream(name, "FULL", "it")
    assert next(events)["segment"]["text"]
    _process_of(product, "VLLM::EngineCore").kill()
    *_, end = events
    assert end["summary"]["origin"] == "TEMPLATE_AFTER_FAILURE"
    assert "10.333,12 GBP" in _words(end["summary"]["text"])
    _until_the_model_chooses(product, name)


def test_ray_that_is_killed_is_started_again_and_leaves_nothing_running(
    product: ServedProduct, invoices: dict[str, dict[str, Any]]
) -> None:
    name = invoices["fenwick-two-pages.pdf"]["name"]
    _, scratch = product.cluster()
    _process_of(product, "raylet").kill()
    product.wait_until_said("the model has ended")
    summary = product.answer("summarize", name, "--language", "de")
    assert summary["origin"] == "TEMPLATE_AFTER_FAILURE"
    product.wait_until_said("the model answers again")
    assert list(cluster_processes(scratch)) == []
    assert not Path(scratch).exists()
    _until_the_model_chooses(product, name)


def _words(text: str) -> str:
    """Returns the text with a space wherever there is white space."""
    return " ".join(text.split())


def _process_of(product: ServedProduct, program: str) -> psutil.Process:
    _, scratch = product.cluster()
    processes = map(psutil.Process, cluster_processes(scratch))
    [found] = [each for each in processes if Path(each.cmdline()[0]).name == program]
    return found


def _until_the_model_chooses(product: ServedProduct, name: str) -> None:
    deadline = time.monotonic() + _BACK_SECONDS
    while True:
        summary = product.answer("summarize", name, "--language", "fr")
        if summary["origin"] == "MODEL":
            return
        assert summary["text"]
        assert time.monotonic() < deadline, summary["refusal_reasons"]
        time.sleep(2)
