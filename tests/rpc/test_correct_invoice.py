"""CorrectInvoice: a person corrects what was read, it is checked again, and the answer says what changed."""

import grpc
import pytest

from invoice_summarizer.domain.event import EventKind
from invoices.v1 import assurance_pb2, correction_pb2, invoice_pb2, review_service_pb2
from refusal import Refusal, refusal_of
from rpc_fixture import OWNER, Api, bearer, invoice_name
from small_invoice import ubl_invoice

Status = invoice_pb2.Invoice.Status
Code = grpc.StatusCode
Correction = correction_pb2.Correction
Change = correction_pb2.Change
Finding = assurance_pb2.Finding


def request(
    name: str, values: dict[str, str | None], etag: str = ""
) -> review_service_pb2.CorrectInvoiceRequest:
    """The values by their paths; None clears what stands there."""
    corrections = [
        (
            Correction(field_path=path, clear=True)
            if value is None
            else Correction(field_path=path, value=value)
        )
        for path, value in values.items()
    ]
    return review_service_pb2.CorrectInvoiceRequest(name=name, etag=etag, corrections=corrections)


async def corrected(
    api: Api, name: str, values: dict[str, str | None]
) -> review_service_pb2.CorrectInvoiceResponse:
    return await api.review.CorrectInvoice(request(name, values), metadata=OWNER)


async def refused(api: Api, name: str, values: dict[str, str | None]) -> Refusal:
    return await refusal_of(corrected(api, name, values))


async def test_correction_gets_the_caller_as_its_evidence_and_is_checked_again(api: Api) -> None:
    invoice = await api.read(ubl_invoice(declared_total="120.00"))
    assert invoice.status == Status.REVIEW_PENDING
    assert "RULE_FAILED:BR-CO-15" in invoice.review_reasons
    answer = await corrected(
        api,
        invoice.name,
        {"totals.amount_with_vat": "119.00", "totals.amount_due": "119.00"},
    )
    assert answer.invoice.status == Status.REVIEW_PENDING
    assert list(answer.invoice.review_reasons) == [
        "CHANGED_BY_PERSON:totals.amount_with_vat",
        "CHANGED_BY_PERSON:totals.amount_due",
    ]
    [annotation] = [
        a for a in answer.invoice.annotations if a.field_path == "totals.amount_with_vat"
    ]
    assert annotation.evidence[0].human_edit.actor == "olga"
    assert answer.status_before == Status.REVIEW_PENDING
    changes = {each.rule_id: (each.before, each.after) for each in answer.check_changes}
    assert changes == {"BR-CO-15": (Finding.FAILED, Finding.PASSED)}
    assert answer.invoice == await api.invoice(invoice.name)
    assert answer.invoice.etag != invoice.etag
    event = api.store.events[-1]
    assert (event.kind, event.actor, event.changed) == (
        EventKind.INVOICE_CORRECTED,
        "olga",
        ("totals.amount_with_vat", "totals.amount_due"),
    )


