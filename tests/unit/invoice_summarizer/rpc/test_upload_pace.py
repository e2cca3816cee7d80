"""How long an upload may keep us waiting, by the clock of the event loop, which the tests set."""

import asyncio
from collections.abc import Iterator
from typing import Any

import grpc
import grpc.aio
import pytest

from invoice_summarizer.rpc.admission import LEAST_UPLOAD_BYTES, Admission, Limits
from invoice_summarizer.rpc.errors import LimitReached
from invoice_summarizer.rpc.upload_pace import Pace, paced

PACE = Pace(patience_seconds=10, bytes_per_second=100)
LIMITS = Limits(calls=2, uploads=2, upload_bytes=2 * LEAST_UPLOAD_BYTES)


class Sender:
    """Brings messages, each after so many seconds."""

    def __init__(self, messages: Iterator[tuple[float, Any]]) -> None:
        self._messages = messages
        self._seconds = 0.0
        asyncio.get_running_loop().time = lambda: self._seconds  # type: ignore[method-assign]

    async def read(self) -> Any:
        seconds, message = next(self._messages)
        self.pass_by(seconds)
        for _ in range(3):
            await asyncio.sleep(0)  # here a timer that is due ends it
        return message

    def pass_by(self, seconds: float) -> None:
        self._seconds += seconds


def _read(*messages: tuple[float, Any]) -> tuple[Any, Sender]:
    sender = Sender(iter(messages))
    place = Admission(LIMITS, tenant_percent=50).admit("acme", is_upload=True)
    return paced(sender.read, PACE, place), sender


async def test_upload_that_brings_enough_may_take_any_time() -> None:
    read, _ = _read(*[(5, bytes(500))] * 50, (9, grpc.aio.EOF))
    for _ in range(50):
        assert len(await read()) == 500
    assert await read() is grpc.aio.EOF


async def test_upload_that_brings_nothing_is_ended() -> None:
    read, _ = _read((1, bytes(10)), (11, b"never"))
    await read()
    with pytest.raises(LimitReached) as caught:
        await read()
    assert (caught.value.code, caught.value.reason, caught.value.metadata) == (
        grpc.StatusCode.DEADLINE_EXCEEDED,
        "STREAM_TOO_SLOW",
        {"limit": "100", "whose": "stream"},
    )


async def test_upload_that_brings_a_byte_a_second_is_ended() -> None:
    read, _ = _read(*[(1, b"x")] * 50)
    with pytest.raises(LimitReached):
        for _ in range(50):
            await read()


async def test_what_came_fast_buys_no_longer_rest() -> None:
    read, _ = _read((0, bytes(1_000_000)), (11, b"never"))
    await read()
    with pytest.raises(LimitReached):
        await read()


async def test_time_that_we_take_is_not_the_sender_s() -> None:
    read, sender = _read(*[(1, b"x")] * 5)
    for _ in range(5):
        assert await read() == b"x"
        sender.pass_by(60)
