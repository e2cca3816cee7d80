"""Calls that are none of the API's form: each is answered with a reason, as far as gRPC lets us answer."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from invoice_summarizer.rpc.call_metadata import METADATA_LIMIT_BYTES
from invoice_summarizer.rpc.server import RECEIVED_LIMIT_BYTES, RECEIVED_METADATA_BYTES
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, STRANGER, Api, Metadata, bearer

Code = grpc.StatusCode
GET = "/invoices.v1.QueryService/GetInvoice"
CHECK = "/grpc.health.v1.Health/Check"


async def sent(api: Api, method: str, *messages: bytes, metadata: Metadata = OWNER) -> Refusal:
    """Returns how a call with so many messages is refused."""
    multi: Any = api.channel.stream_unary(method)
    return await refusal_of(multi(_each(messages), metadata=metadata))


def _each(messages: tuple[bytes, ...]) -> Iterator[bytes]:
    yield from messages


@pytest.mark.parametrize("method", [GET, CHECK])
async def test_what_is_no_message_has_its_reason(api: Api, method: str) -> None:
    refusal = await sent(api, method, b"\xff\xff")
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "REQUEST_MALFORMED")
    assert refusal.domain == "invoicesummarizer.com"


@pytest.mark.parametrize("method", [GET, CHECK])
async def test_call_without_a_message_has_its_reason(api: Api, method: str) -> None:
    refusal = await sent(api, method)
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "REQUEST_MISSING")


@pytest.mark.parametrize(
    "metadata", [(*OWNER, *STRANGER), (*OWNER, *OWNER), (*bearer("x"), *OWNER)]
)
async def test_two_authorizations_prove_nobody(api: Api, metadata: Metadata) -> None:
    refusal = await sent(api, GET, b"", metadata=metadata)
    assert (refusal.code, refusal.reason) == (Code.UNAUTHENTICATED, "CREDENTIALS_AMBIGUOUS")


async def test_metadata_that_are_too_large_have_their_reason(api: Api) -> None:
    for size in (METADATA_LIMIT_BYTES, 100_000):
        refusal = await sent(api, GET, b"", metadata=(*OWNER, ("x-large", "a" * size)))
        assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "METADATA_TOO_LARGE")
    refusal = await sent(api, GET, b"", metadata=(*OWNER, ("x-large", "a" * 10_000)))
    assert refusal.reason == "INVALID_NAME"


async def test_grpc_itself_refuses_what_is_larger_still(api: Api) -> None:
    """The specification says so: these have no ErrorInfo."""
    large = (*OWNER, ("x-large", "a" * RECEIVED_METADATA_BYTES))
    multi: Any = api.channel.unary_unary("/invoices.v1.IngestService/IngestInvoice")
    for refusal in (
        await sent(api, GET, b"", metadata=large),
        await refusal_of(multi(bytes(RECEIVED_LIMIT_BYTES + 1), metadata=OWNER)),
    ):
        assert (refusal.code, refusal.reason) == (Code.RESOURCE_EXHAUSTED, "")
