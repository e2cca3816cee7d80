"""The four kinds of methods within the interceptor, on a real server: requests and answers, one or many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest

from invoice_summarizer.adapters.memory.token_verifier import MemoryTokenVerifier
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid
from invoice_summarizer.rpc import authorization
from invoice_summarizer.rpc.admission import Admission, Limits
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.interceptor import CallInterceptor
from invoice_summarizer.rpc.upload_pace import Pace
from invoice_summarizer.telemetry import Metrics
from refusal import read_refusal, refusal_of, refusal_of_upload
from rpc_fixture import OWNER

SERVICE = "tests.Words"
METADATA = (*OWNER, ("x-request-id", "order-7"))
OWNER_PRINCIPAL = Principal(subject="olga", tenant="acme", roles=frozenset(Role))

LIMITS = Limits(calls=20, uploads=20, upload_bytes=10)


class Words:
    """Answers with the caller's tenant and the words that came."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()

    async def one_one(self, request: bytes, context: Any) -> bytes:
        return caller().tenant.encode() + b" " + request

    async def many_one(self, requests: AsyncIterator[bytes], context: Any) -> bytes:
        return b" ".join([request async for request in requests])

    async def one_many(self, request: bytes, context: Any) -> AsyncIterator[bytes]:
        try:
            for word in request.split():
                if word == b"refused":
                    raise InvalidInput("no such word", field="word", reason="WORD_REFUSED")
                if word == b"defect":
                    raise ValueError("of a document")
                for _ in range(500 if word == b"much" else 0):
                    yield bytes(100_000)
                if word == b"wait":
                    await asyncio.Event().wait()
                yield caller().tenant.encode() + b" " + word
        finally:
            self.ended.set()

    async def many_many(self, requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
        async for request in requests:
            yield request.upper()


@dataclass(frozen=True, slots=True)
class Served:
    channel: Any
    metrics: Metrics
    words: Words
    interceptor: CallInterceptor

    def counted(self, name: str) -> dict[str, float]:
        return {
            sample.labels["grpc_code"]: sample.value
            for family in self.metrics.calls.collect()
            for sample in family.samples
            if sample.name.endswith("_total") and sample.labels["grpc_method"] == name
        }

    async def all_counted(self, name: str) -> dict[str, float]:
        """Returns the same when no call is under way: one may be answered before it is counted."""
        async with asyncio.timeout(20):
            while self.metrics.calls_in_flight._value.get():
                await asyncio.sleep(0.001)
        return self.counted(name)


@asynccontextmanager
async def _served(deadline_seconds: float = 60.0, limits: Limits = LIMITS) -> AsyncIterator[Served]:
    words, metrics = Words(), Metrics()
    handlers: dict[str, Any] = {
        "OneOne": grpc.unary_unary_rpc_method_handler(words.one_one),
        "ManyOne": grpc.stream_unary_rpc_method_handler(words.many_one),
        "OneMany": grpc.unary_stream_rpc_method_handler(words.one_many),
        "ManyMany": grpc.stream_stream_rpc_method_handler(words.many_many),
    }
    bare = {
        name: handler._replace(request_deserializer=bytes) for name, handler in handlers.items()
    }
    interceptor = CallInterceptor(
        MemoryTokenVerifier({"owner": OWNER_PRINCIPAL}),
        metrics,
        new_uuid,
        Admission(limits, tenant_percent=50),
        upload_pace=Pace(patience_seconds=20, bytes_per_second=1),
        default_deadline_seconds=deadline_seconds,
        longest_deadline_seconds=60,
    )
    server = grpc.aio.server(interceptors=[interceptor])
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, bare),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        # A client that does not probe has 64 KiB on their way to it, and the rest waits at the server.
        options = [("grpc.http2.bdp_probe", 0)]
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
            yield Served(channel, metrics, words, interceptor)
    finally:
        await server.stop(0)


@pytest.fixture(autouse=True)
def _open_to_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OneOne", "ManyOne", "OneMany", "ManyMany"):
        monkeypatch.setitem(authorization.ROLES, f"/{SERVICE}/{name}", frozenset(Role))


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with _served() as running:
        yield running


def one_many(served: Served, words: bytes, **options: Any) -> Any:
    return served.channel.unary_stream(f"/{SERVICE}/OneMany")(words, metadata=METADATA, **options)


async def test_all_four_kinds_are_answered(served: Served) -> None:
    channel = served.channel
    one = await channel.unary_unary(f"/{SERVICE}/OneOne")(b"a", metadata=METADATA)
    joined = await channel.stream_unary(f"/{SERVICE}/ManyOne")(
        iter([b"a", b"b"]), metadata=METADATA
    )
    many = [word async for word in one_many(served, b"a b")]
    upper = channel.stream_stream(f"/{SERVICE}/ManyMany")(iter([b"a", b"b"]), metadata=METADATA)
    assert (one, joined, many) == (b"acme a", b"a b", [b"acme a", b"acme b"])
    assert [word async for word in upper] == [b"A", b"B"]
    for name in ("OneOne", "ManyOne", "OneMany", "ManyMany"):
        assert await served.all_counted(name) == {"OK": 1}


