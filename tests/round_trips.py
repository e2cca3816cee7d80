"""Counts round trips to PostgreSQL from outside: how often the server says that it is ready for the next query."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

_SOCKET = ".s.PGSQL.5432"
_READY = b"Z"


@dataclass(slots=True)
class RoundTrips:
    dsn: str  # of the same database, by way of the counter
    count: int = 0


@asynccontextmanager
async def counted_round_trips(dsn: str, folder: Path) -> AsyncIterator[RoundTrips]:
    """Yields a way to the database of the DSN, whose host is a folder of a socket, on which round trips are counted."""
    url = urlsplit(dsn)
    [behind] = parse_qs(url.query)["host"]
    trips = RoundTrips(urlunsplit(url._replace(query=f"host={folder}")))
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(f"{behind}/{_SOCKET}")
        writers.extend((writer, server_writer))
        await asyncio.gather(
            _forward(reader, server_writer), _forward_messages(server_reader, writer, trips)
        )

    server = await asyncio.start_unix_server(serve, folder / _SOCKET)
    try:
        yield trips
    finally:
        server.close()
        for writer in writers:
            writer.close()


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def _forward_messages(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, trips: RoundTrips
) -> None:
    """Forwards what the server says: messages of a byte for their kind and four for their length."""
    while head := await reader.read(5):
        if len(head) < 5:
            head += await reader.readexactly(5 - len(head))
        trips.count += head[:1] == _READY
        writer.write(head + await reader.readexactly(int.from_bytes(head[1:], "big") - 4))
        await writer.drain()
    writer.close()
