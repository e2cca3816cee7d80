"""A client of the REST API, as any program would be one: a connection that stays, until the server closes it."""

import http.client
import json
import select
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cluster.commands import Failed

_SERVER_NAME = "api-gateway"
_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class Access:
    """Where REST is, and what a caller shows and trusts."""

    address: str
    port: int
    authority_file: Path
    token: str


class _Connection(http.client.HTTPSConnection):
    """Goes to an address, and wants the certificate of the name."""

    def __init__(self, access: Access) -> None:
        self._trust = _trust_in(access.authority_file)
        super().__init__(access.address, access.port, timeout=_TIMEOUT_S)

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), _TIMEOUT_S)
        self.sock = self._trust.wrap_socket(plain, server_hostname=_SERVER_NAME)

    def was_closed(self) -> bool:
        """Whether the server has ended it while nothing was asked, as clients look before they ask."""
        readable, _, _ = select.select([self.sock], [], [], 0)
        return bool(readable)


@cache
def _trust_in(authority_file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority_file))


class Refused(Failed):
    """The server answered with an error."""


class NoAnswer(Failed):
    """There was no answer: nobody knows whether the call was done."""


class RestClient:
    """Calls in the name of one token; to be used by one thread. `last` is what it called last."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._connection: _Connection | None = None
        self.last = ""

    def get(self, path: str) -> Any:
        return json.loads(self.fetch(path))

    def fetch(self, path: str) -> bytes:
        """Returns the answer as it came."""
        return self._call("GET", path, None, "application/json")

    def post(self, path: str, content: Any) -> Any:
        return json.loads(
            self._call("POST", path, json.dumps(content).encode(), "application/json")
        )

    def ingest(self, file_name: str, content: bytes) -> Any:
        """Returns the operation that reads the document."""
        path = f"/v1/tenants/default/invoices:ingest?file_name={file_name}"
        return json.loads(self._call("POST", path, content, "application/pdf"))

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _call(self, method: str, path: str, body: bytes | None, kind: str) -> bytes:
        """Raises Refused, or NoAnswer. Nothing is sent twice."""
        self.last = f"{method} {path[:60]}"
        if self._connection and self._connection.was_closed():
            self.close()
        try:
            return self._once(method, path, body, kind)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(f"{type(error).__name__}: {error}") from None

    def _once(self, method: str, path: str, body: bytes | None, kind: str) -> bytes:
        if self._connection is None:
            self._connection = _Connection(self._access)
        headers = {"Authorization": f"Bearer {self._access.token}", "Content-Type": kind}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.getheader("Connection", "").lower() == "close":
            self.close()
        if answer.status != 200:
            raise Refused(f"HTTP {answer.status}: {said.decode(errors='replace')[:300]}")
        return said
