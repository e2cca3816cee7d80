"""REST by the gateway, against the same calls by gRPC, and the gateway's memory while a large document goes through."""

import asyncio
import os
import tempfile
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path

import grpc.aio
from gateway_load.program import Answers, asked
from get_invoice import ingested
from invoice_gateway.local_gateway import LocalGateway

from invoice_summarizer.local_stack import TENANT
from measurement import ratios, report, row
from process_facts import descendants_of
from served_system import ServedSystem, served_system
from small_invoice import ubl_invoice

ROUNDS = 7
CALLS = 2_000
CONNECTIONS = 8
PART_OF_CAPACITY = 0.6
SECONDS_AT_RATE = 10
DOCUMENT_BYTES = 60 * 1024 * 1024
_CHUNK = b" " * 65_536


def _resident_bytes(pid: int, line: str) -> int:
    for told in Path(f"/proc/{pid}/status").read_text().splitlines():
        if told.startswith(line):
            return int(told.split()[1]) * 1024
    raise AssertionError(line)


def _gateway_pid() -> int:
    [pid] = [
        pid
        for pid in descendants_of(os.getpid())
        if Path(f"/proc/{pid}/comm").read_text().strip() == "gateway"
    ]
    return pid


async def _growth_while_uploading(port: int, token: str) -> float:
    """Returns by how many MiB the gateway's memory grows at most."""
    pid = _gateway_pid()
    before = _resident_bytes(pid, "VmRSS:")
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # what it has had until now is forgotten

    def upload() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/xml"}
        spaces = (_CHUNK for _ in range(DOCUMENT_BYTES // len(_CHUNK)))
        chunks = chain([ubl_invoice("Large")], spaces)
        path = f"/v1/tenants/{TENANT}/invoices:ingest"
        connection.request("POST", path, chunks, headers, encode_chunked=True)
        answer = connection.getresponse()
        assert answer.status == HTTPStatus.OK, answer.read()
        connection.close()

    await asyncio.to_thread(upload)
    return (_resident_bytes(pid, "VmHWM:") - before) / 1024 / 1024


async def _compare(served: ServedSystem, folder: Path) -> None:
    gateway = LocalGateway(folder / "gateway.log")
    services = f"127.0.0.1:{served.port}"
    port = await gateway.start(port=0, services=services)
    rest = f"http://127.0.0.1:{port}"
    try:
        async with grpc.aio.insecure_channel(services) as channel:
            name = await ingested(channel, served.credentials)

        async def answers(where: str, connections: int) -> Answers:
            return await asked(where, name, served.token, calls=CALLS, connections=connections)

        found: dict[tuple[str, int], list[Answers]] = {
            (where, number): [] for where in (rest, services) for number in (1, CONNECTIONS)
        }
        for turn in range(ROUNDS + 1):
            for (where, number), seen in [*found.items()][:: 1 if turn % 2 else -1]:
                answer = await answers(where, number)
                if turn:  # the first one warms up
                    seen.append(answer)
        by_rest, direct = found[rest, 1], found[services, 1]
        capacity = max(each.calls_per_second for each in found[rest, CONNECTIONS])
        rate = PART_OF_CAPACITY * capacity
        at_rate = [
            await asked(
                rest,
                name,
                served.token,
                calls=int(rate * SECONDS_AT_RATE),
                connections=4 * CONNECTIONS,
                rate=rate,
            )
            for _ in range(ROUNDS)
        ]
        growths = [await _growth_while_uploading(port, served.token) for _ in range(ROUNDS)]
    finally:
        await gateway.stop()

    def throughput(answers: list[Answers]) -> list[float]:
        return [each.calls_per_second for each in answers]

    def milliseconds(answers: list[Answers]) -> list[float]:
        return [each.median_seconds * 1000 for each in answers]

    many, many_direct = found[rest, CONNECTIONS], found[services, CONNECTIONS]
    added = [a - b for a, b in zip(milliseconds(by_rest), milliseconds(direct), strict=True)]
    report(
        "rest_gateway",
        [
            row("GetInvoice by gRPC, one connection", "calls/s", throughput(direct)),
            row("the same by REST", "calls/s", throughput(by_rest)),
            row(
                "REST to gRPC, one connection",
                "ratio",
                ratios(throughput(by_rest), throughput(direct)),
                "at least 0.6",
            ),
            row(
                f"REST to gRPC, {CONNECTIONS} connections",
                "ratio",
                ratios(throughput(many), throughput(many_direct)),
            ),
            row("what REST adds to the median", "ms", added, "at most 0.5"),
            row(
                f"99th percentile to median by REST, at {PART_OF_CAPACITY:.0%} of {capacity:.0f}/s",
                "ratio",
                [each.p99_seconds / each.median_seconds for each in at_rate],
                "at most 4",
            ),
            row("growth of the gateway while 60 MiB go through", "MiB", growths, "at most 32"),
        ],
    )


def main() -> None:
    with served_system() as served, tempfile.TemporaryDirectory(prefix="gateway-") as folder:
        asyncio.run(_compare(served, Path(folder)))


if __name__ == "__main__":
    main()
