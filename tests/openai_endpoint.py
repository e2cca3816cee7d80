"""An endpoint on loopback that speaks the OpenAI protocol as vLLM does, and fails as one can."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

MODEL = "small"


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer of 200: pieces of text, then the reason why it ends, or none where the connection breaks off."""

    pieces: Sequence[str] = ()
    finish_reason: str | None = "stop"
    hangs: bool = False  # after the pieces nothing comes


@dataclass(frozen=True, slots=True)
class Status:
    """An answer of another status code."""

    code: int


Reply = Stream | Status


@dataclass(slots=True)
class OpenAiEndpoint:
    base_url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)


@asynccontextmanager
async def openai_endpoint(reply: Callable[[int], Reply]) -> AsyncIterator[OpenAiEndpoint]:
    """Serves until the block ends; `reply` gives the answer to the request with the number, from 0."""
    endpoint = OpenAiEndpoint("")
    stop = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            if head.startswith("GET /v1/models "):
                await _send_models(writer)
                return
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:-2])
            body = await reader.readexactly(int(headers["content-length"]))
            endpoint.authorizations.append(headers.get("authorization", ""))
            endpoint.requests.append(json.loads(body))
            await _send(writer, reply(len(endpoint.requests) - 1), stop)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as some tests do
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    endpoint.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with server:
        yield endpoint
        stop.set()


async def _send_models(writer: asyncio.StreamWriter) -> None:
    body = json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


async def _send(writer: asyncio.StreamWriter, reply: Reply, stop: asyncio.Event) -> None:
    if isinstance(reply, Status):
        writer.write(f"HTTP/1.1 {reply.code} -\r\ncontent-length: 2\r\n\r\n{{}}".encode())
        await writer.drain()
        return
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
    for piece in reply.pieces:
        await _event(writer, {"choices": [_choice({"content": piece}, None)]})
    if reply.hangs:
        await stop.wait()
    if reply.finish_reason is None:
        writer.transport.abort()
        return
    await _event(writer, {"choices": [_choice({}, reply.finish_reason)]})
    usage = {"prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107}
    await _event(writer, {"choices": [], "usage": usage})
    writer.write(b"data: [DONE]\n\n")
    await writer.drain()


def _choice(delta: dict[str, str], finish_reason: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish_reason}


async def _event(writer: asyncio.StreamWriter, event: dict[str, Any]) -> None:
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", **event}
    writer.write(f"data: {json.dumps(chunk)}\n\n".encode())
    await writer.drain()
