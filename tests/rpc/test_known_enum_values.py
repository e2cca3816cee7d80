"""Every enumeration of every request is held against the numbers that it has names for."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.rpc.known_enum_values import require_known_enum_values
from invoices.v1 import (
    assurance_pb2,
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, TENANT, Api

MODULES = (
    ingest_service_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
    validate_service_pb2,
)
_METHODS: dict[str, Any] = {
    f"/{service.full_name}/{method.name}": method
    for module in MODULES
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}


def places(kind: Descriptor) -> Iterator[str]:
    """Yields the paths of the enumerations in a message of the type."""
    for field in kind.fields:
        if field.enum_type is not None:
            yield field.name
        elif field.message_type is not None:
            yield from (f"{field.name}.{place}" for place in places(field.message_type))


def put(message: Any, place: str, number: int) -> str:
    """Sets the enumeration at the path to the number; returns its place as errors name it."""
    name, _, rest = place.partition(".")
    repeated = message.DESCRIPTOR.fields_by_name[name].is_repeated
    named = f"{name}[0]" if repeated else name
    if rest:
        inside = getattr(message, name)
        return f"{named}.{put(inside.add() if repeated else inside, rest, number)}"
    if repeated:
        getattr(message, name).append(number)
    else:
        setattr(message, name, number)
    return named


ENUMS = [(method, place) for method, each in _METHODS.items() for place in places(each.input_type)]


def test_there_are_enumerations_in_requests() -> None:
    assert ("/invoices.v1.SummarizeService/SummarizeInvoice", "style") in ENUMS
    assert ("/invoices.v1.QueryService/GetInvoice", "view") in ENUMS
    assert ("/invoices.v1.SummarizeService/CreateBatch", "batch.style") in ENUMS


@pytest.mark.parametrize(("method", "place"), ENUMS)
async def test_number_without_a_name_is_refused_by_every_method(
    api: Api, method: str, place: str
) -> None:
    request: Any = GetMessageClass(_METHODS[method].input_type)()
    named = put(request, place, 99)
    channel: Any = api.channel
    call = channel.unary_unary(method, request_serializer=type(request).SerializeToString)
    refusal = await refusal_of(call(request, metadata=OWNER))
    assert (refusal.code, refusal.reason) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "UNKNOWN_ENUM_VALUE",
    )
    assert refusal.fields == (named,)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        (invoice_pb2.Invoice(status=99), "status"),  # type: ignore[arg-type]
        (
            invoice_pb2.Invoice(findings=[{}, {"outcome": 99}]),  # type: ignore[list-item]
            "findings[1].outcome",
        ),
        (
            assurance_pb2.Evidence(page_region={"layer": -1}),  # type: ignore[arg-type]
            "page_region.layer",
        ),
    ],
)
def test_enumeration_within_messages_is_named_by_its_place(message: Message, place: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        require_known_enum_values(message)
    assert caught.value.field == place


def test_named_numbers_pass() -> None:
    require_known_enum_values(
        invoice_pb2.Invoice(
            status=invoice_pb2.Invoice.READY,
            findings=[assurance_pb2.Finding(outcome=assurance_pb2.Finding.PASSED)],
        )
    )
    require_known_enum_values(query_service_pb2.GetInvoiceRequest(name=TENANT))
