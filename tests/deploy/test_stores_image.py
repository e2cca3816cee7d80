"""How PostgreSQL of the image `stores` starts, by its own script on Debian's PostgreSQL 15."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from markdown_page import ROOT

_BINARIES = Path("/usr/lib/postgresql/15/bin")
_SQL_FOLDER = "/docker-entrypoint-initdb.d"
_PASSWORDS = {
    "POSTGRES_PASSWORD": "only-for-this-test",
    "INVOICES_OWNER_PASSWORD": "of-the-owner",
    "INVOICES_SERVICE_PASSWORD": "of-the-service",
}


@dataclass(slots=True)
class Volume:
    """A volume, and what starts on it."""

    folder: Path
    port: int
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> subprocess.Popen[bytes]:
        # PostgreSQL refuses to run as root.
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        process = subprocess.Popen(
            [
                *(as_user if os.geteuid() == 0 else []),
                *("bash", self.folder / "start-postgres"),
                *("-c", "listen_addresses=127.0.0.1"),
                *("-c", f"unix_socket_directories={self.folder}"),
            ],
            env={
                **_PASSWORDS,
                "PATH": f"{_BINARIES}:{os.environ['PATH']}",
                "PGDATA": str(self.data),
                "PGPORT": str(self.port),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Nothing of it is left, as where its container is killed: PostgreSQL has a session of its own."""
        with_pid = [*self.folder.rglob("postmaster.pid")]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        killed = []
        for file in with_pid:
            killed.append(int(file.read_text().split()[0]))
            os.killpg(killed[-1], signal.SIGKILL)
            file.unlink()
        # Its children end when they see that it is gone, and write until then. It holds its socket until it is buried.
        end = time.monotonic() + 30
        while self._is_worked_in() or any(Path(f"/proc/{pid}").exists() for pid in killed):
            assert time.monotonic() < end
            time.sleep(0.05)

    def _is_worked_in(self) -> bool:
        for folder in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):  # it has just ended
                if folder.readlink().is_relative_to(self.folder):
                    return True
        return False

    def require_roles(self) -> None:
        """What the SQL makes is there, and its logins open the database."""
        end = time.monotonic() + 30
        while True:
            try:
                connection = psycopg.connect(
                    f"postgresql://invoices_service:of-the-service@127.0.0.1:{self.port}/invoices"
                )
                break
            except psycopg.OperationalError:
                assert time.monotonic() < end and self.started[-1].poll() is None
                time.sleep(0.1)
        with connection:
            roles = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'invoices%' ORDER BY 1"
            ).fetchall()
        assert [name for (name,) in roles] == [
            *("invoices_app", "invoices_owner", "invoices_service", "invoices_worker")
        ]


@pytest.fixture
def volume() -> Iterator[Volume]:
    if not (_BINARIES / "initdb").exists():
        pytest.skip("needs the Debian package postgresql: run scripts/install-system-packages")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="stores-"))
    (folder / "sql").mkdir()
    shutil.copy(ROOT / "deploy/components/postgres-in-cluster/roles.sql", folder / "sql/roles.sql")
    script = (ROOT / "deploy/images/stores/start-postgres").read_text()
    assert _SQL_FOLDER in script
    (folder / "start-postgres").write_text(script.replace(_SQL_FOLDER, f"{folder}/sql"))
    for path in (folder, folder / "sql"):
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")
    created = Volume(folder, port)
    yield created
    for process in created.started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    shutil.rmtree(folder)


def test_data_is_made_once_and_found_again(volume: Volume) -> None:
    first = volume.start()
    volume.require_roles()
    made = (volume.data / "PG_VERSION").stat().st_mtime_ns
    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 0
    volume.start()
    volume.require_roles()
    assert (volume.data / "PG_VERSION").stat().st_mtime_ns == made
    assert not [*volume.data.glob(".*made")]


def test_start_that_is_killed_before_the_roles_are_there_is_begun_anew(volume: Volume) -> None:
    roles = volume.folder / "sql/roles.sql"
    whole = roles.read_text()
    reached = volume.folder / "sql/reached"
    roles.write_text(
        whole.replace("CREATE DATABASE", f"\\! touch {reached}; sleep 60\nCREATE DATABASE")
    )
    killed = volume.start()
    wait_for(reached, killed)
    volume.kill(killed)
    assert not (volume.data / "PG_VERSION").exists()
    roles.write_text(whole)
    volume.start()
    volume.require_roles()


def test_start_that_is_killed_while_data_is_put_in_place_is_ended_by_the_next(
    volume: Volume,
) -> None:
    script = volume.folder / "start-postgres"
    whole = script.read_text()
    stopped = re.sub(r"^  sync .*$", '  touch "$PGDATA/.made/reached"; sleep 60', whole, flags=re.M)
    # Some entries are in place then, and one is not.
    stopped = stopped.replace("== PG_VERSION ]] || mv", "== @(PG_VERSION|base) ]] || mv")
    assert stopped.count("base)") == 1 and "sleep 60" in stopped
    script.write_text(stopped)
    killed = volume.start()
    wait_for(volume.data / ".made/reached", killed)
    volume.kill(killed)
    (volume.data / ".made/reached").unlink()
    assert (volume.data / "global").exists() and not (volume.data / "base").exists()
    script.write_text(whole)
    volume.start()
    volume.require_roles()


def test_folder_with_files_of_somebody_else_is_left_alone(volume: Volume) -> None:
    volume.data.mkdir()
    (volume.data / "letter").write_text("mine")
    if os.geteuid() == 0:
        shutil.chown(volume.data, "postgres", "postgres")
    assert volume.start().wait(30) == 1
    assert [path.name for path in volume.data.iterdir()] == ["letter"]


def wait_for(file: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.05)
