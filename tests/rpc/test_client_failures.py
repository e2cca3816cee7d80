"""What the command line says of servers that are there, and are not what was expected."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import connected
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.tls_files import TlsFiles
from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings
from rpc_fixture import Api
from tls_identity import identity

NAME = "tenants/default/invoices/x"


@asynccontextmanager
async def empty_server(tls: TlsSettings | None = None) -> AsyncIterator[int]:
    """Serves nothing but health; yields the port."""
    server = ApiServer(ServerSettings(host="localhost", tls=tls, grace_seconds=0), [], [])
    port = await server.start()
    try:
        yield port
    finally:
        await server.stop()


@pytest.fixture
def tls(tmp_path: Path) -> TlsSettings:
    return _written(tmp_path, "localhost")


def _written(folder: Path, name: str) -> TlsSettings:
    shown = identity(name)
    (folder / "certificate.pem").write_bytes(shown.certificate)
    (folder / "key.pem").write_bytes(shown.key)
    return TlsSettings(certificate_file=folder / "certificate.pem", key_file=folder / "key.pem")


async def failure(address: str, tls: TlsFiles | None = None, query: str = "") -> CallFailed:
    endpoint = Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=query or address,
        token="owner",
        tenant="default",
        tls=tls,
        timeout_seconds=20,
    )
    async with connected(endpoint) as client:
        with pytest.raises(CallFailed) as caught:
            await client.get_invoice(NAME)
    return caught.value


async def test_certificate_that_is_not_trusted_is_said(tls: TlsSettings, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(identity("localhost").certificate)
    async with empty_server(tls) as port:
        failed = await failure(f"localhost:{port}", TlsFiles(authority=other))
    assert (failed.code, failed.reason) == (
        grpc.StatusCode.UNAVAILABLE,
        "CERTIFICATE_NOT_TRUSTED",
    )
    assert f"the certificate of localhost:{port} is not trusted" in failed.message
    assert "SSL" not in failed.message


async def test_certificate_of_another_name_is_said(tmp_path: Path) -> None:
    tls = _written(tmp_path, "invoices.example.com")
    async with empty_server(tls) as port:
        failed = await failure(f"localhost:{port}", TlsFiles(authority=tls.certificate_file))
    assert failed.reason == "CERTIFICATE_OF_ANOTHER"
    assert f"localhost:{port}" in failed.message


async def test_server_without_tls_is_said(tls: TlsSettings) -> None:
    async with empty_server() as port:
        failed = await failure(f"localhost:{port}", TlsFiles(authority=tls.certificate_file))
    assert failed.reason == "NO_TLS"
    assert f"the server at localhost:{port} speaks no TLS" in failed.message


async def test_address_that_does_not_serve_the_service_is_said(api: Api) -> None:
    async with empty_server() as port:
        failed = await failure(f"127.0.0.1:{api.port}", query=f"localhost:{port}")
    assert (failed.code, failed.reason, failed.message) == (
        grpc.StatusCode.UNIMPLEMENTED,
        "SERVICE_NOT_SERVED",
        f"localhost:{port} does not serve QueryService",
    )


async def test_server_that_is_not_there_is_said_with_its_own_address(api: Api) -> None:
    failed = await failure(f"127.0.0.1:{api.port}", query="127.0.0.1:1")
    assert failed.message == "no server answers at 127.0.0.1:1"


async def test_refusal_of_the_server_keeps_its_words_and_reason(api: Api) -> None:
    failed = await failure(f"127.0.0.1:{api.port}")
    assert (failed.reason, failed.message) == ("RESOURCE_NOT_FOUND", "no such resource")


async def test_refusal_of_the_server_names_the_fields_that_cannot_be(api: Api) -> None:
    address = f"127.0.0.1:{api.port}"
    endpoint = Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=address,
        token="owner",
        tenant="acme",
    )
    async with connected(endpoint) as client:
        with pytest.raises(CallFailed) as caught:
            await client.list_invoices(order_by="colour")
    [violation] = caught.value.field_violations
    assert violation.field == "order_by"
    assert violation.description == caught.value.message
    record = caught.value.record()
    assert (record["code"], record["reason"]) == ("INVALID_ARGUMENT", "INVALID_ORDER_BY")
    assert record["request_id"]
