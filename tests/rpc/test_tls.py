"""TLS: what is configured is what is spoken, and with a client authority only its clients are served."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import grpc
import grpc.aio
import pytest
from grpc_health.v1 import health_pb2

from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings, WrongSetting
from tls_identity import Identity, identity

CHECK = "/grpc.health.v1.Health/Check"


@pytest.fixture(scope="module")
def server_identity() -> Identity:
    return identity("localhost")


@pytest.fixture(scope="module")
def client_identity() -> Identity:
    return identity("client")


@asynccontextmanager
async def tls_server(
    folder: Path, server: Identity, client_authority: bytes | None = None
) -> AsyncIterator[int]:
    """Yields the port."""
    (folder / "certificate.pem").write_bytes(server.certificate)
    (folder / "key.pem").write_bytes(server.key)
    if client_authority is not None:
        (folder / "clients.pem").write_bytes(client_authority)
    tls = TlsSettings(
        certificate_file=folder / "certificate.pem",
        key_file=folder / "key.pem",
        client_authority_file=folder / "clients.pem" if client_authority else None,
    )
    api = ApiServer(ServerSettings(host="localhost", tls=tls, grace_seconds=0), [], [])
    port = await api.start()
    try:
        yield port
    finally:
        await api.stop()


async def is_served(channel: grpc.aio.Channel) -> bool:
    async with channel:
        check = channel.unary_unary(
            CHECK,
            request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
            response_deserializer=health_pb2.HealthCheckResponse.FromString,
        )
        try:
            answer = await check(health_pb2.HealthCheckRequest(), timeout=10)
        except grpc.aio.AioRpcError as error:
            assert error.code() is grpc.StatusCode.UNAVAILABLE
            return False
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def secure(port: int, authority: bytes, client: Identity | None = None) -> grpc.aio.Channel:
    credentials = grpc.ssl_channel_credentials(
        authority, client.key if client else None, client.certificate if client else None
    )
    return grpc.aio.secure_channel(f"localhost:{port}", credentials)


async def test_server_with_tls_speaks_nothing_else(
    tmp_path: Path, server_identity: Identity, client_identity: Identity
) -> None:
    async with tls_server(tmp_path, server_identity) as port:
        assert await is_served(secure(port, server_identity.certificate))
        assert not await is_served(secure(port, client_identity.certificate))
        assert not await is_served(grpc.aio.insecure_channel(f"localhost:{port}"))


async def test_server_with_a_client_authority_serves_its_clients_alone(
    tmp_path: Path, server_identity: Identity, client_identity: Identity
) -> None:
    authority = client_identity.certificate
    async with tls_server(tmp_path, server_identity, authority) as port:
        own = server_identity.certificate
        assert await is_served(secure(port, own, client_identity))
        assert not await is_served(secure(port, own))
        assert not await is_served(secure(port, own, server_identity))


@pytest.mark.parametrize(
    ("file", "content", "variable", "problem"),
    [
        ("certificate", None, "CERTIFICATE_FILE", "cannot be read: No such file or directory"),
        ("certificate", b"", "CERTIFICATE_FILE", "holds no certificate in PEM"),
        ("certificate", b"no PEM", "CERTIFICATE_FILE", "holds no certificate in PEM"),
        ("certificate", "key", "CERTIFICATE_FILE", "holds no certificate in PEM"),
        ("key", None, "KEY_FILE", "cannot be read: No such file or directory"),
        ("key", b"no PEM", "KEY_FILE", "holds no private key in PEM without a password"),
        ("key", "certificate", "KEY_FILE", "holds no private key in PEM without a password"),
        (
            "key",
            "other key",
            "KEY_FILE",
            "is not the key of the first certificate of INVOICES_SERVER__TLS__CERTIFICATE_FILE",
        ),
        ("clients", None, "CLIENT_AUTHORITY_FILE", "cannot be read: No such file or directory"),
        ("clients", b"no PEM", "CLIENT_AUTHORITY_FILE", "holds no certificate in PEM"),
        ("clients", "other key", "CLIENT_AUTHORITY_FILE", "holds no certificate in PEM"),
    ],
)
def test_file_that_cannot_be_used_is_named_by_its_variable(
    tmp_path: Path,
    server_identity: Identity,
    client_identity: Identity,
    file: str,
    content: bytes | str | None,
    variable: str,
    problem: str,
) -> None:
    known = {
        "certificate": server_identity.certificate,
        "key": server_identity.key,
        "clients": client_identity.certificate,
        "other key": client_identity.key,
    }
    for name in ("certificate", "key", "clients"):
        (tmp_path / f"{name}.pem").write_bytes(known[name])
    if content is None:
        (tmp_path / f"{file}.pem").unlink()
    else:
        data = known[content] if isinstance(content, str) else content
        (tmp_path / f"{file}.pem").write_bytes(data)
    tls = TlsSettings(
        certificate_file=tmp_path / "certificate.pem",
        key_file=tmp_path / "key.pem",
        client_authority_file=tmp_path / "clients.pem",
    )
    with pytest.raises(WrongSetting) as caught:
        ApiServer(ServerSettings(tls=tls), [], [])
    assert str(caught.value) == f"INVOICES_SERVER__TLS__{variable}: {problem}"


def _named(folder: Path, server: Identity, name: str) -> ServerSettings:
    (folder / "certificate.pem").write_bytes(server.certificate)
    (folder / "key.pem").write_bytes(server.key)
    return ServerSettings(
        tls=TlsSettings(
            certificate_file=folder / "certificate.pem", key_file=folder / "key.pem", name=name
        )
    )


@pytest.mark.parametrize(
    ("certificate", "name"),
    [("query", "query"), ("Query", "query"), ("*.example.com", "query.example.com")],
)
async def test_certificate_of_the_name_is_taken(
    tmp_path: Path, certificate: str, name: str
) -> None:
    ApiServer(_named(tmp_path, identity(certificate), name), [], [])


@pytest.mark.parametrize(
    ("certificate", "lifetime", "name", "problem"),
    [
        (
            "ingest",
            1,
            "query",
            "is not for INVOICES_SERVER__TLS__NAME, by which callers know the server",
        ),
        (
            "*.example.com",
            1,
            "a.b.example.com",
            "is not for INVOICES_SERVER__TLS__NAME, by which callers know the server",
        ),
        (
            "*.",
            1,
            "query",
            "is not for INVOICES_SERVER__TLS__NAME, by which callers know the server",
        ),
        ("query", -1, "query", "has expired"),
    ],
)
def test_certificate_that_callers_would_refuse_is_refused_at_the_start(
    tmp_path: Path, certificate: str, lifetime: int, name: str, problem: str
) -> None:
    settings = _named(tmp_path, identity(certificate, lifetime=timedelta(hours=lifetime)), name)
    with pytest.raises(WrongSetting) as caught:
        ApiServer(settings, [], [])
    assert str(caught.value) == f"INVOICES_SERVER__TLS__CERTIFICATE_FILE: {problem}"
