"""The real model behind the real Ray Serve, as callers meet it."""

import asyncio
import json
import os
import signal
import socket
import ssl
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema  # pants: no-infer-dep
import openai  # pants: no-infer-dep
import psutil  # pants: no-infer-dep
import pytest

from invoice_inference.local_cluster import LocalCluster
from invoice_inference.model_folder import read_manifest
from invoice_inference.place import MODEL_NAME, InferencePlace
from local_ray.leftover_processes import cluster_processes
from local_ray.ray_settings import LOOPBACK
from slot_answers import MESSAGES, RESPONSE_FORMAT, SCHEMA, SLOTS
from small_cluster import ONGOING, QUEUED

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def _ask(client: openai.OpenAI, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "model": MODEL_NAME,
        "messages": MESSAGES,
        "max_tokens": 300,
        "temperature": 0,
        "response_format": RESPONSE_FORMAT,
    }
    return client.chat.completions.create(**asked | changes)


def test_answer_keeps_the_schema_of_slots(client: openai.OpenAI) -> None:
    [choice] = _ask(client).choices
    assert choice.finish_reason == "stop"
    answer = json.loads(choice.message.content)
    jsonschema.validate(answer, SCHEMA)
    assert {segment["slot"] for segment in answer["segments"] if "slot" in segment} & set(SLOTS)


def test_streamed_chunks_together_are_an_answer(client: openai.OpenAI) -> None:
    chunks = [chunk.choices[0].delta.content or "" for chunk in _ask(client, stream=True)]
    assert len(chunks) > 1
    jsonschema.validate(json.loads("".join(chunks)), SCHEMA)


def test_answer_that_is_cut_says_so(client: openai.OpenAI) -> None:
    [choice] = _ask(client, max_tokens=8).choices
    assert choice.finish_reason == "length"


def test_served_model_has_the_name_that_its_folder_has(
    client: openai.OpenAI, place: InferencePlace
) -> None:
    assert [model.id for model in client.models.list()] == [read_manifest(place.model).name]


def test_another_model_is_not_found(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        _ask(client, model="another")


@pytest.mark.parametrize("shown", ["Bearer wrong", "Basic wrong"])
def test_caller_without_the_token_is_refused(cluster: LocalCluster, shown: str) -> None:
    client = openai.OpenAI(base_url=cluster.base_url, api_key="x", max_retries=0)
    with pytest.raises(openai.AuthenticationError):
        _ask(client, extra_headers={"Authorization": shown})


def test_requests_beyond_what_a_replica_takes_are_refused_at_once(client: openai.OpenAI) -> None:
    asked = 3 * (ONGOING + QUEUED)

    def status(number: int) -> int:
        try:
            _ask(client)
        except openai.APIStatusError as refusal:
            return refusal.status_code
        return 200

    with ThreadPoolExecutor(asked) as threads:
        statuses = Counter(threads.map(status, range(asked)))
    assert statuses.keys() == {200, 503}
    assert statuses[200] >= ONGOING + QUEUED


def test_nobody_without_a_key_is_heard_beyond_loopback(cluster: LocalCluster) -> None:
    """Ray Serve's replicas listen everywhere, and unpack what they are sent."""
    everywhere = [port for address, port in _listening(cluster) if address != LOOPBACK]
    assert everywhere, "no replica listens beyond loopback any more: the certificates can go"
    for port in everywhere:
        with socket.create_connection((LOOPBACK, port), timeout=10) as plain:
            plain.sendall(_PREFACE)
            assert not plain.recv(1)
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["h2"])
        with (
            socket.create_connection((LOOPBACK, port), timeout=10) as plain,
            pytest.raises((ssl.SSLError, ConnectionError)),
            context.wrap_socket(plain) as wrapped,
        ):
            wrapped.sendall(_PREFACE)
            assert wrapped.recv(1) == b"", "somebody without a certificate is answered"
            raise ConnectionError


def test_killed_server_leaves_nothing_running(
    cluster: LocalCluster, runner: asyncio.Runner
) -> None:
    """The last of these tests: it ends what the others ask."""
    assert cluster.pid is not None and cluster.scratch is not None
    scratch = cluster.scratch
    assert list(cluster_processes(str(scratch)))
    os.kill(cluster.pid, signal.SIGKILL)
    runner.run(asyncio.wait_for(cluster.wait(), 30))
    runner.run(cluster.stop())
    assert list(cluster_processes(str(scratch))) == []
    assert not scratch.exists()


def _listening(cluster: LocalCluster) -> list[tuple[str, int]]:
    found = []
    for pid in cluster_processes(str(cluster.scratch)):
        for connection in psutil.Process(pid).net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN:
                address = connection.laddr.ip.removeprefix("::ffff:")
                found.append((address, connection.laddr.port))
    return found
