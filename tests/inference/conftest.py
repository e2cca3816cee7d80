"""The model as `invoicectl serve --inference cpu` has it, started once for all tests of it."""

import asyncio
from collections.abc import Iterator

import openai  # pants: no-infer-dep
import pytest

from invoice_inference.local_cluster import LocalCluster
from invoice_inference.place import InferencePlace, default_place
from small_cluster import few_at_once


@pytest.fixture(scope="session")
def place() -> InferencePlace:
    place = default_place()
    assert (
        place.is_installed
    ), f"nothing is installed in {place.folder}: run scripts/install-inference"
    return place


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def cluster(
    place: InferencePlace, runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalCluster]:
    log = tmp_path_factory.mktemp("cluster") / "inference.log"
    cluster = LocalCluster(place, log=log, environment=few_at_once())
    try:
        runner.run(cluster.start(print))
        yield cluster
    finally:
        runner.run(cluster.stop())
        print(log.read_text()[-5000:])


@pytest.fixture
def client(cluster: LocalCluster) -> openai.OpenAI:
    return openai.OpenAI(base_url=cluster.base_url, api_key=cluster.token, max_retries=0)
