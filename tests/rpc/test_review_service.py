"""ReviewService: what a person decides."""

import grpc
import pytest

from invoice_summarizer.adapters.memory.invoice_reader import MemoryInvoiceReader
from invoice_summarizer.domain.errors import NotFound, Unavailable
from invoices.v1 import (
    event_pb2,
    ingest_service_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
)
from refusal import refusal_of
from rpc_fixture import OWNER, Api, bearer, invoice_name
from small_invoice import ubl_invoice

Code = grpc.StatusCode
Status = invoice_pb2.Invoice.Status


async def approve(api: Api, name: str, *, etag: str = "", comment: str = "") -> invoice_pb2.Invoice:
    return await api.review.ApproveInvoice(
        review_service_pb2.ApproveInvoiceRequest(name=name, etag=etag, comment=comment),
        metadata=bearer("reviewer"),
    )


async def reject(
    api: Api, name: str, *, etag: str = "", comment: str = "not ordered"
) -> invoice_pb2.Invoice:
    return await api.review.RejectInvoice(
        review_service_pb2.RejectInvoiceRequest(name=name, etag=etag, comment=comment),
        metadata=bearer("reviewer"),
    )


@pytest.mark.parametrize("declared_total", [None, "1.00"])
async def test_invoice_that_is_ready_or_waits_can_be_approved(
    api: Api, declared_total: str | None
) -> None:
    invoice = await api.read(ubl_invoice(declared_total=declared_total))
    approved = await approve(api, invoice.name, etag=invoice.etag, comment="as ordered")
    assert (approved.status, approved.decision_comment) == (Status.APPROVED, "as ordered")
    assert approved == await api.invoice(invoice.name)
    event = api.store.events[-1]
    assert (event.actor, event.kind) == ("one reviewer", "invoice.approved")
    assert event.comment == "as ordered"


@pytest.mark.parametrize("error", [Unavailable("down"), NotFound("gone")])
async def test_no_error_hides_that_an_invoice_was_approved(
    api: Api, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def broken(*_: object) -> None:
        raise error

    invoice = await api.read(ubl_invoice())
    with monkeypatch.context() as patch:
        patch.setattr(MemoryInvoiceReader, "view", broken)
        approved = await approve(api, invoice.name)
    assert (approved.status, list(approved.omitted)) == (Status.APPROVED, ["content"])
    stored = await api.invoice(invoice.name)
    assert (stored.status, stored.etag) == (Status.APPROVED, approved.etag)


async def test_rejected_invoice_can_be_processed_again_and_an_approved_one_cannot(
    api: Api,
) -> None:
    rejected = await reject(api, (await api.read(ubl_invoice("R-1"))).name)
    assert (rejected.status, rejected.decision_comment) == (Status.REJECTED, "not ordered")
    again = ingest_service_pb2.ReprocessInvoiceRequest(name=rejected.name)
    await api.done((await api.ingest.ReprocessInvoice(again, metadata=OWNER)).name)
    assert (await api.invoice(rejected.name)).status == Status.READY
    approved = await approve(api, (await api.read(ubl_invoice("R-2"))).name)
    refusal = await refusal_of(
        api.ingest.ReprocessInvoice(
            ingest_service_pb2.ReprocessInvoiceRequest(name=approved.name), metadata=OWNER
        )
    )
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")


async def reopen(
    api: Api, name: str, *, etag: str = "", comment: str = "a mistake"
) -> invoice_pb2.Invoice:
    return await api.review.ReopenInvoice(
        review_service_pb2.ReopenInvoiceRequest(name=name, etag=etag, comment=comment),
        metadata=bearer("reviewer"),
    )


async def test_decision_is_taken_back_and_the_history_keeps_both(api: Api) -> None:
    invoice = await api.read(ubl_invoice(declared_total="1.00"))
    approved = await approve(api, invoice.name, comment="agreed by telephone")
    again = await reopen(api, invoice.name, etag=approved.etag)
    assert (again.status, again.decision_comment) == (Status.REVIEW_PENDING, "")
    assert again == await api.invoice(invoice.name)
    events = await api.query.ListEvents(
        query_service_pb2.ListEventsRequest(parent=invoice.name), metadata=OWNER
    )
    said = [(event_pb2.Event.Kind.Name(each.kind), each.comment) for each in events.events]
    assert said[:2] == [
        ("INVOICE_REOPENED", "a mistake"),
        ("INVOICE_APPROVED", "agreed by telephone"),
    ]
    refusal = await refusal_of(reopen(api, invoice.name))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")


async def test_approved_invoice_is_deleted_by_force_only(api: Api) -> None:
    name = (await api.read(ubl_invoice())).name
    await approve(api, name)
    request = ingest_service_pb2.DeleteInvoiceRequest(name=name)
    refusal = await refusal_of(api.ingest.DeleteInvoice(request, metadata=OWNER))
    assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "FORCE_MISSING")
    request.force, request.comment = True, "paid twice"
    await api.ingest.DeleteInvoice(request, metadata=OWNER)
    event = api.store.events[-1]
    assert (event.kind, event.actor, event.comment) == ("invoice.deleted", "olga", "paid twice")


async def test_decision_cannot_be_taken_twice(api: Api) -> None:
    name = (await api.read(ubl_invoice())).name
    await approve(api, name)
    for call in (approve(api, name), reject(api, name)):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.FAILED_PRECONDITION, "WRONG_STATE")
        assert refusal.metadata["status"] == "approved"


async def test_invoice_that_is_not_read_cannot_be_decided(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    for call in (approve(idle_api, name), reject(idle_api, name)):
        assert (await refusal_of(call)).reason == "WRONG_STATE"


async def test_stale_etag_is_refused(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    for call in (approve(api, invoice.name, etag="old"), reject(api, invoice.name, etag='"old"')):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason) == (Code.ABORTED, "ETAG_MISMATCH")
    assert await api.invoice(invoice.name) == invoice


async def test_comment_is_needed_and_bounded(api: Api) -> None:
    name = (await api.read(ubl_invoice())).name
    waiting = (await api.read(ubl_invoice("R-2", declared_total="1.00"))).name
    for call, reason in (
        (reject(api, name, comment=""), "COMMENT_MISSING"),
        (reject(api, name, comment=" \n"), "COMMENT_MISSING"),
        (reject(api, name, comment="a" * 2001), "COMMENT_TOO_LONG"),
        (approve(api, name, comment="a" * 2001), "COMMENT_TOO_LONG"),
        (approve(api, waiting), "COMMENT_MISSING"),
        (approve(api, waiting, comment=" "), "COMMENT_MISSING"),
        (reopen(api, name, comment=""), "COMMENT_MISSING"),
        (reopen(api, name, comment="a" * 2001), "COMMENT_TOO_LONG"),
    ):
        refusal = await refusal_of(call)
        assert (refusal.code, refusal.reason, refusal.fields) == (
            Code.INVALID_ARGUMENT,
            reason,
            ("comment",),
        )
    refusal = await refusal_of(approve(api, waiting))
    assert refusal.metadata["review_reasons"].split(", ")[0] == "RULE_FAILED:BR-CO-15"
