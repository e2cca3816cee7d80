"""RenderPage: a page of a stored document as a picture, painted in a reading process, with frames."""

# PyMuPDF says that it is typed, and is in part.
# mypy: allow-untyped-calls

import io
from collections.abc import AsyncIterator, Iterator

import grpc
import pymupdf
import pytest

from invoice_reading.page import Box
from invoice_summarizer.adapters.reading_process.reader import ProcessDocumentReader
from invoice_summarizer.rpc.page_servicer import CHUNK_BYTES
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.use_cases import render_page
from invoices.v1 import (
    assurance_pb2,
    invoice_pb2,
    page_service_pb2,
    summarize_service_pb2,
    summary_pb2,
)
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, STRANGER, Api, bearer, invoice_name, running_api
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Request = page_service_pb2.RenderPageRequest
PDF = next(s.data for s in sample_invoices() if s.file_name == "fenwick-two-pages.pdf")


@pytest.fixture
async def reading_api() -> AsyncIterator[Api]:
    reader = ProcessDocumentReader(processes=1)
    try:
        async with running_api(document_reader=reader) as api:
            yield api
    finally:
        await reader.aclose()


async def rendered(api: Api, request: Request) -> "pymupdf.Pixmap":
    chunks = [chunk async for chunk in api.pages.RenderPage(request, metadata=bearer("viewer"))]
    assert [chunk.content_type for chunk in chunks] == ["image/png", *[""] * (len(chunks) - 1)]
    assert all(0 < len(chunk.data) <= CHUNK_BYTES for chunk in chunks)
    return pymupdf.Pixmap(io.BytesIO(b"".join(chunk.data for chunk in chunks)))


async def refused(api: Api, request: Request) -> Refusal:
    return await refusal_of(rendered(api, request))


def boxes(evidence: Iterator[assurance_pb2.Evidence], page: int) -> list[Box]:
    regions = (each.page_region for each in evidence if each.HasField("page_region"))
    found = (each.box for each in regions if each.page == page)
    return [Box(box.left, box.top, box.right, box.bottom) for box in found]


def of_field(invoice: invoice_pb2.Invoice, path: str, page: int) -> list[Box]:
    return boxes(
        (
            evidence
            for annotation in invoice.annotations
            if annotation.field_path == path
            for evidence in annotation.evidence
        ),
        page,
    )


def framed(picture: "pymupdf.Pixmap", plain: "pymupdf.Pixmap", box: Box) -> bool:
    """Says whether the ground within the box is another than on the plain page."""
    x = (box.left + box.right) * picture.width // 2_000_000
    y = (box.top + box.bottom) * picture.height // 2_000_000
    around = [(x + dx, y + dy) for dx in range(-5, 6) for dy in range(-5, 6)]
    return any(picture.pixel(*at) != plain.pixel(*at) for at in around)


async def test_page_is_painted_as_large_as_asked_for(reading_api: Api) -> None:
    invoice = await reading_api.read(PDF)
    usual = await rendered(reading_api, Request(name=invoice.name, page=2))
    fine = await rendered(reading_api, Request(name=invoice.name, page=2, dots_per_inch=220))
    assert (usual.width, usual.height) == (910, 1287)  # A4 at 110 dots per inch
    assert abs(fine.width - 2 * usual.width) <= 1


async def test_frames_stand_around_fields_groups_and_claims_of_this_page(
    reading_api: Api,
) -> None:
    invoice = await reading_api.read(PDF)
    plain = await rendered(reading_api, Request(name=invoice.name, page=1))
    [number] = of_field(invoice, "invoice_number", 1)
    [seller] = of_field(invoice, "seller.name", 1)
    [due] = of_field(invoice, "totals.amount_due", 2)

    by_field = Request(
        name=invoice.name, page=1, field_paths=["invoice_number", "totals.amount_due"]
    )
    picture = await rendered(reading_api, by_field)
    assert framed(picture, plain, number) and not framed(picture, plain, seller)
    by_group = await rendered(
        reading_api, Request(name=invoice.name, page=1, field_paths=["seller"])
    )
    assert framed(by_group, plain, seller) and not framed(by_group, plain, number)

    summary = await summarized(reading_api, invoice.name)
    said = await rendered(reading_api, Request(name=invoice.name, page=1, summary=summary.name))
    assert framed(said, plain, number) and framed(said, plain, seller)
    [claim] = [
        index for index, each in enumerate(summary.claims) if "seller.name" in each.field_paths
    ]
    of_claim = Request(name=invoice.name, page=1, summary=summary.name, claim=claim)
    picture = await rendered(reading_api, of_claim)
    assert framed(picture, plain, seller) and not framed(picture, plain, number)

    second = await rendered(reading_api, Request(name=invoice.name, page=2))
    by_field.page = 2
    picture = await rendered(reading_api, by_field)
    assert framed(picture, second, due)


