"""The program in Go that asks: a client in Python would take longer than what it measures."""

import asyncio
import json
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).parent
# A PEX has what was built elsewhere under its path in the checkout.
_PLACES = (_PACKAGE / "load", _PACKAGE.parent / "benchmarks/gateway_load/load")


@dataclass(frozen=True, slots=True)
class Answers:
    calls_per_second: float
    median_seconds: float
    p99_seconds: float


async def asked(
    where: str, name: str, token: str, *, calls: int, connections: int = 1, rate: float = 0.0
) -> Answers:
    """Returns how the invoice was given: by REST where `where` is a URL, by gRPC where it is an address.

    Without a rate each connection asks as soon as it has its answer; with one, so many times a second in all, and an
    answer's time counts from when it should have been asked. Raises RuntimeError where a call fails.
    """
    program = next(place for place in _PLACES if place.is_file())
    kind = "-rest" if where.startswith("http") else "-grpc"
    process = await asyncio.create_subprocess_exec(
        *(program, kind, where, "-name", name, "-calls", str(calls)),
        *("-connections", str(connections), "-rate", str(rate)),
        stdout=PIPE,
        env={"TOKEN": token},
    )
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"a call of {kind} has failed")
    return Answers(**json.loads(told))