async def test_comment_of_a_correction_stands_in_its_event(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    wanted = request(invoice.name, {"buyer.name": "A"})
    wanted.comment = " as they wrote "
    await api.review.CorrectInvoice(wanted, metadata=OWNER)
    assert api.store.events[-1].comment == "as they wrote"
    wanted.comment = "x" * 2001
    refusal = await refusal_of(api.review.CorrectInvoice(wanted, metadata=OWNER))
    assert (refusal.reason, refusal.fields) == ("COMMENT_TOO_LONG", ("comment",))


async def test_account_that_a_person_changed_is_approved_with_a_comment_only(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    account = "payment_instructions.credit_transfers[0].account_identifier"
    answer = await corrected(api, invoice.name, {account: "DE02120300000000202051"})
    reasons = [f"CHANGED_BY_PERSON:{account}"]
    assert (answer.invoice.status, [*answer.invoice.review_reasons]) == (
        Status.REVIEW_PENDING,
        reasons,
    )
    approval = review_service_pb2.ApproveInvoiceRequest(name=invoice.name)
    refusal = await refusal_of(api.review.ApproveInvoice(approval, metadata=OWNER))
    assert refusal.reason == "COMMENT_MISSING"
    approval.comment = "asked the seller"
    approved = await api.review.ApproveInvoice(approval, metadata=OWNER)
    assert approved.status == Status.APPROVED
    assert api.store.events[-1].reason == "CORRECTED_BY_APPROVER"
    taken_back = review_service_pb2.ReopenInvoiceRequest(name=invoice.name, comment="not yet")
    reopened = await api.review.ReopenInvoice(taken_back, metadata=OWNER)
    assert (reopened.status, [*reopened.review_reasons]) == (Status.REVIEW_PENDING, reasons)
    await api.review.ApproveInvoice(approval, metadata=bearer("reviewer"))
    assert api.store.events[-1].reason is None


async def test_answer_says_what_changed(api: Api) -> None:
    invoice = await api.read(ubl_invoice(lines=3))
    answer = await corrected(
        api,
        invoice.name,
        {
            "invoice_number": "R-9",
            "currency_code": "EUR",
            "seller.name": None,
            "project_reference": "P-1",
            "lines[1]": None,
            "lines[3].net_amount": "100.00",
        },
    )
    changes = {change.field_path: change for change in answer.changes}
    assert changes["invoice_number"] == Change(
        field_path="invoice_number", field_path_after="invoice_number", before="R-1", after="R-9"
    )
    assert (changes["currency_code"].before, changes["currency_code"].after) == ("EUR", "EUR")
    gone = changes["seller.name"]
    assert (gone.before, gone.HasField("after")) == ("Nordwind GmbH", False)
    new = changes["project_reference"]
    assert (new.HasField("before"), new.after) == (False, "P-1")
    removed = changes["lines[1].net_amount"]
    assert (removed.before, removed.HasField("field_path_after")) == ("100.00", False)
    assert changes["lines[3].net_amount"].field_path_after == "lines[2].net_amount"
    assert answer.change_count == len(answer.changes)
    assert not [path for path in changes if path.startswith("lines[2]")]
    content = answer.invoice.content
    assert [line.identifier for line in content.lines] == ["1", "3", ""]
    assert content.buyer.name == invoice.content.buyer.name


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({}, "corrections"),
        ({"totals": "1"}, "corrections[0].field_path"),
        ({"lines": "1"}, "corrections[0].field_path"),
        ({"lines[0]": "1"}, "corrections[0].field_path"),
        ({"seller.name": "A", "seller": None}, "corrections[0].field_path"),
        ({"lines[0]": None, "lines[0].net_amount": "1"}, "corrections[1].field_path"),
        ({f"notes[{n}].note": "x" for n in range(1001)}, "corrections"),
    ],
)
async def test_corrections_that_contradict_themselves_are_refused(
    api: Api, values: dict[str, str | None], place: str
) -> None:
    invoice = await api.read(ubl_invoice())
    refusal = await refused(api, invoice.name, values)
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_CORRECTION",
        (place,),
    )


@pytest.mark.parametrize("empty", [Correction(), Correction(clear=False)])
async def test_correction_that_says_nothing_is_refused(
    api: Api, empty: correction_pb2.Correction
) -> None:
    invoice = await api.read(ubl_invoice())
    empty.field_path = "seller.name"
    wanted = review_service_pb2.CorrectInvoiceRequest(name=invoice.name, corrections=[empty])
    refusal = await refusal_of(api.review.CorrectInvoice(wanted, metadata=OWNER))
    assert (refusal.reason, refusal.fields) == ("INVALID_CORRECTION", ("corrections[0]",))


@pytest.mark.parametrize(
    "path",
    ["", "status", "content.seller.name", "lines[x]", "lines[2].note", "lines[1]", "seller[0]"],
)
async def test_path_that_names_nothing_is_refused(api: Api, path: str) -> None:
    invoice = await api.read(ubl_invoice())
    refusal = await refused(api, invoice.name, {"notes[0].note": "first", path: None})
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "UNKNOWN_FIELD",
        ("corrections[1].field_path",),
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("totals.amount_due", "1e3"),
        ("issue_date", "2026-02-30"),
        ("currency_code", "EURO"),
        ("seller.postal_address.country_code", "UK"),
        ("payment_instructions.credit_transfers[0].account_identifier", "DE89370400440532013001"),
        ("extras.document_kind", "credit_note"),
        ("seller.vat_identifier", "DE136695977"),
    ],
)
async def test_value_that_is_none_of_its_field_is_refused_without_a_trace(
    api: Api, path: str, value: str
) -> None:
    invoice = await api.read(ubl_invoice())
    refusal = await refused(api, invoice.name, {"invoice_number": "R-9", path: value})
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_VALUE",
        ("corrections[1].value",),
    )
    assert path in refusal.message and value not in refusal.message
    assert await api.invoice(invoice.name) == invoice


async def test_invoice_that_is_not_read_cannot_be_corrected(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    refusal = await refused(idle_api, name, {"notes": None})
    assert (refusal.code, refusal.reason, refusal.metadata) == (
        Code.FAILED_PRECONDITION,
        "WRONG_STATE",
        {"status": "received"},
    )


async def test_changes_beyond_a_thousand_are_counted(api: Api) -> None:
    invoice = await api.read(ubl_invoice(lines=300))
    answer = await corrected(api, invoice.name, {"lines": None})
    assert len(answer.changes) == 1_000
    assert answer.change_count > 1_000
    assert not answer.invoice.content.lines
