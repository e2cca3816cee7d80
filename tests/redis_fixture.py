"""A real Redis for tests, Debian's: one for a test session, emptied before each test.

A test module or its conftest imports the fixtures it uses:

    from redis_fixture import redis_server, redis_session
"""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest
import redis

PASSWORD = "a password of tests"


class RedisServer:
    """A Redis on loopback that keeps nothing on disk. It can be halted, killed and started again on its port."""

    def __init__(self, folder: Path, *options: str, tls: bool = False) -> None:
        self._folder = folder
        self._options = options
        self._tls = tls
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        scheme = "rediss" if self._tls else "redis"
        return f"{scheme}://:{PASSWORD.replace(' ', '%20')}@localhost:{self.port}/0"

    def client(self) -> "redis.Redis":
        return redis.Redis(port=self.port, password=PASSWORD)

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is not there: scripts/install-system-packages installs it"
        port = ["--port", "0", "--tls-port"] if self._tls else ["--port"]
        self._process = subprocess.Popen(
            [
                *(program, *port, str(self.port), "--bind", "127.0.0.1", "--save", ""),
                *("--dir", str(self._folder), "--requirepass", PASSWORD, *self._options),
            ],
            stdout=subprocess.DEVNULL,
        )
        if not self._tls:
            self._await_answer()

    def _await_answer(self) -> None:
        while True:
            try:
                with self.client() as client:
                    client.ping()
                return
            except redis.ConnectionError:
                assert self._process and self._process.poll() is None, "redis-server has ended"

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def halt(self) -> None:
        """It takes connections and questions, and answers none."""
        assert self._process is not None
        self._process.send_signal(SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(SIGCONT)


@contextmanager
def running_redis(*options: str, tls: bool = False) -> Iterator[RedisServer]:
    folder = Path(tempfile.mkdtemp(prefix="redis-"))
    server = RedisServer(folder, *options, tls=tls)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def redis_session() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


@pytest.fixture
def redis_server(redis_session: RedisServer) -> RedisServer:
    """Holds nothing when the test begins."""
    with redis_session.client() as client:
        client.flushall()
    return redis_session