async def test_stream_of_more_bytes_than_there_is_room_for_is_refused(served: Served) -> None:
    join = served.channel.stream_unary(f"/{SERVICE}/ManyOne")
    assert await join(iter([b"abcd", b"efghij"]), metadata=METADATA) == b"abcd efghij"
    for _ in range(2):
        refusal = await refusal_of_upload(
            lambda: join(iter([b"abcd", b"efghij", b"k"]), metadata=METADATA)
        )
        assert (refusal.code.name, refusal.reason) == (
            "RESOURCE_EXHAUSTED",
            "TOO_MANY_UPLOAD_BYTES",
        )
        assert (refusal.metadata, refusal.retry_seconds) == ({"limit": "10", "whose": "server"}, 1)
    assert await join(iter([b"abcd", b"efghij"]), metadata=METADATA) == b"abcd efghij"


async def test_answer_that_nobody_takes_keeps_its_place() -> None:
    limits = Limits(calls=2, uploads=2, upload_bytes=10)
    async with _served(limits=limits) as served:
        # As a stream, so that its client takes the answer when it is asked to.
        untaken = served.channel.unary_stream(f"/{SERVICE}/OneOne")(
            bytes(3_000_000), metadata=METADATA
        )
        async with asyncio.timeout(20):
            while served.counted("OneOne") != {"OK": 1}:
                await asyncio.sleep(0.001)
        one_one = served.channel.unary_unary(f"/{SERVICE}/OneOne")
        assert (await refusal_of(one_one(b"a", metadata=METADATA))).reason == "TOO_MANY_CALLS"
        assert len(await untaken.read()) > 3_000_000
        assert await untaken.code() is grpc.StatusCode.OK
        assert await one_one(b"a", metadata=METADATA) == b"acme a"


async def test_stream_begins_with_the_request_id(served: Served) -> None:
    stream = one_many(served, b"a wait")
    assert await stream.read() == b"acme a"
    first = await stream.initial_metadata()
    stream.cancel()
    assert dict(first)["x-request-id"] == "order-7"


async def test_request_id_that_the_caller_does_not_have_is_in_the_initial_metadata(
    served: Served,
) -> None:
    method = served.channel.unary_unary(f"/{SERVICE}/OneOne")
    ours, named = method(b"a", metadata=OWNER), method(b"a", metadata=METADATA)
    await ours
    await named
    new = dict(await ours.initial_metadata())["x-request-id"]
    assert dict(await ours.trailing_metadata())["x-request-id"] == new
    assert "x-request-id" not in dict(await named.initial_metadata())
    assert dict(await named.trailing_metadata())["x-request-id"] == "order-7"


@pytest.mark.parametrize(
    ("last", "code", "reason"),
    [(b"refused", "INVALID_ARGUMENT", "WORD_REFUSED"), (b"defect", "INTERNAL", "INTERNAL")],
)
async def test_error_in_the_middle_of_a_stream_has_its_status_and_details(
    served: Served, last: bytes, code: str, reason: str
) -> None:
    got: list[bytes] = []
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for word in one_many(served, b"a b " + last + b" c"):
            got.append(word)
    refusal = read_refusal(caught.value)
    assert got == [b"acme a", b"acme b"]
    assert (refusal.code.name, refusal.reason, refusal.request_id) == (code, reason, "order-7")
    assert "of a document" not in repr(refusal)
    assert await served.all_counted("OneMany") == {code: 1}


async def test_stream_without_credentials_is_refused(served: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in served.channel.unary_stream(f"/{SERVICE}/OneMany")(b"a"):
            pass
    assert read_refusal(caught.value).reason == "CREDENTIALS_MISSING"


async def test_stream_that_its_caller_cancels_ends_and_is_counted_as_cancelled(
    served: Served,
) -> None:
    stream = one_many(served, b"a wait")
    assert await stream.read() == b"acme a"
    stream.cancel()
    await _ended(served)
    assert await served.all_counted("OneMany") == {"CANCELLED": 1}


async def test_stream_that_nobody_takes_ends_when_its_caller_cancels(served: Served) -> None:
    """The server is in the middle of sending then, not of making the next message."""
    stream = one_many(served, b"much")
    assert await stream.read()
    stream.cancel()
    await _ended(served)
    assert await served.all_counted("OneMany") == {"CANCELLED": 1}


async def test_deadline_ends_a_stream() -> None:
    async with _served(deadline_seconds=0.1) as served:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            async for _ in one_many(served, b"a wait"):
                pass
        assert read_refusal(caught.value).reason == "DEADLINE_EXCEEDED"
        assert await served.all_counted("OneMany") == {"DEADLINE_EXCEEDED": 1}


async def test_method_is_wrapped_once_whoever_calls_it_how_often(served: Served) -> None:
    for _ in range(3):
        await served.channel.unary_unary(f"/{SERVICE}/OneOne")(b"a", metadata=METADATA)
        with pytest.raises(grpc.aio.AioRpcError):
            await served.channel.unary_unary(f"/{SERVICE}/NoSuchMethod")(b"a", metadata=METADATA)
    assert [*served.interceptor._wrapped] == [f"/{SERVICE}/OneOne"]


async def _ended(served: Served) -> None:
    async with asyncio.timeout(20):
        await served.words.ended.wait()
