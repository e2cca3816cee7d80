"""TLS: what is configured is what is spoken, and with a client authority only its clients are served."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import grpc.aio
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from grpc_health.v1 import health_pb2

from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings

CHECK = "/grpc.health.v1.Health/Check"


@dataclass(frozen=True, slots=True)
class Identity:
    certificate: bytes
    key: bytes


@pytest.fixture(scope="module")
def server_identity() -> Identity:
    return identity("localhost")


@pytest.fixture(scope="module")
def client_identity() -> Identity:
    return identity("client")


def identity(name: str) -> Identity:
    """Returns a key with a certificate that it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    return Identity(
        certificate.public_bytes(encoding),
        key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )


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
