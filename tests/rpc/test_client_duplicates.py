"""The command line looks up which invoices others may be duplicates of; its answers stand without that."""

from collections.abc import AsyncIterator

import pytest

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import InvoiceClient, connected
from invoice_summarizer.cli.duplicates import suspected
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.output import OutputFormat
from invoices.v1 import invoice_pb2
from rpc_fixture import Api
from small_invoice import ubl_invoice


def _endpoint(query: str, api: Api) -> Endpoint:
    address = f"127.0.0.1:{api.port}"
    return Endpoint(
        ingest_address=address,
        summarize_address=address,
        query_address=query or address,
        token="owner",
        tenant="acme",
    )


@pytest.fixture
async def client(api: Api) -> AsyncIterator[InvoiceClient]:
    async with connected(_endpoint("", api)) as opened:
        yield opened


def _named(ids: list[str]) -> invoice_pb2.Invoice:
    reasons = [f"DUPLICATE_SUSPECTED:{id}" for id in ids]
    return invoice_pb2.Invoice(name="tenants/acme/invoices/mine", review_reasons=reasons)


async def test_other_invoices_are_found_by_their_ids(api: Api, client: InvoiceClient) -> None:
    first = await api.read(ubl_invoice("R-1"))
    second = await api.read(ubl_invoice("R-1") + b"\n")
    [(id, other)] = (await suspected(client, [second], OutputFormat.TABLE)).items()
    assert (id, other.name) == (short_id(first.name), first.name)
    assert other.content.invoice_number == "R-1"
    assert await suspected(client, [first, second], OutputFormat.TABLE) == {
        short_id(first.name): first
    }
    assert await suspected(client, [first], OutputFormat.TABLE) == {}
    assert await suspected(client, [second], OutputFormat.JSON) == {}


async def test_more_than_one_filter_has_room_for_are_found(api: Api, client: InvoiceClient) -> None:
    ids = [short_id((await api.read(ubl_invoice(f"R-{n}"))).name) for n in range(40)]
    found = await suspected(client, [_named([*ids, "gone"])], OutputFormat.TABLE)
    assert found.keys() == set(ids)


async def test_invoices_that_cannot_be_asked_for_are_left_out(api: Api) -> None:
    async with connected(_endpoint("127.0.0.1:1", api)) as client:
        assert await suspected(client, [_named(["other"])], OutputFormat.TABLE) == {}
