"""The HTTP port of a process: liveness, readiness, metrics, and nothing else."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Event

import pytest
from prometheus_client import CollectorRegistry, Gauge

from invoice_summarizer.processes.http_port import http_port
from invoice_summarizer.settings import HttpSettings, WrongSetting


class Problem:
    text = ""

    def __call__(self) -> str:
        return self.text


@pytest.fixture
def problem() -> Problem:
    return Problem()


@pytest.fixture
def port(problem: Problem) -> Iterator[int]:
    registry = CollectorRegistry()
    Gauge("answer", "of everything", registry=registry).set(42)
    with http_port(HttpSettings(), registry, problem) as port:
        yield port


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path)
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def test_process_that_is_not_ready_is_alive_and_says_why(port: int, problem: Problem) -> None:
    assert asked(port, "/readyz") == (200, "ok\n")
    problem.text = "the database does not answer"
    assert asked(port, "/readyz") == (503, "the database does not answer\n")
    assert asked(port, "/livez") == (200, "ok\n")


def test_metrics_are_those_of_the_registry(port: int) -> None:
    status, text = asked(port, "/metrics?name[]=x")
    assert status == 200
    assert "\nanswer 42.0\n" in text


@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics/", "/../livez"])
def test_other_paths_are_not_found(port: int, path: str) -> None:
    assert asked(port, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_other_methods_are_refused(port: int, method: str) -> None:
    assert asked(port, "/livez", method)[0] == 405


def test_client_that_sends_nothing_and_a_slow_answer_hold_up_nobody(
    port: int,
) -> None:
    with socket.create_connection(("127.0.0.1", port)):
        assert asked(port, "/livez") == (200, "ok\n")
    entered, go_on = Event(), Event()

    def slow() -> str:
        entered.set()
        assert go_on.wait(20)
        return ""

    with http_port(HttpSettings(), CollectorRegistry(), slow) as other:
        waiting = HTTPConnection("127.0.0.1", other, timeout=20)
        waiting.request("GET", "/readyz")
        assert entered.wait(20)
        assert asked(other, "/livez") == (200, "ok\n")
        go_on.set()
        assert waiting.getresponse().status == 200
        waiting.close()


def test_port_that_is_taken_is_a_wrong_setting(port: int) -> None:
    settings = HttpSettings(port=port)
    with (
        pytest.raises(
            WrongSetting, match=f"INVOICES_HTTP__PORT: cannot listen on 127.0.0.1:{port}"
        ),
        http_port(settings, CollectorRegistry(), str),
    ):
        pass
