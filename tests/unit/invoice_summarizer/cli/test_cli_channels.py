"""TLS between the client and a real server, and where a token may go without it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import connected
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed
from invoice_summarizer.cli.tls_files import TlsFiles
from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings


@pytest.fixture
def pem(tmp_path: Path) -> TlsFiles:
    """A certificate of 127.0.0.1 that is its own authority, for both sides."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = TlsFiles(
        authority=tmp_path / "ca.pem", certificate=tmp_path / "ca.pem", key=tmp_path / "key.pem"
    )
    (tmp_path / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


@pytest.fixture
async def port(pem: TlsFiles) -> AsyncIterator[int]:
    """A server that wants certificates of its clients and has no services: who gets through learns just that."""
    assert pem.certificate is not None and pem.key is not None
    tls = TlsSettings(
        certificate_file=pem.certificate, key_file=pem.key, client_authority_file=pem.authority
    )
    server = ApiServer(ServerSettings(tls=tls, grace_seconds=0), [], [])
    yield await server.start()
    await server.stop()


async def _refusal(port: int, tls: TlsFiles | None) -> CallFailed:
    address = f"127.0.0.1:{port}"
    endpoint = Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=address,
        token="token",
        tenant="default",
        tls=tls,
        timeout_seconds=10,
    )
    with pytest.raises(CallFailed) as refused:
        async with connected(endpoint) as client:
            await client.get_invoice("tenants/default/invoices/1")
    return refused.value


async def test_client_with_certificate_and_authority_gets_through(port: int, pem: TlsFiles) -> None:
    assert (await _refusal(port, pem)).code is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize("part", ["authority", "certificate", "everything"])
async def test_client_without_does_not(port: int, pem: TlsFiles, part: str) -> None:
    tls = {
        "authority": TlsFiles(certificate=pem.certificate, key=pem.key),
        "certificate": TlsFiles(authority=pem.authority),
        "everything": None,
    }[part]
    failure = await _refusal(port, tls)
    assert failure.exit_code is ExitCode.UNAVAILABLE
    assert failure.request_id
