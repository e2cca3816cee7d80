"""What stands before a server of S3's protocol, and fails as a test tells it."""

import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

_PIECE_BYTES = 64 * 1024
_SECONDS = 30
_NOT_PASSED_ON = frozenset({"connection", "expect", "transfer-encoding"})


class FrontRequest(BaseHTTPRequestHandler):
    """A request to the front, which a fault answers instead of the server."""

    protocol_version = "HTTP/1.1"
    server: "_FrontServer"

    def log_message(self, *_: object) -> None:
        pass

    def _handle(self) -> None:
        front = self.server.front
        front.requests.append(f"{self.command} {self.path}")
        fault = front.next_fault(self)
        (fault or pass_on)(self)

    do_GET = do_PUT = do_HEAD = do_DELETE = _handle

    @property
    def upload_bytes(self) -> int:
        return int(self.headers.get("Content-Length", 0))

    def answered(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """Returns what the server answers: its status, headers and body."""
        upstream = urlsplit(self.server.front.upstream)
        assert upstream.hostname
        connection = HTTPConnection(upstream.hostname, upstream.port, timeout=_SECONDS)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in _NOT_PASSED_ON}
            upload = self.rfile.read(self.upload_bytes)
            if len(upload) < self.upload_bytes:
                raise ConnectionResetError("whoever sent it has gone")
            path = self.path
            if self.server.front.versions_at_once and "versions" in path:
                path += f"&max-keys={self.server.front.versions_at_once}"
            connection.request(self.command, path, upload, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _NOT_PASSED_ON:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


Fault = Callable[[FrontRequest], None]


def pass_on(request: FrontRequest) -> None:
    request.send(*request.answered())


def refusal(status: int, code: str) -> Fault:
    """Nothing is passed on, and that is answered; the key of the request stands in it, as S3 has it."""

    def refuse(request: FrontRequest) -> None:
        request.rfile.read(request.upload_bytes)
        body = f"<Error><Code>{code}</Code><Message>{request.path}</Message></Error>".encode()
        request.send(status, [("Content-Length", str(len(body)))], body)

    return refuse


def drop_upload(request: FrontRequest) -> None:
    """The connection ends in the middle of what is sent."""
    request.rfile.read(request.upload_bytes // 2)
    request.close_connection = True


def cut_answer(request: FrontRequest) -> None:
    """The connection ends in the middle of what is answered."""
    status, headers, body = request.answered()
    request.send(status, headers, body[: len(body) // 2])
    request.close_connection = True


@dataclass(frozen=True, slots=True)
class Held:
    """A request that has come, and whose upload is not read until the front is told to go on."""

    begun: threading.Event
    go_on: threading.Event
    ended: threading.Event

    def __call__(self, request: FrontRequest) -> None:
        try:
            self.begun.set()
            assert self.go_on.wait(_SECONDS)
            pass_on(request)
        except OSError:
            request.close_connection = True  # nobody waits for the answer any more
        finally:
            self.ended.set()


def held() -> Held:
    return Held(threading.Event(), threading.Event(), threading.Event())


class _FrontServer(ThreadingHTTPServer):
    daemon_threads = True
    front: "S3Front"

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):  # else whoever asked has gone
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class S3Front:
    """Passes on what it is asked, unless `faults` has one for a request of that method: they are used up in their order."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.url = ""
        self.requests: list[str] = []
        self.versions_at_once = 0
        self._faults: list[tuple[str, Fault]] = []
        self._lock = threading.Lock()

    def fail(self, method: str, *faults: Fault) -> None:
        self._faults += [(method, fault) for fault in faults]

    def next_fault(self, request: FrontRequest) -> Fault | None:
        with self._lock:
            for index, (method, fault) in enumerate(self._faults):
                # The mark of the store is put without mishap.
                if method == request.command and not request.path.endswith(".objects"):
                    del self._faults[index]
                    return fault
        return None


@contextmanager
def s3_front(upstream: str, identity: tuple[Path, Path] | None = None) -> Iterator[S3Front]:
    """Yields a front on loopback; with an identity, the files of a certificate for localhost and its key, by TLS."""
    front = S3Front(upstream)
    server = _FrontServer(("127.0.0.1", 0), FrontRequest)
    server.front = front
    front.url = f"http://127.0.0.1:{server.server_port}"
    if identity is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*identity)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        front.url = f"https://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
