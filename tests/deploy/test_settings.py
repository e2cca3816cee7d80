"""What the manifests and the compose file set is what the processes take: the settings' own code reads it."""

import os
import posixpath
import re
from collections.abc import Mapping

import pytest
import yaml

from deploy.component_combinations import DEPLOY, components
from deploy.manifests import (
    OVERLAYS,
    Manifests,
    Object,
    of_components,
    of_overlay,
)
from invoice_summarizer.environment import read_settings
from invoice_summarizer.settings import (
    IngestSettings,
    ProcessSettings,
    QuerySettings,
    SummarizeSettings,
    WorkerProcessSettings,
)
from markdown_page import page

KINDS: Mapping[str, type[ProcessSettings]] = {
    "ingest": IngestSettings,
    "query": QuerySettings,
    "summarize": SummarizeSettings,
    "worker": WorkerProcessSettings,
}
# What a secret may hold, by its key.
SECRET_VALUES = {
    "owner-dsn": "postgresql://owner:secret@postgres:5432/invoices",
    "service-dsn": "postgresql://service:secret@postgres:5432/invoices",
    "url": "redis://:secret@redis:6379/0",
    "access-key-id": "ACCESS",
    "secret-access-key": "secret",
    "token": "secret",
}
# All processes have one list of settings, and ignore those of the others (docs/configuration.md).
NOT_OF_WORKERS = {
    f"INVOICES_{setting}_FILE"
    for setting in (
        "PAGE_TOKEN_KEY",
        "SERVER__TLS__CERTIFICATE",
        "SERVER__TLS__CLIENT_AUTHORITY",
        "SERVER__TLS__KEY",
        "TOKEN",
    )
}
ALL = [*OVERLAYS, *(f"+{name}" for name in components())]


def manifests_of(what: str) -> Manifests:
    return of_components((what[1:],)) if what.startswith("+") else of_overlay(what)


def container_of(manifests: Manifests, name: str) -> Object:
    [container] = manifests.named("Deployment", name)["spec"]["template"]["spec"]["containers"]
    found: Object = container
    return found


def variables_of(manifests: Manifests, container: Object) -> dict[str, str]:
    """Returns the environment of the container, with secrets of ours."""
    variables: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        variables |= manifests.named("ConfigMap", source["configMapRef"]["name"])["data"]
    for each in container.get("env", ()):
        assert each["name"] not in variables, f"{each['name']} is set twice"
        if "valueFrom" in each:
            variables[each["name"]] = SECRET_VALUES[each["valueFrom"]["secretKeyRef"]["key"]]
        else:
            variables[each["name"]] = each["value"]
    return variables


def read(
    kind: type[ProcessSettings], variables: Mapping[str, str], patch: pytest.MonkeyPatch
) -> None:
    """Raises WrongSetting."""
    for name in os.environ:
        if name.startswith("INVOICES_"):
            patch.delenv(name)
    for name, value in variables.items():
        patch.setenv(name, value)
    read_settings(kind)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("what", ALL)
def test_process_takes_what_its_pod_says(
    what: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifests = manifests_of(what)
    read(KINDS[name], variables_of(manifests, container_of(manifests, name)), monkeypatch)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_limits_of_tenants_are_those_of_all_servers_together(overlay: str) -> None:
    """Where there are several servers, each counts by itself without the role state of Redis."""
    manifests = of_overlay(overlay)
    for name in KINDS:
        assert "INVOICES_STATE__URL" in variables_of(manifests, container_of(manifests, name))


@pytest.mark.parametrize("name", KINDS)
def test_process_takes_what_the_compose_file_says(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"][name]
    script = (DEPLOY.parent / "scripts/compose-up").read_text()
    written = re.findall(r'"(INVOICES_(?:DATABASE__DSN|CACHE__URL|STATE__URL))=([^"]*)"', script)
    assert len(written) == 3
    read(KINDS[name], service["environment"] | dict(written), monkeypatch)


@pytest.mark.parametrize("what", ALL)
def test_gateway_has_settings_that_there_are_and_all_that_it_needs(what: str) -> None:
    manifests = manifests_of(what)
    variables = variables_of(manifests, container_of(manifests, "api-gateway"))
    rows = page("docs/configuration.md").table("Settings of the gateway", "variable")
    known = {row["variable"].strip("`"): row["default"] for row in rows}
    assert variables.keys() <= known.keys()
    assert variables.keys() >= {name for name, default in known.items() if default == "required"}


@pytest.mark.parametrize("name", [*KINDS, "api-gateway"])
@pytest.mark.parametrize("what", ALL)
def test_files_that_settings_name_are_mounted(what: str, name: str) -> None:
    manifests = manifests_of(what)
    container = container_of(manifests, name)
    mounted = {each["mountPath"] for each in container["volumeMounts"]}
    files = {
        variable: value
        for variable, value in variables_of(manifests, container).items()
        if variable.endswith("_FILE") and not (name == "worker" and variable in NOT_OF_WORKERS)
    }
    missing = {
        variable for variable, file in files.items() if posixpath.dirname(file) not in mounted
    }
    assert missing == set(), what
