"""The plain HTTP port of a process: `/livez`, `/readyz` and `/metrics`. It holds no content and asks no credentials."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from invoice_summarizer.listening_address import bare_host, listening_family, port_taken
from invoice_summarizer.settings import HttpSettings

_GROUP = "INVOICES_HTTP"
_SLOWEST_CLIENT_SECONDS = 10.0
_TEXT = "text/plain; charset=utf-8"

Answer = tuple[HTTPStatus, str, bytes]


@contextmanager
def http_port(
    settings: HttpSettings, registry: CollectorRegistry, problem: Callable[[], str]
) -> Iterator[int]:
    """Answers until the block ends; yields the port. Raises WrongSetting where the address cannot be had.

    `/livez` says that the process is alive; `/readyz` is 503 with the problem where there is one. Each request has a
    thread, so that none waits for another.
    """
    answers: dict[str, Callable[[], Answer]] = {
        "/livez": lambda: (HTTPStatus.OK, _TEXT, b"ok\n"),
        "/readyz": lambda: _readiness(problem()),
        "/metrics": lambda: (HTTPStatus.OK, CONTENT_TYPE_PLAIN_0_0_4, generate_latest(registry)),
    }
    family = listening_family(_GROUP, settings.host, settings.port)
    try:
        server = _server(family)((bare_host(settings.host), settings.port), _handler(answers))
    except OSError:  # somebody was quicker
        raise port_taken(_GROUP, settings.host, settings.port) from None
    thread = Thread(target=server.serve_forever, name="http-port", daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _readiness(problem: str) -> Answer:
    if problem:
        return HTTPStatus.SERVICE_UNAVAILABLE, _TEXT, f"{problem}\n".encode()
    return HTTPStatus.OK, _TEXT, b"ok\n"


def _server(family: socket.AddressFamily) -> type[ThreadingHTTPServer]:
    class Server(ThreadingHTTPServer):
        address_family = family
        daemon_threads = True
        block_on_close = False  # whoever reads slowly does not hold up the end

        def server_bind(self) -> None:
            TCPServer.server_bind(self)  # that of HTTPServer asks the DNS for our name

    return Server


def _handler(answers: dict[str, Callable[[], Answer]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _SLOWEST_CLIENT_SECONDS
        server_version = "invoices"
        sys_version = ""

        def do_GET(self) -> None:
            answer = answers.get(self.path.partition("?")[0])
            self._send(*(answer() if answer else (HTTPStatus.NOT_FOUND, _TEXT, b"no such page\n")))

        def do_other(self) -> None:
            self._send(HTTPStatus.METHOD_NOT_ALLOWED, _TEXT, b"only GET\n")

        do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = do_other

        def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            if status is HTTPStatus.METHOD_NOT_ALLOWED:
                self.send_header("Allow", "GET")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass  # probes come every few seconds; the log is for events

    return Handler
