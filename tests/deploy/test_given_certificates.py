"""The commands for TLS without cert-manager make secrets that processes speak TLS with, and renew them."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings
from markdown_page import page

NAMES = ("api-gateway", "ingest", "query", "summarize")

# What is made is written into a folder of the secret's name; what is applied has been made.
KUBECTL = """#!/usr/bin/env bash
set -euo pipefail
case "$*" in
"create secret generic -n invoice-summarizer invoice-tls-"*" --dry-run=client -o yaml "*)
  mkdir -p "$SECRETS/$6"
  for word in "${@:7}"; do case "$word" in --from-file=*) cp "${word#*=}" "$SECRETS/$6/" ;; esac; done
  ;;
"apply --server-side -f -") cat ;;
*) exit 1 ;;
esac
"""


Secrets = Mapping[str, Mapping[str, bytes]]


class Installation:
    """A folder where the commands of the page are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = folder / "certificates"
        self._secrets = folder / "secrets"
        (folder / "bin").mkdir(parents=True)
        (folder / "bin/kubectl").write_text(KUBECTL)
        (folder / "bin/kubectl").chmod(0o755)
        blocks = page("docs/deployment/PRODUCTION_DEPLOYMENT.md").fenced("sh")
        [self._commands] = [block for block in blocks if "authority.key" in block]

    def run(self) -> None:
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self._commands],
            cwd=self.folder,
            env={"PATH": path, "SECRETS": str(self._secrets)},
            check=True,
            capture_output=True,
        )

    def secret(self, name: str) -> dict[str, bytes]:
        """Returns its files."""
        folder = self._secrets / f"invoice-tls-{name}"
        return {file.name: file.read_bytes() for file in folder.iterdir()}

    def all_secrets(self) -> Secrets:
        return {name: self.secret(name) for name in NAMES}


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    installation = Installation(tmp_path / "installation")
    installation.run()
    return installation


async def _require_calls(folder: Path, gateway: Secrets, services: Secrets) -> None:
    """The gateway's certificate is taken by each service, which the gateway takes for what its name says."""
    own = gateway["api-gateway"]
    credentials = grpc.ssl_channel_credentials(own["ca.crt"], own["tls.key"], own["tls.crt"])
    for name in NAMES[1:]:
        for file, content in services[name].items():
            (folder / file).write_bytes(content)
        tls = TlsSettings(
            certificate_file=folder / "tls.crt",
            key_file=folder / "tls.key",
            client_authority_file=folder / "ca.crt",
            name=name,
        )
        server = ApiServer(ServerSettings(host="127.0.0.1", tls=tls, grace_seconds=0), [], [])
        port = await server.start()
        options = [("grpc.ssl_target_name_override", name)]
        try:
            async with grpc.aio.secure_channel(
                f"127.0.0.1:{port}", credentials, options=options
            ) as channel:
                health: Any = health_pb2_grpc.HealthStub(channel)
                answer = await health.Check(health_pb2.HealthCheckRequest(), timeout=10)
                assert answer.status == health_pb2.HealthCheckResponse.SERVING
        finally:
            await server.stop()


async def test_commands_again_renew_certificates_that_parts_speak_by(
    installation: Installation, tmp_path: Path
) -> None:
    before = installation.all_secrets()
    await _require_calls(tmp_path, before, before)
    installation.run()
    after = installation.all_secrets()
    for name in NAMES:
        assert after[name]["ca.crt"] == before[name]["ca.crt"]
        assert after[name]["tls.crt"] != before[name]["tls.crt"]
    await _require_calls(tmp_path, before, after)
    await _require_calls(tmp_path, after, before)


async def test_another_authority_takes_the_three_steps_of_the_page_and_no_call_fails(
    installation: Installation, tmp_path: Path
) -> None:
    other = Installation(tmp_path / "other")
    other.run()
    old, new = ((each.made / "authority.crt").read_bytes() for each in (installation, other))
    assert old != new
    states = [installation.all_secrets()]
    (installation.made / "ca.crt").write_bytes(old + new)
    installation.run()
    states.append(installation.all_secrets())
    for file in ("authority.crt", "authority.key"):
        shutil.copyfile(other.made / file, installation.made / file)
    installation.run()
    states.append(installation.all_secrets())
    (installation.made / "ca.crt").write_bytes(new)
    installation.run()
    states.append(installation.all_secrets())
    assert states[-1]["ingest"]["ca.crt"] == new
    # Some pods have the files of a step, and others still those of the step before.
    for before, after in pairwise(states):
        await _require_calls(tmp_path, after, after)
        await _require_calls(tmp_path, before, after)
        await _require_calls(tmp_path, after, before)


def test_keys_are_read_by_their_owner_alone(installation: Installation) -> None:
    files = list(installation.made.iterdir())
    assert sorted(file.name for file in files) == [
        "authority.crt",
        "authority.key",
        "authority.srl",
        "ca.crt",
    ]
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
