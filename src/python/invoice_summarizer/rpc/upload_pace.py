"""How fast an upload has to come."""

import asyncio
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio

from invoice_summarizer.rpc.admission import Place
from invoice_summarizer.rpc.errors import LimitReached
from invoice_summarizer.rpc.received_message import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """An upload may keep us waiting for `patience_seconds`. What it brings gives it time back, up to that again."""

    patience_seconds: float
    bytes_per_second: int


def paced(read: Read, pace: Pace, place: Place) -> Read:
    """Returns a `read` that raises LimitReached where the messages come too slowly, or there is no room for them.

    Only the time counts in which we wait for the sender.
    """
    patience = pace.patience_seconds
    now = asyncio.get_running_loop().time

    async def read_in_time() -> Any:
        nonlocal patience
        began = now()
        try:
            async with asyncio.timeout(patience):
                data = await read()
        except TimeoutError as error:
            raise LimitReached(
                grpc.StatusCode.DEADLINE_EXCEEDED,
                "STREAM_TOO_SLOW",
                f"the upload has brought less than {pace.bytes_per_second} bytes a second",
                whose="stream",
                limit=pace.bytes_per_second,
            ) from error
        if data is grpc.aio.EOF:
            return data
        place.bring(len(data))
        earned = len(data) / pace.bytes_per_second
        patience = min(pace.patience_seconds, patience - (now() - began) + earned)
        return data

    return read_in_time
