"""Certificates are renewed while a server runs: new connections get the new ones, and no call fails for it."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
from cryptography import x509
from grpc_health.v1 import health_pb2, health_pb2_grpc
from structlog.testing import capture_logs

from invoice_summarizer.adapters.memory.token_verifier import MemoryTokenVerifier
from invoice_summarizer.processes.serving import api_server
from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import ServerSettings, TlsSettings
from invoice_summarizer.telemetry import Metrics
from mounted_files import MountedFiles
from tls_identity import Authority, Identity

CERTIFICATE, KEY, AUTHORITY = "tls.crt", "tls.key", "ca.crt"
PATIENCE_SECONDS = 30
SERVING = health_pb2.HealthCheckResponse.SERVING
VARIABLE = "INVOICES_SERVER__TLS__"


OWN = Authority()


def files_of(server: Identity, client_authority: bytes = OWN.certificate) -> dict[str, bytes]:
    return {CERTIFICATE: server.certificate, KEY: server.key, AUTHORITY: client_authority}


def settings_of(mounted: MountedFiles, name: str | None = "localhost") -> ServerSettings:
    tls = TlsSettings(
        certificate_file=mounted[CERTIFICATE],
        key_file=mounted[KEY],
        client_authority_file=mounted[AUTHORITY],
        name=name,
    )
    return ServerSettings(host="127.0.0.1", tls=tls, grace_seconds=0)


@asynccontextmanager
async def serving(settings: ServerSettings) -> AsyncIterator[int]:
    """Yields the port."""
    server = ApiServer(settings, [], [])
    port = await server.start()
    try:
        yield port
    finally:
        await server.stop()


def channel_to(port: int, client: Identity, trusted: bytes = OWN.certificate) -> grpc.aio.Channel:
    credentials = grpc.ssl_channel_credentials(trusted, client.key, client.certificate)
    options = [
        ("grpc.ssl_target_name_override", "localhost"),
        # A channel of its own has a connection of its own.
        ("grpc.use_local_subchannel_pool", 1),
    ]
    return grpc.aio.secure_channel(f"127.0.0.1:{port}", credentials, options=options)


async def is_served(port: int, client: Identity, trusted: bytes = OWN.certificate) -> bool:
    async with channel_to(port, client, trusted) as channel:
        health: Any = health_pb2_grpc.HealthStub(channel)
        try:
            answer = await health.Check(health_pb2.HealthCheckRequest(), timeout=10)
        except grpc.aio.AioRpcError as error:
            assert error.code() is grpc.StatusCode.UNAVAILABLE
            return False
        return bool(answer.status == SERVING)


async def shown(port: int) -> x509.Certificate:
    pem = await asyncio.to_thread(ssl.get_server_certificate, ("127.0.0.1", port))
    return x509.load_pem_x509_certificate(pem.encode())


async def until_shown(port: int, server: Identity) -> None:
    wanted = x509.load_pem_x509_certificate(server.certificate)
    await eventually(lambda: shown(port), lambda certificate: certificate == wanted)


async def eventually(look: Callable[[], Any], is_wanted: Callable[[Any], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not is_wanted(await look()):
        assert time.monotonic() < ends
        await asyncio.sleep(0.05)


async def test_certificate_is_renewed_while_calls_run_and_none_of_them_fails(
    tmp_path: Path,
) -> None:
    client = OWN.identity("client")
    mounted = MountedFiles(tmp_path / "tls", files_of(OWN.identity("localhost")))
    async with serving(settings_of(mounted)) as port, channel_to(port, client) as before:
        health: Any = health_pb2_grpc.HealthStub(before)
        watch = health.Watch(health_pb2.HealthCheckRequest())
        assert (await watch.read()).status == SERVING
        stop = asyncio.Event()

        async def call_all_the_time() -> list[bool]:
            answers = []
            while not stop.is_set():
                answers.append(await is_served(port, client))
            return answers

        callers = [asyncio.create_task(call_all_the_time()) for _ in range(2)]
        for _ in range(3):
            renewed = OWN.identity("localhost")
            mounted.replace(files_of(renewed))
            await until_shown(port, renewed)
        stop.set()
        answers = [answer for each in await asyncio.gather(*callers) for answer in each]
        assert len(answers) > 10
        assert all(answers)
        # What was connected before is so still.
        assert (await health.Check(health_pb2.HealthCheckRequest())).status == SERVING
        assert not watch.done()
        watch.cancel()


async def test_authority_is_replaced_by_one_of_its_name_without_a_failed_call(
    tmp_path: Path,
) -> None:
    """Whoever trusts both while certificates are of either loses nobody."""
    old, new = Authority(), Authority()
    both = old.certificate + new.certificate
    clients = old.identity("client"), new.identity("client")
    mounted = MountedFiles(tmp_path / "tls", files_of(old.identity("localhost"), old.certificate))
    async with serving(settings_of(mounted)) as port:
        assert await is_served(port, clients[0], both)
        assert not await is_served(port, clients[1], both)
        mounted.replace(files_of(old.identity("localhost"), both))
        await eventually(lambda: is_served(port, clients[1], both), bool)
        assert await is_served(port, clients[0], both)
        renewed = new.identity("localhost")
        mounted.replace(files_of(renewed, both))
        await until_shown(port, renewed)
        assert await is_served(port, clients[0], both)
        assert await is_served(port, clients[1], new.certificate)
        mounted.replace(files_of(renewed, new.certificate))
        await eventually(lambda: is_served(port, clients[0], both), lambda served: not served)
        assert await is_served(port, clients[1], new.certificate)


OTHER = OWN.identity("elsewhere")
EXPIRED = OWN.identity("localhost", lifetime=timedelta(hours=-1))
LATER = OWN.identity("localhost", begins=timedelta(hours=1), lifetime=timedelta(hours=2))


@pytest.mark.parametrize(
    ("name", "broken", "problem"),
    [
        (
            "localhost",
            {KEY: OTHER.key},
            f"{VARIABLE}KEY_FILE: is not the key of the first certificate of"
            f" {VARIABLE}CERTIFICATE_FILE",
        ),
        (
            "localhost",
            {CERTIFICATE: b"-----BEGIN CERT", KEY: b""},
            f"{VARIABLE}CERTIFICATE_FILE: holds no certificate in PEM; "
            f"{VARIABLE}KEY_FILE: holds no private key in PEM without a password",
        ),
        (
            "localhost",
            {KEY: None},
            f"{VARIABLE}KEY_FILE: cannot be read: No such file or directory",
        ),
        (
            "localhost",
            {CERTIFICATE: OTHER.certificate, KEY: OTHER.key},
            f"{VARIABLE}CERTIFICATE_FILE: is not for {VARIABLE}NAME,"
            " by which callers know the server",
        ),
        (
            None,
            {CERTIFICATE: EXPIRED.certificate, KEY: EXPIRED.key},
            f"{VARIABLE}CERTIFICATE_FILE: has expired",
        ),
        (
            None,
            {CERTIFICATE: LATER.certificate, KEY: LATER.key},
            f"{VARIABLE}CERTIFICATE_FILE: does not hold yet",
        ),
        (
            "localhost",
            {AUTHORITY: b"no PEM"},
            f"{VARIABLE}CLIENT_AUTHORITY_FILE: holds no certificate in PEM",
        ),
    ],
)
async def test_broken_renewal_keeps_what_was_there_and_is_told_once(
    tmp_path: Path, name: str | None, broken: Mapping[str, bytes | None], problem: str
) -> None:
    client, first, second = (OWN.identity(each) for each in ("client", "localhost", "localhost"))
    mounted = MountedFiles(tmp_path / "tls", files_of(first))
    with capture_logs() as events:
        async with serving(settings_of(mounted, name)) as port:
            changed = {**files_of(second), **broken}
            mounted.replace(
                {file: content for file, content in changed.items() if content is not None}
            )
            await eventually(lambda: shown(port), lambda _: bool(events))
            looks = time.monotonic() + 1.5
            while time.monotonic() < looks:
                assert await is_served(port, client)
                await asyncio.sleep(0.1)
            assert events == [
                {"event": "certificates_unusable", "log_level": "error", "problem": problem}
            ]
            mounted.replace(files_of(second))
            await until_shown(port, second)
            assert await is_served(port, client)
            assert events[1:] == [
                {"event": "certificates_renewed", "log_level": "info", "settings": VARIABLE}
            ]


async def test_metric_says_when_the_certificate_in_use_expires(tmp_path: Path) -> None:
    first, second = (OWN.identity("localhost", lifetime=timedelta(hours=n)) for n in (1, 2))
    mounted = MountedFiles(tmp_path / "tls", files_of(first))
    metrics = Metrics()
    api_server(settings_of(mounted), MemoryTokenVerifier({}), metrics, [])

    async def hours() -> float:
        value = metrics.registry.get_sample_value(
            "tls_certificate_expires_timestamp_seconds", {"use": "server"}
        )
        assert value is not None
        return (value - datetime.now(UTC).timestamp()) / 3600

    assert 0.9 < await hours() < 1.1
    # Nobody connects: it is the look at the metric that finds the new one.
    mounted.replace(files_of(second))
    await eventually(hours, lambda left: 1.9 < left < 2.1)
