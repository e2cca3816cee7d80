"""The health service (grpc.health.v1), whose watchers are told of every change, whoever of them leaves meanwhile.

That of grpcio-health-checking forgets all who watch a name as soon as one of them leaves (grpc/grpc#43403): a gateway that
ends would keep the others from being told that this server is about to stop.
"""

import asyncio

import grpc
import grpc.aio
from grpc_health.v1 import health_pb2, health_pb2_grpc

Request = health_pb2.HealthCheckRequest
Response = health_pb2.HealthCheckResponse
Context = grpc.aio.ServicerContext[Request, Response]


class WatchedHealth(health_pb2_grpc.HealthServicer):
    """Says of each name what was set, a `HealthCheckResponse.ServingStatus`. One who watches and does not read holds up nobody else."""

    def __init__(self) -> None:
        self._statuses: dict[str, int] = {}
        self._drains = False
        self._changed = asyncio.Event()
        self.watchers = 0

    def set(self, name: str, status: int) -> None:
        """Check and Watch say so from now on, unless the server drains."""
        if not self._drains:
            self._statuses[name] = status
            self._tell()

    def drain(self) -> None:
        """Every name is NOT_SERVING from now on, whatever is set later."""
        self._drains = True
        self._statuses = dict.fromkeys(self._statuses, Response.NOT_SERVING)
        self._tell()

    async def Check(self, request: Request, context: Context) -> Response:
        status = self._statuses.get(request.service)
        if status is None:
            await context.abort(grpc.StatusCode.NOT_FOUND)
        return Response(status=status)

    async def Watch(self, request: Request, context: Context) -> None:
        """Writes the status of the name, SERVICE_UNKNOWN where it has none, and then each other one, until the caller leaves."""
        self.watchers += 1
        told = None
        try:
            while True:
                changed = self._changed
                status = self._statuses.get(request.service, Response.SERVICE_UNKNOWN)
                if status != told:
                    await context.write(Response(status=status))
                    told = status
                await changed.wait()
        finally:
            self.watchers -= 1

    def _tell(self) -> None:
        """Each watcher looks again, once it has written what it writes."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
