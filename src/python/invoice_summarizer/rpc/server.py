"""A gRPC server: the services it is given, health, reflection where configured, and a graceful stop."""

from collections.abc import Callable, Sequence
from pathlib import Path

import grpc
import grpc.aio
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from invoice_summarizer.settings import ServerSettings, TlsSettings

# What is larger is refused by gRPC, without a reason that a program could read; `received_message` has a limit that is
# lower, so that the mistakes that are likely, such as a whole document in one message, get a typed answer.
RECEIVED_LIMIT_BYTES = 66 * 1024 * 1024
# A document of 64 MiB goes out as one message.
SENT_LIMIT_BYTES = 66 * 1024 * 1024

Register = Callable[[grpc.aio.Server], None]


class ApiServer:
    """Serves from `start` to `stop`; the health service says SERVING in between and NOT_SERVING while it drains."""

    def __init__(
        self,
        settings: ServerSettings,
        interceptors: Sequence[grpc.aio.ServerInterceptor],
        services: Sequence[tuple[ServiceDescriptor, Register]],
    ) -> None:
        self._settings = settings
        self._server = grpc.aio.server(
            interceptors=interceptors,
            maximum_concurrent_rpcs=settings.max_concurrent_calls,
            options=[
                ("grpc.max_receive_message_length", RECEIVED_LIMIT_BYTES),
                ("grpc.max_send_message_length", SENT_LIMIT_BYTES),
                ("grpc.so_reuseport", 0),
            ],
        )
        self._health = health.aio.HealthServicer()
        self._names = [descriptor.full_name for descriptor, _ in services]
        for _, register in services:
            register(self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if settings.reflection:
            reflection.enable_server_reflection(
                [*self._names, health.SERVICE_NAME, reflection.SERVICE_NAME], self._server
            )

    async def start(self) -> int:
        """Listens and serves; returns the port. Raises RuntimeError where the address cannot be had."""
        address = f"{self._settings.host}:{self._settings.port}"
        port = (
            self._server.add_secure_port(address, _credentials(self._settings.tls))
            if self._settings.tls
            else self._server.add_insecure_port(address)
        )
        await self._server.start()
        for name in ("", *self._names):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        return port

    async def stop(self) -> None:
        """Takes no new calls, lets those under way end within the grace, and returns."""
        await self._health.enter_graceful_shutdown()
        await self._server.stop(self._settings.grace_seconds)


def _credentials(tls: TlsSettings) -> grpc.ServerCredentials:
    authority = _read(tls.client_authority_file) if tls.client_authority_file else None
    return grpc.ssl_server_credentials(
        [(_read(tls.key_file), _read(tls.certificate_file))],
        root_certificates=authority,
        require_client_auth=authority is not None,
    )


def _read(path: Path) -> bytes:
    return path.read_bytes()
