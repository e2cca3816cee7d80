"""How a process starts where its settings cannot be used: one line for each, exit code 2, no trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import invoice_summarizer.processes.batch
import invoice_summarizer.services.ingest
import invoice_summarizer.services.migrate
import invoice_summarizer.services.query
import invoice_summarizer.services.summarize
import invoice_summarizer.services.worker
from invoice_summarizer.local_stack import local_settings
from tls_identity import identity

KEY = "ab" * 32
SECRET = "a-password-that-nobody-may-see"


def started(module: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), **variables}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )


def query(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return started(invoice_summarizer.services.query.__name__, *arguments, **variables)


@pytest.fixture
def usable(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tokens.json").write_text('{"tokens": []}')
    (tmp_path / "key").write_text(KEY)
    (tmp_path / "objects").mkdir()
    return {
        "INVOICES_DATABASE__DSN": f"postgresql://service:{SECRET}@127.0.0.1:1/invoices",
        "INVOICES_OBJECT_FOLDER": str(tmp_path / "objects"),
        "INVOICES_TOKEN_FILE": str(tmp_path / "tokens.json"),
        "INVOICES_PAGE_TOKEN_KEY_FILE": str(tmp_path / "key"),
    }


DSN = "INVOICES_DATABASE__DSN: is missing"
OBJECT_FOLDER = (
    "INVOICES_OBJECT_FOLDER: is missing, and so is INVOICES_OBJECTS__BUCKET: set one of them"
)
TOKEN_FILE = "INVOICES_TOKEN_FILE: is missing"
PAGE_TOKEN_KEY_FILE = "INVOICES_PAGE_TOKEN_KEY_FILE: is missing"


@pytest.mark.parametrize(
    ("process", "missing"),
    [
        (invoice_summarizer.services.ingest, {DSN, TOKEN_FILE, OBJECT_FOLDER, PAGE_TOKEN_KEY_FILE}),
        (invoice_summarizer.services.summarize, {DSN, TOKEN_FILE, PAGE_TOKEN_KEY_FILE}),
        (invoice_summarizer.services.query, {DSN, TOKEN_FILE, OBJECT_FOLDER, PAGE_TOKEN_KEY_FILE}),
        (invoice_summarizer.services.worker, {DSN, OBJECT_FOLDER}),
    ],
)
def test_every_variable_that_the_process_needs_and_misses_is_named(
    process: ModuleType, missing: set[str]
) -> None:
    ended = started(process.__name__)
    assert (ended.returncode, set(ended.stderr.splitlines())) == (2, missing)


def test_whole_system_on_one_machine_reads_no_setting_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = local_settings(tmp_path, "postgresql://x")
    for variable, value in {
        "INVOICES_HTTP__HOST": "0.0.0.0",
        "INVOICES_HTTP__PORT": "9",
        "INVOICES_SERVER__REFLECTION": "true",
        "INVOICES_SERVER__TLS__KEY_FILE": "/nowhere/key.pem",
        "INVOICES_WORKER__SLOTS": "9",
        "INVOICES_LOG_LEVEL": "LOUD",
    }.items():
        monkeypatch.setenv(variable, value)
    assert local_settings(tmp_path, "postgresql://x") == before
    assert (before.http.host, before.server.host) == ("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("INVOICES_TOKEN_FILE", "/nowhere/tokens.json"),
        ("INVOICES_PAGE_TOKEN_KEY_FILE", "/nowhere/key"),
        ("INVOICES_LOG_LEVEL", "LOUD"),
        ("INVOICES_SERVER__PROT", "50051"),
    ],
)
def test_setting_that_cannot_be_used_is_named(
    usable: dict[str, str], variable: str, value: str
) -> None:
    ended = query(**{**usable, variable: value})
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"{variable}: ")
    assert SECRET not in ended.stderr


@pytest.mark.parametrize(
    "process",
    [
        invoice_summarizer.services.ingest,
        invoice_summarizer.services.query,
        invoice_summarizer.services.worker,
    ],
)
def test_object_folder_that_is_not_there_is_named_and_not_made(
    usable: dict[str, str], tmp_path: Path, process: ModuleType
) -> None:
    folder = tmp_path / "objekts"
    ended = started(process.__name__, **{**usable, "INVOICES_OBJECT_FOLDER": str(folder)})
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"INVOICES_OBJECT_FOLDER: there is no folder {folder}: ")
    assert not folder.exists()


def test_object_folder_that_is_a_file_is_named(usable: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "key"
    ended = query(**{**usable, "INVOICES_OBJECT_FOLDER": str(file)})
    assert ended.stderr == f"INVOICES_OBJECT_FOLDER: {file} is no folder\n"


def test_folder_beside_a_bucket_is_named(usable: dict[str, str]) -> None:
    ended = query(**usable, INVOICES_OBJECTS__BUCKET="documents")
    assert ended.returncode == 2
    assert ended.stderr == (
        "INVOICES_OBJECT_FOLDER: is set, and so is INVOICES_OBJECTS__BUCKET: leave one out\n"
    )


def test_authority_of_the_bucket_that_cannot_be_used_is_named(
    usable: dict[str, str], tmp_path: Path
) -> None:
    del usable["INVOICES_OBJECT_FOLDER"]
    with_a_bucket = {**usable, "INVOICES_OBJECTS__BUCKET": "documents"}
    for file, problem in (
        (tmp_path / "none.pem", "cannot read"),
        (tmp_path / "key", "holds no certificate in PEM"),
    ):
        ended = query(**{**with_a_bucket, "INVOICES_OBJECTS__AUTHORITY_FILE": str(file)})
        assert ended.returncode == 2
        [line] = ended.stderr.splitlines()
        assert line.startswith("INVOICES_OBJECTS__AUTHORITY_FILE: ") and problem in line


def test_boto3_is_imported_only_where_there_is_a_bucket() -> None:
    processes = ("ingest", "query", "summarize", "worker")
    imports = "; ".join(f"import invoice_summarizer.services.{name}" for name in processes)
    look = (
        f"import sys, invoice_summarizer.processes.batch; {imports}; print('boto3' in sys.modules)"
    )
    path = {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, "-c", look], env=path, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"


@pytest.mark.parametrize("variable", ["INVOICES_SERVER__PORT", "INVOICES_HTTP__PORT"])
def test_port_that_is_taken_is_named(usable: dict[str, str], variable: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = query(**{**usable, variable: port})
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line == f"{variable}: cannot listen on 127.0.0.1:{port}: Address already in use"


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("nowhere.invalid", "nowhere.invalid is no address and no known name"),
        ("a..b", "a..b is no address and no known name"),
        # Set apart for documentation (RFC 5737), so that no machine has it.
        ("192.0.2.1", "192.0.2.1 is no address of this machine"),
    ],
)
@pytest.mark.parametrize("group", ["INVOICES_SERVER", "INVOICES_HTTP"])
def test_host_at_which_nobody_can_listen_is_named(
    usable: dict[str, str], tmp_path: Path, group: str, host: str, problem: str
) -> None:
    own = identity("localhost")
    (tmp_path / "certificate.pem").write_bytes(own.certificate)
    (tmp_path / "key.pem").write_bytes(own.key)
    usable["INVOICES_SERVER__TLS__CERTIFICATE_FILE"] = str(tmp_path / "certificate.pem")
    usable["INVOICES_SERVER__TLS__KEY_FILE"] = str(tmp_path / "key.pem")
    ended = query(**usable, **{f"{group}__HOST": host})
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [f"{group}__HOST: {problem}"]


def test_each_file_of_tls_that_is_not_there_is_one_line(usable: dict[str, str]) -> None:
    ended = query(
        **usable,
        INVOICES_SERVER__TLS__CERTIFICATE_FILE="/nowhere/certificate.pem",
        INVOICES_SERVER__TLS__KEY_FILE="/nowhere/key.pem",
    )
    assert ended.returncode == 2
    certificate, key = ended.stderr.splitlines()
    assert certificate.startswith("INVOICES_SERVER__TLS__CERTIFICATE_FILE: cannot be read")
    assert key.startswith("INVOICES_SERVER__TLS__KEY_FILE: cannot be read")


def test_everything_that_is_wrong_is_told_at_once_also_of_what_files_hold(
    usable: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "tokens.json").write_text('{"tokens": [{}]}')
    (tmp_path / "key").write_text("zz")
    (tmp_path / "certificate.pem").write_text("none")
    variables = {
        **usable,
        "INVOICES_DATABASE__DSN": "nonsense",
        "INVOICES_OBJECT_FOLDER": str(tmp_path / "objekts"),
        "INVOICES_SERVER__TLS__CERTIFICATE_FILE": str(tmp_path / "certificate.pem"),
        "INVOICES_SERVER__TLS__KEY_FILE": str(tmp_path / "none.pem"),
        "INVOICES_LOG_LEVEL": "LOUD",
    }
    named = [line.partition(": ")[0] for line in query(**variables).stderr.splitlines()]
    assert sorted(named) == sorted(
        {
            "INVOICES_DATABASE__DSN",
            "INVOICES_OBJECT_FOLDER",
            "INVOICES_TOKEN_FILE",
            "INVOICES_PAGE_TOKEN_KEY_FILE",
            "INVOICES_SERVER__TLS__CERTIFICATE_FILE",
            "INVOICES_SERVER__TLS__KEY_FILE",
            "INVOICES_LOG_LEVEL",
        }
    )
    del variables["INVOICES_DATABASE__DSN"]
    said = query(**variables).stderr
    assert DSN in said.splitlines()
    assert (
        f"INVOICES_TOKEN_FILE: {tmp_path}/tokens.json is no list of tokens: tokens[0] has no"
        in said
    )


@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("--port", 2)])
def test_arguments_are_answered_with_where_the_settings_are(argument: str, code: int) -> None:
    ended = query(argument)
    assert (ended.returncode, "docs/configuration.md" in ended.stdout) == (code, True)


@pytest.mark.parametrize(
    "dsn", ["", "nonsense", f"postgresql://owner:{SECRET}@127.0.0.1:1/invoices"]
)
def test_database_that_cannot_be_migrated_is_one_line(dsn: str) -> None:
    ended = started(invoice_summarizer.services.migrate.__name__, INVOICES_MIGRATE_DSN=dsn)
    assert ended.returncode == 2
    [line] = ended.stderr.splitlines()
    assert line.startswith("INVOICES_MIGRATE_DSN: ")
    assert SECRET not in line
