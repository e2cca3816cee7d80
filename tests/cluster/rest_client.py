"""A client of the REST API, as any program would be one: connections that stay, and one more try where one had been closed."""

import http.client
import json
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cluster.machine import Failed

_SERVER_NAME = "api-gateway"
_TIMEOUT_S = 30


# How it shows that a server had closed the connection.
_CLOSED = (
    http.client.RemoteDisconnected,
    ConnectionResetError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,
)


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


@cache
def _trust_in(authority_file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority_file))


class Refused(Failed):
    """The server answered with an error: `status`, and what it said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"HTTP {status}: {said[:300]}")
        self.status = status


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
        """Raises Refused, and OSError or HTTPException where there was no answer."""
        reused = self._connection is not None
        self.last = f"{method} {path[:60]}"
        try:
            return self._once(method, path, body, kind)
        except _CLOSED:
            self.close()
            if not reused:
                raise
            # A server may close a connection that waits at any time (RFC 9112, 9.5); nothing of this call was answered.
            return self._once(method, path, body, kind)
        except BaseException:
            self.close()
            raise

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
            raise Refused(answer.status, said.decode(errors="replace"))
        return said
