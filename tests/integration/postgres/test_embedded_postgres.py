"""The embedded server's life: start, restart, crash."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError
from invoice_summarizer.adapters.embedded_postgres.leftover import server_state
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres

KEEPS_RUNNING = """
import sys
import time
from pathlib import Path
from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1])).start()
print(server.superuser_dsn, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="invoices-"))
    yield path
    shutil.rmtree(path)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def server_pid(folder: Path) -> int:
    state = server_state(folder / "data")
    assert state is not None
    return state[0]


def store_note(dsn: str) -> None:
    with psycopg.connect(dsn) as connection:
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS note")


def notes(dsn: str) -> list[tuple[object, ...]]:
    with psycopg.connect(dsn) as connection:
        return connection.execute("SELECT note FROM notes").fetchall()


def test_stopped_server_leaves_no_process_and_keeps_its_data(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        pid = server_pid(folder)
        store_note(server.superuser_dsn)
    assert not is_alive(pid)
    with EmbeddedPostgres(folder) as server:
        assert notes(server.superuser_dsn) == [("kept",)]


def test_folder_in_use_is_refused(folder: Path) -> None:
    with EmbeddedPostgres(folder, throwaway=True) as server:
        with pytest.raises(EmbeddedPostgresError, match="another program"):
            EmbeddedPostgres(folder).start()
        with pytest.raises(EmbeddedPostgresError, match="started already"):
            server.start()
        with psycopg.connect(server.service_dsn) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_stopping_twice_and_before_the_start_is_harmless(folder: Path) -> None:
    server = EmbeddedPostgres(folder, throwaway=True)
    server.stop()
    server.start()
    server.stop()
    server.stop()
    with pytest.raises(EmbeddedPostgresError, match="not started"):
        assert server.owner_dsn


def test_server_listens_on_no_network(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder, throwaway=True) as server,
        psycopg.connect(server.superuser_dsn) as connection,
    ):
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_data_survive_and_are_safe_by_default(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder) as server,
        psycopg.connect(server.superuser_dsn) as connection,
    ):
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}".encode()).fetchone() == ("on",)


def test_interrupted_first_start_is_made_again(folder: Path) -> None:
    for name in ("data", "data.unfinished"):
        (folder / name).mkdir()
        (folder / name / "half").write_text("made")
    with (
        EmbeddedPostgres(folder, throwaway=True) as server,
        psycopg.connect(server.owner_dsn) as connection,
    ):
        assert connection.execute("SELECT current_database()").fetchone() == ("invoices",)


def test_folder_with_a_long_path_works(folder: Path) -> None:
    long = folder / ("x" * 120) / "with space's"
    with (
        EmbeddedPostgres(long, throwaway=True) as server,
        psycopg.connect(server.service_dsn) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_killed_program_takes_its_server_along_and_the_next_recovers(folder: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KEEPS_RUNNING, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    dsn = child.stdout.readline().strip()
    store_note(dsn)
    pid = server_pid(folder)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with EmbeddedPostgres(folder) as server:
        assert notes(server.superuser_dsn) == [("kept",)]
        assert server_pid(folder) != pid
        assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of the dead")
def test_killed_program_leaves_no_server(folder: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KEEPS_RUNNING, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    child.stdout.readline()
    pid = server_pid(folder)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    deadline = time.monotonic() + 30
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_alive(pid)


def test_crashed_server_recovers(folder: Path) -> None:
    server = EmbeddedPostgres(folder).start()
    try:
        store_note(server.superuser_dsn)
        os.kill(server_pid(folder), signal.SIGKILL)
    finally:
        server.stop()
    with EmbeddedPostgres(folder) as server:
        assert notes(server.superuser_dsn) == [("kept",)]
