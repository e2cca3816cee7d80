"""ExportInvoices: stored invoices as a stream of e-invoices or of JSON."""

import json
from dataclasses import dataclass, field

import grpc
import pytest

from en16931.field_path import leaves
from en16931.reader import read_xml
from en16931.xml_reading import Syntax
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.rpc.invoice_export import CHUNK_BYTES, InvoiceExport
from invoice_summarizer.rpc.mapping.export import LISTED_LIMIT
from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    query_service_pb2,
    review_service_pb2,
)
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, STRANGER, TENANT, Api, Metadata, bearer
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Format = query_service_pb2.ExportInvoicesRequest.Format
Exported = query_service_pb2.ExportedInvoice


@dataclass(slots=True)
class _Export:
    """What came: each invoice with its bytes, and the last message."""

    invoices: list[tuple[Exported, bytearray]] = field(default_factory=list)
    page: query_service_pb2.ExportedPage | None = None


async def exported(
    api: Api, *, format: str = "UBL", metadata: Metadata = OWNER, **request: str | int
) -> _Export:
    found = _Export()
    message = query_service_pb2.ExportInvoicesRequest(
        **{"parent": TENANT, **request},  # type: ignore[arg-type]
        format=Format.Value(format),
    )
    async for part in api.query.ExportInvoices(message, metadata=metadata):
        assert found.page is None, "nothing follows the page"
        match part.WhichOneof("part"):
            case "invoice":
                found.invoices.append((part.invoice, bytearray()))
            case "chunk":
                assert 0 < len(part.chunk) <= CHUNK_BYTES
                found.invoices[-1][1].extend(part.chunk)
            case _:
                found.page = part.page
    return found


async def refused(api: Api, **request: str | int) -> Refusal:
    return await refusal_of(exported(api, **request))  # type: ignore[arg-type]


@pytest.mark.parametrize(("format", "syntax"), [("UBL", Syntax.UBL_INVOICE), ("CII", Syntax.CII)])
async def test_an_invoice_comes_as_an_e_invoice_that_says_the_same(
    api: Api, format: str, syntax: Syntax
) -> None:
    document = ubl_invoice("R-1")
    invoice = await api.read(document)
    found = await exported(api, format=format, metadata=bearer("viewer"))
    [(header, data)] = found.invoices
    identifier = invoice.name.rpartition("/")[2]
    assert (header.name, header.file_name) == (invoice.name, f"R-1-{identifier}.xml")
    assert (header.content_type, header.size_bytes) == ("application/xml", len(data))
    assert not header.failure_reason
    read = read_xml(bytes(data))
    assert read.syntax is syntax
    wanted = dict(leaves(read_xml(document).content))
    assert dict(leaves(read.content)) == wanted
    assert (header.left_out_size, len(header.left_out)) == (0, 0)
    assert found.page == query_service_pb2.ExportedPage(total_size=1)


async def test_corrections_are_in_the_export(api: Api) -> None:
    invoice = await api.read(ubl_invoice("R-1", seller="Nordwind"))
    await api.review.CorrectInvoice(
        review_service_pb2.CorrectInvoiceRequest(
            name=invoice.name,
            etag=invoice.etag,
            corrections=[correction_pb2.Correction(field_path="seller.name", value="Südwind")],
        ),
        metadata=OWNER,
    )
    [(_, data)] = (await exported(api, format="CII")).invoices
    content = read_xml(bytes(data)).content
    assert content.seller is not None
    assert content.seller.name == "Südwind"


async def test_json_has_every_line_by_the_names_of_the_api(api: Api) -> None:
    await api.read(ubl_invoice("R-1", lines=300))
    [(header, data)] = (await exported(api, format="JSON")).invoices
    content = json.loads(bytes(data))
    assert (header.content_type, header.file_name[-5:]) == ("application/json", ".json")
    assert content["invoice_number"] == "R-1"
    assert len(content["lines"]) == 300
    assert content["totals"]["amount_with_vat"] == "35700.00"


async def test_a_large_invoice_comes_in_chunks(api: Api) -> None:
    await api.read(ubl_invoice("R-1", lines=2_000))
    [(header, data)] = (await exported(api)).invoices
    assert len(data) == header.size_bytes > CHUNK_BYTES
    assert len(read_xml(bytes(data)).content.lines) == 2_000


