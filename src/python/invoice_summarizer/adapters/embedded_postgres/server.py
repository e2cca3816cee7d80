"""The embedded PostgreSQL server: one data folder, one server, reached by a Unix socket only."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from invoice_summarizer.adapters.embedded_postgres.binaries import postgres_programs
from invoice_summarizer.adapters.embedded_postgres.databases import (
    DATABASE,
    OWNER,
    SERVICE,
    SUPERUSER,
    prepare_cluster,
)
from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError, FolderInUse
from invoice_summarizer.adapters.embedded_postgres.leftover import server_state, stop_leftover
from invoice_summarizer.adapters.embedded_postgres.process import (
    run_program,
    start_server,
    stop_process,
)
from invoice_summarizer.adapters.embedded_postgres.server_user import server_user

_LONGEST_SOCKET_FOLDER = 80  # a socket's path has at most 107 bytes
_START_SECONDS = 60.0
_PAUSE_SECONDS = 0.1
_LEFT_OVER = b"pre-existing shared memory block"
_STOP_SECONDS = 20.0
_LARGEST_LOG_BYTES = 16 << 20

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details of errors hold content of documents, which no log may.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

# For tests only: what a crash of the machine would lose is of no interest there.
THROWAWAY_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_wal_size": "256MB",
}


class EmbeddedPostgres:
    """The server of one folder, which it makes and which nobody else uses at the same time.

    After `start` the database `invoices` and its roles are there, without tables; `migrate` adds those. `throwaway`
    trades durability for speed. Starting after a crash recovers what was committed.
    """

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        self._folder = folder.absolute()
        self._throwaway = throwaway
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_folder: Path | None = None

    def start(self) -> Self:
        """Returns once the server answers. Raises EmbeddedPostgresError, also where the folder is in use.

        Start it from the main thread: only then the kernel stops the server when this program is killed.
        """
        if self._process is not None:
            raise EmbeddedPostgresError(f"the server in {self._folder} is started already")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._take_folder()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """No process of the server is left, and the folder is free. Stopping what does not run is harmless."""
        if self._process is not None:
            process = self._process
            stop_process(process.pid, lambda: process.poll() is None, _STOP_SECONDS)
            process.wait()
            self._process = None
        if self._socket_folder is not None and self._socket_folder.parent != self._folder:
            shutil.rmtree(self._socket_folder, ignore_errors=True)
        self._socket_folder = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def is_running(self) -> bool:
        """Says whether the server has been started and has not ended, by whatever way."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def owner_dsn(self) -> str:
        """For migrations: the role that owns every table, and is still bound by row-level security."""
        return self.dsn(OWNER)

    @property
    def service_dsn(self) -> str:
        """For the services: a login that owns nothing and may take on the application's and the worker's role."""
        return self.dsn(SERVICE)

    @property
    def superuser_dsn(self) -> str:
        """For operators and for tests that look behind row-level security."""
        return self.dsn(SUPERUSER)

    def dsn(self, user: str, database: str = DATABASE) -> str:
        """Returns the address of a database of this server for a user of it."""
        if self._socket_folder is None:
            raise EmbeddedPostgresError("the server is not started")
        return f"postgresql://{user}@/{database}?host={quote(str(self._socket_folder), safe='/')}"

    def _take_folder(self) -> None:
        lock = (self._folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise FolderInUse(f"another program uses the database in {self._folder}") from None
        self._lock = lock

    def _start(self) -> None:
        programs, data = postgres_programs(), self._folder / "data"
        user = server_user(data)
        user.make_reachable(programs / "postgres")
        user.make_reachable(data)
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        stop_leftover(data)
        if not (data / "PG_VERSION").exists():
            # A folder that initdb did not finish has no PG_VERSION at its final place, and is made again.
            unfinished = self._folder / "data.unfinished"
            for folder in (unfinished, data):
                shutil.rmtree(folder, ignore_errors=True)
            user.own(unfinished)
            command = [
                str(programs / "initdb"),
                f"--pgdata={unfinished}",
                f"--username={SUPERUSER}",
                "--auth-local=trust",
                "--auth-host=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                *(["--no-sync"] if self._throwaway else []),
            ]
            run_program(command, user, environment)
            unfinished.rename(data)
        log = self._folder / "postgres.log"
        if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
            log.unlink()
        self._socket_folder = self._folder / "socket"
        if len(os.fsencode(self._socket_folder)) > _LONGEST_SOCKET_FOLDER:
            self._socket_folder = Path(tempfile.mkdtemp(prefix="invoices-"))
        user.own(self._socket_folder)
        settings = {**SETTINGS, **(THROWAWAY_SETTINGS if self._throwaway else {})}
        command = [str(programs / "postgres"), "-D", str(data), "-k", str(self._socket_folder)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        deadline = time.monotonic() + _START_SECONDS
        while not self._started(lambda: start_server(command, user, environment, log), data, log):
            # Processes of a server that was killed have not all seen it yet.
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"PostgreSQL ended while it started; see {log}")
            time.sleep(_PAUSE_SECONDS)
        prepare_cluster(self.dsn(SUPERUSER, "postgres"))

    def _started(
        self, start: Callable[[], "subprocess.Popen[bytes]"], data: Path, log: Path
    ) -> bool:
        """Returns once the server answers; False where what is left of an earlier one keeps it from starting."""
        written = log.stat().st_size if log.exists() else 0
        self._process = process = start()
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                with log.open("rb") as lines:
                    lines.seek(written)
                    if _LEFT_OVER in lines.read():
                        return False
                raise EmbeddedPostgresError(f"PostgreSQL ended while it started; see {log}")
            if server_state(data) == (process.pid, "ready"):
                return True
            time.sleep(0.01)
        raise EmbeddedPostgresError(f"PostgreSQL did not start in {_START_SECONDS} s; see {log}")
