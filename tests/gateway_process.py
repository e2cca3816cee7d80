"""The REST gateway as an operator starts it, and requests to it.

gateway = GatewayProcess(upstreams(ingest=PORT, summarize=PORT, query=PORT), folder)
await gateway.start()
answer = await gateway.request("GET", "/v1/tenants/acme/invoices", token=TOKEN)
"""

import asyncio
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from service_process import StartedProcess

SECONDS = 60.0  # within which every request has its answer
_BINARY = Path("src/go/gateway/gateway")
_DETAIL = "type.googleapis.com/google.rpc."


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def reason(self) -> str:
        """Returns the reason of the error that it is; empty where it is none."""
        return str(self.detail("ErrorInfo").get("reason", ""))

    def detail(self, name: str) -> dict[str, Any]:
        """Returns the detail of that type of the error; empty where it has none."""
        details = self.json.get("details", ()) if self.status >= 400 else ()
        return next((each for each in details if each["@type"] == _DETAIL + name), {})


class GatewayProcess(StartedProcess):
    """The program that `src/go/gateway` is built to; its log is `gateway.log` in the folder."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        super().__init__(
            "gateway",
            [str(gateway_binary())],
            environment,
            folder,
            port_variable="INVOICES_GATEWAY__PORT",
        )

    async def request(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        *,
        token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Sends one request on a connection of its own."""
        credentials = {"Authorization": f"Bearer {token}"} if token else {}
        return await asyncio.to_thread(
            _answer, self.port, method, path, body, {**credentials, **(headers or {})}
        )


def upstreams(*, ingest: int, summarize: int, query: int) -> dict[str, str]:
    """Returns the settings by which a gateway finds the three processes on loopback."""
    ports = {"INGEST": ingest, "SUMMARIZE": summarize, "QUERY": query}
    return {
        f"INVOICES_GATEWAY__{name}_ADDRESS": f"127.0.0.1:{port}" for name, port in ports.items()
    }


def gateway_binary() -> Path:
    """Returns the program; fails the test, saying how it is built, where it is not there.

    Pants puts it into the sandbox of a test.
    """
    roots = (Path.cwd(), Path(os.environ.get("INVOICE_REPOSITORY_ROOT", ".")))
    for root in roots:
        if (root / _BINARY).is_file():
            return (root / _BINARY).resolve()
    pytest.fail(f"{_BINARY} is not there: CONTRIBUTING.md says how it is built outside of Pants")


def _answer(
    port: int,
    method: str,
    path: str,
    body: bytes | Iterable[bytes] | None,
    headers: Mapping[str, str],
) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()
