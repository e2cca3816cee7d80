"""Answers that no Ray in order gives: each is said in one line, without the token and without what was answered."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from invoice_summarizer.adapters.ray_jobs.batch_jobs import RayBatchJobs
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobsUnavailable

JOB = BatchJob("acme", "b1")
TOKEN = "the-token"
NOT_RAY = "answers, but not as Ray's Jobs API does"
Call = Callable[[BatchJobs], Awaitable[object]]


def state(jobs: BatchJobs) -> Awaitable[object]:
    return jobs.state(JOB)


def logs(jobs: BatchJobs) -> Awaitable[object]:
    return anext(aiter(jobs.logs(JOB)))


def stop(jobs: BatchJobs) -> Awaitable[object]:
    return jobs.stop(JOB)


@asynccontextmanager
async def endpoint(answer: bytes | None) -> AsyncIterator[str]:
    """Yields where everything is answered so; with None, nothing is answered."""
    over = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await over.wait()
        else:
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        over.set()


def http(body: bytes, status: int = 200) -> bytes:
    head = f"HTTP/1.1 {status} -\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    ("call", "answer", "problem"),
    [
        (state, http(b"Traceback: secret", 500), "answers with HTTP 500"),
        (stop, http(b"Traceback: secret", 500), "answers with HTTP 500"),
        (logs, http(b"Traceback: secret", 500), "answers with HTTP 500"),
        (state, http(b"<html>"), NOT_RAY),
        (state, http(b"\xff"), NOT_RAY),
        (state, http(b"[]"), NOT_RAY),
        (state, http(b'{"status": "ASLEEP"}'), NOT_RAY),
        (state, http(b'{"status": ["RUNNING"]}'), NOT_RAY),
        (logs, http(b'{"logs": 1}'), NOT_RAY),
        (state, b"", "does not answer (RemoteProtocolError)"),
        (state, None, "does not answer (ReadTimeout)"),
    ],
)
async def test_answer_that_is_wrong_is_said_in_one_line(
    call: Call, answer: bytes | None, problem: str
) -> None:
    async with endpoint(answer) as where:
        jobs = RayBatchJobs(f"http://{where}", TOKEN, answer_seconds=0.2)
        with pytest.raises(JobsUnavailable) as failure:
            await call(jobs)
        await jobs.aclose()
    assert str(failure.value) == f"the Ray cluster at {where} {problem}"
    assert failure.value.__cause__ is None


@pytest.mark.parametrize("call", [state, logs, stop])
async def test_cluster_that_is_not_there_is_said_in_one_line(call: Call) -> None:
    jobs = RayBatchJobs("http://127.0.0.1:9", TOKEN)
    with pytest.raises(JobsUnavailable) as failure:
        await call(jobs)
    await jobs.aclose()
    assert str(failure.value) == "the Ray cluster at 127.0.0.1:9 does not answer (ConnectError)"
