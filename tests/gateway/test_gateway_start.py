"""The program as an operator starts it: what it says of wrong settings, and how it ends."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from gateway_process import GatewayProcess, gateway_binary, upstreams

ADDRESSES = upstreams(ingest=1, summarize=1, query=1)


def started(environment: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    """Returns exit code, standard output and standard error."""
    done = subprocess.run(
        [gateway_binary(), *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (
            {},
            [
                "INVOICES_GATEWAY__INGEST_ADDRESS: is missing",
                "INVOICES_GATEWAY__QUERY_ADDRESS: is missing",
                "INVOICES_GATEWAY__SUMMARIZE_ADDRESS: is missing",
            ],
        ),
        (
            {**ADDRESSES, "INVOICES_GATEWAY__PROT": "8080"},
            ["INVOICES_GATEWAY__PROT: is no setting"],
        ),
        (
            {
                **ADDRESSES,
                "INVOICES_GATEWAY__TLS__CERTIFICATE_FILE": "/nowhere",
                "INVOICES_GATEWAY__TLS__KEY_FILE": "/nowhere",
            },
            [
                "INVOICES_GATEWAY__TLS__CERTIFICATE_FILE: cannot be read: no such file or directory",
                "INVOICES_GATEWAY__TLS__KEY_FILE: cannot be read: no such file or directory",
            ],
        ),
    ],
)
def test_wrong_settings_are_told_all_at_once(environment: dict[str, str], said: list[str]) -> None:
    code, out, error = started(environment)
    assert (code, out, error.splitlines()) == (2, "", said)


def test_program_takes_no_arguments() -> None:
    assert started({}, "--help")[0] == 0
    assert started({}, "--port=1")[0] == 2


async def test_gateway_without_services_is_alive_and_not_ready() -> None:
    with tempfile.TemporaryDirectory() as name:
        gateway = GatewayProcess(ADDRESSES, Path(name))
        gateway.launch()
        try:
            await gateway.listening()
            assert await gateway.http_status("/livez") == 200
            assert await gateway.http_status("/readyz") == 503
            answer = await gateway.request("GET", "/v1/tenants/acme/invoices", token="t")
            assert (answer.status, answer.reason) == (503, "UPSTREAM_UNAVAILABLE")
        finally:
            gateway.terminate()
            assert await gateway.ended() == 0
