"""What `deploy/compose.yaml` has to hold to, and the secrets that `scripts/compose-up` makes for it.

`scripts/test-compose` has Compose itself read the file.
"""

import hashlib
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from deploy.component_combinations import DEPLOY
from deploy.manifests import CONNECTIONS, RESERVED_CONNECTIONS, Object
from invoice_summarizer.adapters.token_file.token_list import read_token_list
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.settings import DatabaseSettings
from invoice_summarizer.version import VERSION
from markdown_page import ROOT, page

SCRIPT = ROOT / "scripts/compose-up"
SERVERS = ("ingest", "query", "summarize")
PROCESSES = (*SERVERS, "api-gateway", "worker", "migrate")
STORES = ("postgres", "redis-cache", "redis-state")
_SECRETS = re.compile(r"\$\{INVOICES_SECRETS:-\.\./\.compose}/([\w./-]+)")


@pytest.fixture(scope="module")
def services() -> dict[str, Object]:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services: dict[str, Object] = compose["services"]
    return services


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    _make_secrets(folder)
    return folder


def _make_secrets(folder: Path) -> None:
    command = ["bash", str(SCRIPT), "--secrets-only", "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _environment_files(service: Object) -> Iterator[tuple[str, bool]]:
    """Yields the files of variables, and whether each has to be there."""
    for each in service.get("env_file", ()):
        if isinstance(each, str):
            yield each, True
        else:
            yield each["path"], each.get("required", True)


def test_every_process_and_store_is_there_and_nothing_else(services: dict[str, Object]) -> None:
    assert services.keys() == {*PROCESSES, *STORES, "folders", "inference"}
    assert [name for name, service in services.items() if "profiles" in service] == ["inference"]


def test_images_of_ours_are_those_of_this_version_and_are_not_pulled(
    services: dict[str, Object],
) -> None:
    for name in (*PROCESSES, "inference"):
        image = services[name]["image"]
        assert image == (
            f"${{INVOICES_IMAGES:-invoice-summarizer}}/{name}:${{INVOICES_VERSION:-{VERSION}}}"
        )
        assert services[name]["pull_policy"] == "never"
    assert "latest" not in (DEPLOY / "compose.yaml").read_text()


def test_nothing_runs_as_root_but_what_gives_the_folder_away(services: dict[str, Object]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not {"privileged", "pid", "ipc", "devices"} & service.keys(), name
        assert "mem_limit" in service, name
    assert {name for name, service in services.items() if service["user"] == "0:0"} == {"folders"}
    assert services["folders"]["network_mode"] == "none"
    assert [name for name, service in services.items() if "cap_add" in service] == ["folders"]


def test_rest_is_all_that_is_published_and_on_loopback_only(services: dict[str, Object]) -> None:
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"api-gateway": ["127.0.0.1:${INVOICES_PORT:-8443}:8443"]}
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert compose["networks"]["inner"]["internal"] is True
    outside = {name for name, each in services.items() if "edge" in each.get("networks", ())}
    assert outside == {"api-gateway", "summarize"}


def test_settings_are_there(services: dict[str, Object]) -> None:
    configuration = page("docs/configuration.md").text
    for name in PROCESSES:
        for variable in services[name].get("environment", {}):
            assert f"| `{variable}` |" in configuration, f"{name}: {variable}"


def test_services_wait_for_the_schema_and_rest_for_the_services(
    services: dict[str, Object],
) -> None:
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in (*SERVERS, "worker"):
        for before in ("migrate", "folders"):
            waited = services[name]["depends_on"][before]
            assert waited == {"condition": "service_completed_successfully"}
        assert services[name]["healthcheck"]["test"][0] == "CMD", "there is no shell"
        assert "/readyz" in services[name]["healthcheck"]["test"][-1]
    gateway = services["api-gateway"]["depends_on"]
    assert gateway == {name: {"condition": "service_healthy"} for name in SERVERS}


def test_connections_to_postgresql_stay_within_what_it_has(services: dict[str, Object]) -> None:
    assert not [each for each in services["ingest"]["environment"] if "DATABASE__" in each]
    pool = DatabaseSettings.model_fields["pool_size"].default
    [most] = [each for each in services["postgres"]["command"] if "max_connections=" in each]
    total = sum(of(pool) for of in CONNECTIONS.values())
    assert total <= int(most.partition("=")[2]) - RESERVED_CONNECTIONS


def test_every_file_that_a_service_wants_is_made(
    services: dict[str, Object], secrets: Path
) -> None:
    wanted = {
        path
        for service in services.values()
        for text, required in (
            *((each, True) for each in service.get("volumes", ())),
            *_environment_files(service),
        )
        if required
        for path in _SECRETS.findall(text)
    }
    assert {"services.env", "migrate.env", "postgres.env", "keys", "tokens"} < wanted
    assert [path for path in sorted(wanted) if not (secrets / path).exists()] == []
    # What a setting names is in a folder that is mounted.
    for name in PROCESSES:
        mounted = {}
        for volume in services[name].get("volumes", ()):
            source, target = volume.removesuffix(":ro").rsplit(":", 1)
            mounted[target] = _SECRETS.match(source)
        for variable, value in services[name].get("environment", {}).items():
            if not variable.endswith("_FILE") or name == "worker":  # which has no server
                continue
            folder, _, file = value.rpartition("/")
            found = mounted[folder]
            assert found and (secrets / found[1] / file).is_file(), f"{name}: {variable}"


def test_secrets_are_closed_to_others_on_the_machine(secrets: Path) -> None:
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700


def test_token_is_that_of_the_file_of_tokens(secrets: Path) -> None:
    [entry] = read_token_list(secrets / "tokens/tokens.json").tokens
    assert entry.sha256 == hashlib.sha256((secrets / "token").read_bytes()).hexdigest()
    assert entry.tenant == "default" and entry.roles == set(Role)


@pytest.mark.parametrize("name", [*SERVERS, "api-gateway"])
def test_certificates_name_their_service_and_come_from_the_authority(
    name: str, secrets: Path
) -> None:
    verify = ["openssl", "verify", "-CAfile", "ca.crt", "-verify_hostname"]
    certificate = f"{name}/tls.crt"
    subprocess.run([*verify, name, certificate], cwd=secrets, check=True, capture_output=True)
    wrong = subprocess.run(
        [*verify, "elsewhere", certificate], cwd=secrets, check=False, capture_output=True
    )
    assert wrong.returncode != 0
    assert not list(secrets.rglob("authority.key")), "nobody else gets a certificate"


def test_secrets_are_made_once(secrets: Path) -> None:
    before = {file: file.read_bytes() for file in secrets.rglob("*") if file.is_file()}
    _make_secrets(secrets)
    assert {file: file.read_bytes() for file in secrets.rglob("*") if file.is_file()} == before


def test_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("mine")
    command = ["bash", str(SCRIPT), "--secrets-only", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["other"]


def _start_with(docker: str, folder: Path, secrets: Path) -> str:
    """Runs the script, with lines of bash in the place of Docker, of which nothing may start; returns what it says."""
    program = folder / "bin/docker"
    program.parent.mkdir()
    program.write_text(f"#!/bin/bash\n{docker}\n")
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", str(SCRIPT), "--folder", str(secrets)],
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and not done.stdout
    return done.stderr


def test_images_that_are_missing_are_told_with_the_command_that_makes_them(
    secrets: Path, tmp_path: Path
) -> None:
    images = f"invoice-summarizer/query:{VERSION} invoice-summarizer/worker:{VERSION} redis:7"
    docker = f"""case "$*" in
      *--images) printf '%s\\n' {images} ;;
      "image inspect"*) exit 1 ;;
      *" up "*) echo started ;;
    esac"""
    told = _start_with(docker, tmp_path, secrets)
    assert told.endswith(": images are missing: scripts/build-images --tool docker query worker\n")


def test_what_takes_the_place_of_images_that_cannot_be_pulled_is_told(
    secrets: Path, tmp_path: Path
) -> None:
    docker = """case "$*" in
      *--images) echo redis:7 ;;
      "image inspect"* | *" up "*) exit 1 ;;
    esac"""
    told = _start_with(docker, tmp_path, secrets)
    assert "no redis:7" in told and "scripts/build-images --tool docker stores" in told
    assert f"INVOICES_REDIS_IMAGE=invoice-summarizer/stores:{VERSION}\n" in told


def test_secrets_are_not_made_beside_a_database_that_has_others(tmp_path: Path) -> None:
    told = _start_with("exit 0", tmp_path, tmp_path / "secrets")
    assert "down --volumes" in told and not (tmp_path / "secrets").exists()


def test_docker_that_does_not_answer_is_told(secrets: Path, tmp_path: Path) -> None:
    told = _start_with('[[ "$1" != version ]]', tmp_path, secrets)
    assert told == "scripts/compose-up: the daemon of Docker does not answer\n"


@pytest.mark.parametrize("script", ["compose-up", "test-compose"])
def test_help_says_what_there_is_and_a_wrong_option_is_named(script: str) -> None:
    command = ["bash", str(ROOT / "scripts" / script)]
    told = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
    assert f"scripts/{script}" in told.stdout and "set -euo" not in told.stdout
    wrong = subprocess.run([*command, "--none"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1 and "--none" in wrong.stderr
