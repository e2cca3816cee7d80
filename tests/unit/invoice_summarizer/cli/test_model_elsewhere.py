"""Where a model elsewhere does not answer, `serve` says in one line why, and what to do."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.model_elsewhere import model_elsewhere, model_settings

_MODELS = json.dumps({"data": [{"id": "small"}]})


@contextmanager
def endpoint(body: str, *, token: str = "") -> Iterator[str]:
    """Yields where the list of models is that, for callers with the token."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = not token or self.headers["Authorization"] == f"Bearer {token}"
            found = self.path == "/v1/models"
            self.send_response(401 if not known else 200 if found else 404)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


async def said(url: str, name: str = "small", key_file: Path | None = None) -> str:
    """Returns what is said of the model, with URL in the place of the address."""
    settings, lines = model_settings(url, name, key_file), list[str]()
    async with model_elsewhere(settings, lines.append) as used:
        assert used is settings
    return (
        "\n".join(lines)
        .replace(url, "URL")
        .removesuffix("; templates write the summaries meanwhile")
    )


async def test_nothing_is_said_of_a_model_that_answers(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text("secret\n")
    with endpoint(_MODELS, token="secret") as url:
        assert await said(url, key_file=key_file) == ""
        assert await said(f"{url}/", key_file=key_file) == ""


async def test_wrong_token_is_said_without_it(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_text("wrong")
    with endpoint(_MODELS, token="secret") as url:
        refused = "URL refuses the token: name a file with the right one by --model-key-file"
        assert await said(url, key_file=key_file) == refused
        assert await said(url) == refused


async def test_model_that_is_not_served_is_said_with_those_that_are() -> None:
    with endpoint(_MODELS) as url:
        assert (
            await said(url, "large") == "no large is served at URL, but small: look at --model-name"
        )


async def test_nobody_there_is_said() -> None:
    with endpoint(_MODELS) as url:
        pass
    assert await said(url) == "nothing answers at URL: start what serves the model there"


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"data": 1}', '{"data": [{}]}'])
async def test_another_protocol_is_said(body: str) -> None:
    with endpoint(body) as url:
        assert (
            await said(url)
            == "what answers at URL does not speak the OpenAI protocol: look at --model-url"
        )


async def test_another_path_is_said_with_its_status() -> None:
    with endpoint(_MODELS) as url:
        path = f"{url}/more"
        assert await said(path) == "URL answers with HTTP 404: look at what serves the model there"


def test_options_that_cannot_be_used_are_wrong_usage(tmp_path: Path) -> None:
    for url, key_file in (("ftp://model", None), ("http://model/v1", tmp_path / "none")):
        with pytest.raises(CommandFailed) as failure:
            model_settings(url, "small", key_file)
        assert failure.value.exit_code == ExitCode.USAGE
