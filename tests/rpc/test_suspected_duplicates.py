"""The same invoice in two files: the later one waits for review, names the earlier one, and is found by that."""

from invoices.v1 import (
    correction_pb2,
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
    summarize_service_pb2,
)
from rpc_fixture import OWNER, Api
from small_invoice import ubl_invoice

Status = invoice_pb2.Invoice.Status


def reason(of: invoice_pb2.Invoice) -> str:
    return "DUPLICATE_SUSPECTED:" + of.name.rpartition("/")[2]


async def corrected(api: Api, name: str, path: str, value: str) -> invoice_pb2.Invoice:
    request = review_service_pb2.CorrectInvoiceRequest(
        name=name, corrections=[correction_pb2.Correction(field_path=path, value=value)]
    )
    return (await api.review.CorrectInvoice(request, metadata=OWNER)).invoice


async def found(api: Api, filter: str) -> list[str]:
    request = query_service_pb2.ListInvoicesRequest(parent="tenants/acme", filter=filter)
    answer = await api.query.ListInvoices(request, metadata=OWNER)
    return [invoice.name for invoice in answer.invoices]


async def read_again(api: Api, name: str) -> invoice_pb2.Invoice:
    operation = await api.ingest.ReprocessInvoice(
        ingest_service_pb2.ReprocessInvoiceRequest(name=name), metadata=OWNER
    )
    await api.done(operation.name)
    return await api.invoice(name)


async def test_same_invoice_in_another_file_waits_for_review_and_names_the_first(api: Api) -> None:
    first = await api.read(ubl_invoice("R-1"))
    second = await api.read(ubl_invoice("R-1") + b"\n")
    assert (first.status, list(first.review_reasons)) == (Status.READY, [])
    assert (second.status, list(second.review_reasons)) == (Status.REVIEW_PENDING, [reason(first)])
    assert await found(api, f'reason:"{reason(first)}"') == [second.name]
    assert await found(api, "reason:DUPLICATE_SUSPECTED") == [second.name]
    assert (await api.invoice(first.name)).etag == first.etag


async def test_summary_says_so(api: Api) -> None:
    await api.read(ubl_invoice("R-1"))
    second = await api.read(ubl_invoice("R-1") + b"\n")
    summary = await api.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=second.name), metadata=OWNER
    )
    assert "The same invoice may have come in before, in another file." in summary.text


async def test_same_file_again_and_reading_it_again_make_no_duplicate(api: Api) -> None:
    first = await api.read(ubl_invoice("R-1"))
    again = await api.read(ubl_invoice("R-1"))
    assert (again.name, again.status) == (first.name, Status.READY)
    assert (await read_again(api, first.name)).status == Status.READY


async def test_credit_note_of_the_same_number_is_none(api: Api) -> None:
    await api.read(ubl_invoice("R-1"))
    credit_note = ubl_invoice("R-1").replace(b"TypeCode>380<", b"TypeCode>381<")
    assert (await api.read(credit_note)).status == Status.READY


async def test_deleted_invoice_is_none_and_is_forgotten_when_the_other_is_read_again(
    api: Api,
) -> None:
    first = await api.read(ubl_invoice("R-1"))
    second = await api.read(ubl_invoice("R-1") + b"\n")
    await api.ingest.DeleteInvoice(
        ingest_service_pb2.DeleteInvoiceRequest(name=first.name), metadata=OWNER
    )
    assert (await api.read(ubl_invoice("R-1") + b"\n\n")).review_reasons == [reason(second)]
    third_is_found = await read_again(api, second.name)
    assert reason(first) not in third_is_found.review_reasons


async def test_correction_makes_a_duplicate_and_unmakes_one(api: Api) -> None:
    first, other = await api.read(ubl_invoice("R-1")), await api.read(ubl_invoice("R-2"))
    same = await corrected(api, other.name, "invoice_number", "R-1")
    assert (same.status, list(same.review_reasons)) == (Status.REVIEW_PENDING, [reason(first)])
    still = await corrected(api, other.name, "buyer.name", "Customer GmbH")
    assert list(still.review_reasons) == [reason(first)]
    apart = await corrected(api, other.name, "invoice_number", "R-2")
    assert (apart.status, list(apart.review_reasons)) == (Status.READY, [])
