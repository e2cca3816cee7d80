"""A TCP proxy that stops passing anything on when it is told to, and keeps its connections open."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_PIECE_BYTES = 1 << 16


class StallingProxy:
    """Passes bytes on to a port on loopback, both ways, until `hold`; `port` is its own."""

    def __init__(self, target_port: int) -> None:
        self.port = 0
        self._target_port = target_port
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: list[asyncio.StreamWriter] = []

    def hold(self) -> None:
        """From here on nothing is passed on, and nothing more is read than is waiting already."""
        self._flows.clear()

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_server = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._writers += [writer, to_server[1]]
        await asyncio.gather(
            self._pass_on(reader, to_server[1]), self._pass_on(to_server[0], writer)
        )

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # one of the two has gone away
            while data := await reader.read(_PIECE_BYTES):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()

    def close(self) -> None:
        """All connections are cut."""
        for writer in self._writers:
            writer.transport.abort()
        self._flows.set()


@asynccontextmanager
async def stalling_proxy(target_port: int) -> AsyncIterator[StallingProxy]:
    proxy = StallingProxy(target_port)
    server = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    async with server:
        try:
            yield proxy
        finally:
            proxy.close()