async def test_pages_lead_through_all_that_the_filter_finds_in_its_order(api: Api) -> None:
    for number in range(5):
        await api.read(ubl_invoice(f"R-{number}", net=f"{number + 1}00.00"))
    request = {"filter": "amount_due > 150", "order_by": "invoice_number desc", "page_size": 3}
    seen, token, totals = [], "", []
    while True:
        found = await exported(api, page_token=token, **request)  # type: ignore[arg-type]
        seen += [read_xml(bytes(data)).content.invoice_number for _, data in found.invoices]
        assert found.page is not None
        totals.append(found.page.total_size)
        token = found.page.next_page_token
        if not token:
            break
    assert seen == ["R-4", "R-3", "R-2", "R-1"]
    assert totals == [4, 4]


async def test_what_cannot_be_written_is_told_and_the_others_come(api: Api) -> None:
    without = ubl_invoice("R-2").replace(b"DocumentCurrencyCode", b"PricingCurrencyCode")
    await api.read(without)
    await api.read(ubl_invoice("R-1"))
    found = await exported(api, order_by="invoice_number")
    assert [(header.failure_reason, bool(data)) for header, data in found.invoices] == [
        ("", True),
        ("EXPORT_WITHOUT_CURRENCY", False),
    ]


async def test_an_invoice_that_is_not_read_yet_has_no_content(idle_api: Api) -> None:
    await idle_api.ingested(ubl_invoice("R-1"))
    [(header, data)] = (await exported(idle_api)).invoices
    assert (header.failure_reason, bytes(data)) == ("INVOICE_NOT_READ", b"")


async def test_what_a_format_cannot_say_is_listed_and_counted(api: Api) -> None:
    document = ubl_invoice("R-1", lines=150).replace(
        b"</cac:Price>",
        b"<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        b'<cbc:Amount currencyID="EUR">1</cbc:Amount></cac:AllowanceCharge></cac:Price>',
    )
    await api.read(document)
    [(header, _)] = (await exported(api, format="CII")).invoices
    assert header.left_out_size == 150
    assert len(header.left_out) == LISTED_LIMIT
    assert header.left_out[0] == query_service_pb2.LeftOutField(
        field_path="lines[0].price.discount",
        reason=query_service_pb2.LeftOutField.NOT_SAYABLE,
    )


async def test_elements_that_the_schema_requires_are_named_where_nobody_said_them(
    api: Api,
) -> None:
    number = b"<cbc:ID>R-1</cbc:ID>"
    assert number in ubl_invoice("R-1")
    await api.read(ubl_invoice("R-1").replace(number, b""))
    [(header, data)] = (await exported(api)).invoices
    assert [*header.missing_elements] == ["/ubl:Invoice/cbc:ID"]
    assert header.missing_elements_size == 1
    assert read_xml(bytes(data)).content.invoice_number is None


async def test_a_stranger_sees_nothing(api: Api) -> None:
    await api.read(ubl_invoice("R-1"))
    refusal = await refused(api, metadata=STRANGER)  # type: ignore[arg-type]
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "RESOURCE_NOT_FOUND")
    assert (await exported(api, parent="tenants/other", metadata=STRANGER)).invoices == []


@pytest.mark.parametrize(
    ("request_", "reason", "field_"),
    [
        ({"format": "FORMAT_UNSPECIFIED"}, "UNKNOWN_ENUM_VALUE", "format"),
        ({"filter": "colour = 1"}, "INVALID_FILTER", "filter"),
        ({"order_by": "colour"}, "INVALID_ORDER_BY", "order_by"),
        ({"page_size": -1}, "INVALID_PAGE_SIZE", "page_size"),
        ({"page_token": "x"}, "INVALID_PAGE_TOKEN", "page_token"),
    ],
)
async def test_bad_requests_are_refused_before_anything_comes(
    api: Api, request_: dict[str, str | int], reason: str, field_: str
) -> None:
    refusal = await refused(api, **request_)
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
    assert refusal.fields == (field_,)


async def test_an_invoice_that_goes_meanwhile_is_left_out(api: Api) -> None:
    invoices = [await api.read(ubl_invoice(number)) for number in ("R-1", "R-2", "R-3")]
    gone = invoices[1]
    await api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=gone.name, etag=gone.etag, force=True),
        metadata=OWNER,
    )
    export = InvoiceExport(MemoryTransactions(api.store), in_a_thread)
    views = [invoice.SerializeToString() for invoice in invoices]
    parts = [part async for part in export("acme", views, Format.UBL)]
    begun = [part.invoice.name for part in parts if part.HasField("invoice")]
    assert begun == [invoices[0].name, invoices[2].name]
