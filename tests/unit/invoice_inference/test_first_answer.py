"""The first answer of a served model: asked for under a schema and drawn, and told with what the server says of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from invoice_inference.endpoint_token import TOKEN_VARIABLE
from invoice_inference.first_answer import ask_for_first_answer

_FAILURE = b'{"error": {"message": "the engine has ended"}}'


@contextmanager
def _server(*, greedy: str = '{"answer": "yes"}', draws: bool = True) -> Iterator[str]:
    """Yields the address of a model that answers `greedy`, and fails at a drawn token unless it draws."""

    class Model(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            held = (
                self.headers["Authorization"] == "Bearer secret"
                and self.path == "/v1/chat/completions"
            )
            works = held and (draws or asked["temperature"] == 0)
            body = json.dumps({"choices": [{"message": {"content": greedy}}]}).encode()
            self.send_response(200 if works else 500)
            self.end_headers()
            self.wfile.write(body if works else _FAILURE)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")


def test_model_that_answers_is_taken() -> None:
    with _server() as address:
        ask_for_first_answer(address, "small")


def test_model_that_cannot_draw_a_token_is_told_with_what_it_says() -> None:
    with _server(draws=False) as address, pytest.raises(
        OSError, match=r"500.*the engine has ended"
    ):
        ask_for_first_answer(address, "small")


def test_answer_that_is_no_json_is_refused() -> None:
    with _server(greedy="perhaps") as address, pytest.raises(ValueError):
        ask_for_first_answer(address, "small")
