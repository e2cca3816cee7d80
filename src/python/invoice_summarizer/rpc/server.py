"""A gRPC server: the services it is given, health, reflection where configured, and a graceful stop."""

import asyncio
from collections.abc import Callable, Sequence

import grpc
import grpc.aio
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from invoice_summarizer.listening_address import address_of, listening_family, port_taken
from invoice_summarizer.rpc.tls import ServerCertificates
from invoice_summarizer.rpc.watched_health import WatchedHealth
from invoice_summarizer.settings import ServerSettings

# What is larger is refused by gRPC, without a reason that a program could read; `received_message` has a limit that is
# lower, so that the mistakes that are likely, such as a whole document in one message, get a typed answer.
RECEIVED_LIMIT_BYTES = 66 * 1024 * 1024
# The same for the metadata of a call; `call_metadata` has the limit that is lower. Between two limits that differ, gRPC
# refuses by chance.
RECEIVED_METADATA_BYTES = 128 * 1024
# What clients take that have no options of their own. No answer is larger, so that this is a net and no limit.
SENT_LIMIT_BYTES = 4 * 1024 * 1024

# The gateway asks every 30 s whether we are still there, whatever is under way; gRPC's own limit would end its connection.
_PINGS_APART_MILLISECONDS = 10_000

# The name under which the health service says whether calls are taken: until the server is about to stop, whatever else
# is missing. The gateway watches it (gRPC A17), so that it calls another server before this one refuses.
TAKING_CALLS = "invoices.TakingCalls"

# A connection is asked to end after two minutes, once its calls have: who comes again finds servers that were added.
_CONNECTION_AGE_MILLISECONDS = 120_000

_GROUP = "INVOICES_SERVER"

Register = Callable[[grpc.aio.Server], None]
Service = tuple[ServiceDescriptor, Register]


class ApiServer:
    """Serves from `start` to `stop`. The health service says what `set_serving` says, and NOT_SERVING while it drains.

    `certificates` are those of TLS, None without it. Raises WrongSetting where their files cannot be used.
    """

    def __init__(
        self,
        settings: ServerSettings,
        interceptors: Sequence[grpc.aio.ServerInterceptor],
        services: Sequence[Service],
    ) -> None:
        self._settings = settings
        self.certificates = ServerCertificates(settings.tls) if settings.tls else None
        self._server = grpc.aio.server(
            interceptors=interceptors,
            options=[
                ("grpc.max_receive_message_length", RECEIVED_LIMIT_BYTES),
                ("grpc.max_send_message_length", SENT_LIMIT_BYTES),
                ("grpc.max_metadata_size", RECEIVED_METADATA_BYTES),
                ("grpc.absolute_max_metadata_size", RECEIVED_METADATA_BYTES),
                ("grpc.so_reuseport", 0),
                ("grpc.max_connection_age_ms", _CONNECTION_AGE_MILLISECONDS),
                ("grpc.keepalive_permit_without_calls", 1),
                ("grpc.http2.min_ping_interval_without_data_ms", _PINGS_APART_MILLISECONDS),
            ],
        )
        self._health = WatchedHealth()
        self._names = [descriptor.full_name for descriptor, _ in services]
        for _, register in services:
            register(self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if settings.reflection:
            reflection.enable_server_reflection(
                [*self._names, health.SERVICE_NAME, reflection.SERVICE_NAME], self._server
            )

    async def start(self, *, serving: bool = True) -> int:
        """Listens and answers; returns the port. Raises WrongSetting where the address cannot be had."""
        host, number = self._settings.host, self._settings.port
        # Before gRPC tries, which says why not in lines of its own on standard error only.
        listening_family(_GROUP, host, number)
        address = address_of(host, number)
        try:
            port = (
                self._server.add_secure_port(address, self.certificates.credentials)
                if self.certificates
                else self._server.add_insecure_port(address)
            )
        except RuntimeError:
            raise port_taken(_GROUP, host, number) from None  # somebody was quicker
        await self._server.start()
        self._health.set(TAKING_CALLS, health_pb2.HealthCheckResponse.SERVING)
        await self.set_serving(serving)
        return port

    async def set_serving(self, serving: bool) -> None:
        """The health service says so of every service, unless the server drains."""
        status = health_pb2.HealthCheckResponse
        for name in ("", *self._names):
            self._health.set(name, status.SERVING if serving else status.NOT_SERVING)

    async def until(self, stop: asyncio.Event) -> None:
        """Serves until `stop` is set, tells callers to go elsewhere, and stops some seconds later.

        Returns before where the server ends by itself.
        """
        stopping = asyncio.create_task(stop.wait())
        ending = asyncio.create_task(self._server.wait_for_termination())
        await asyncio.wait({stopping, ending}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            self._health.drain()
            await asyncio.sleep(self._settings.leave_seconds)
            await self.stop()
        for task in (stopping, ending):
            task.cancel()

    async def stop(self) -> None:
        """Takes no new calls, lets those under way end within the grace, and returns."""
        self._health.drain()
        await self._server.stop(self._settings.grace_seconds)