async def summarized(api: Api, name: str) -> summary_pb2.Summary:
    request = summarize_service_pb2.SummarizeInvoiceRequest(name=name)
    return await api.summarize.SummarizeInvoice(request, metadata=OWNER)


@pytest.mark.parametrize("page", [-1, 0, 3])
async def test_page_that_is_not_there_is_refused(reading_api: Api, page: int) -> None:
    invoice = await reading_api.read(PDF)
    refusal = await refused(reading_api, Request(name=invoice.name, page=page))
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "PDF_PAGE_NOT_FOUND")
    assert refusal.metadata == {"pages": "2"}


async def test_xml_has_no_pages(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    refusal = await refused(api, Request(name=invoice.name, page=1))
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "DOCUMENT_WITHOUT_PAGES",
        ("page",),
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"dots_per_inch": 17}, "INVALID_RESOLUTION"),
        ({"dots_per_inch": 301}, "INVALID_RESOLUTION"),
        ({"dots_per_inch": -1}, "INVALID_RESOLUTION"),
        ({"field_paths": ["seller.nam"]}, "UNKNOWN_FIELD"),
        ({"field_paths": [""]}, "UNKNOWN_FIELD"),
        ({"field_paths": ["seller.name"] * 101}, "TOO_MANY_FIELDS"),
        ({"claim": 0}, "SUMMARY_MISSING"),
        ({"summary": "nonsense"}, "INVALID_NAME"),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(
    api: Api, fields: dict[str, object], reason: str
) -> None:
    name = (await api.read(ubl_invoice())).name
    refusal = await refused(api, Request(name=name, page=1, **fields))  # type: ignore[arg-type]
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, reason)
    if reason == "UNKNOWN_FIELD" and fields["field_paths"] == ["seller.nam"]:
        assert refusal.metadata == {"suggestion": "seller.name"}


async def test_claim_and_summary_are_those_of_the_invoice(reading_api: Api) -> None:
    invoice, other = await reading_api.read(PDF), await reading_api.read(ubl_invoice())
    summary, foreign = [await summarized(reading_api, each.name) for each in (invoice, other)]
    for request, reason in (
        (Request(name=invoice.name, page=1, summary=summary.name, claim=999), "CLAIM_NOT_FOUND"),
        (Request(name=invoice.name, page=1, summary=foreign.name), "RESOURCE_NOT_FOUND"),
    ):
        refusal = await refused(reading_api, request)
        assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, reason)
    theirs = Request(name=invoice.name, page=1)
    refusal = await refusal_of(
        anext(reading_api.pages.RenderPage(theirs, metadata=STRANGER).__aiter__())
    )
    assert (refusal.code, refusal.reason) == (Code.NOT_FOUND, "RESOURCE_NOT_FOUND")


async def test_fields_of_what_is_not_read_cannot_be_framed(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(PDF))
    refusal = await refused(idle_api, Request(name=name, page=1, field_paths=["seller"]))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")


async def test_picture_that_is_too_large_is_refused(
    reading_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoice = await reading_api.read(PDF)
    monkeypatch.setattr(render_page, "PICTURE_LIMIT_BYTES", 1000)
    refusal = await refused(reading_api, Request(name=invoice.name, page=1))
    assert (refusal.code, refusal.reason) == (Code.INVALID_ARGUMENT, "PICTURE_TOO_LARGE")
