"""UpdateInvoice: a person corrects what was read, and it is checked again."""

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from invoices.v1 import assurance_pb2, ingest_service_pb2, invoice_pb2, operation_pb2
from refusal import refusal_of
from rpc_fixture import (
    OWNER,
    Api,
    invoice_name,
)
from small_invoice import ubl_invoice

Status = invoice_pb2.Invoice.Status
Code = grpc.StatusCode
State = operation_pb2.OperationMetadata.State


def update(invoice: invoice_pb2.Invoice, *paths: str) -> ingest_service_pb2.UpdateInvoiceRequest:
    return ingest_service_pb2.UpdateInvoiceRequest(
        invoice=invoice, update_mask=FieldMask(paths=paths)
    )


async def test_correction_gets_the_caller_as_its_evidence_and_is_checked_again(api: Api) -> None:
    invoice = await api.read(ubl_invoice(declared_total="120.00"))
    assert invoice.status == Status.REVIEW_PENDING
    assert "RULE_FAILED:BR-CO-15" in invoice.review_reasons
    invoice.content.totals.amount_with_vat = "119.00"
    invoice.content.totals.amount_due = "119.00"
    paths = ("content.totals.amount_with_vat", "content.totals.amount_due")
    corrected = await api.ingest.UpdateInvoice(update(invoice, *paths), metadata=OWNER)
    assert (corrected.status, list(corrected.review_reasons)) == (Status.READY, [])
    [annotation] = [a for a in corrected.annotations if a.field_path == "totals.amount_with_vat"]
    assert annotation.evidence[0].human_edit.actor == "olga"
    assert corrected == await api.invoice(invoice.name)
    assert corrected.etag != invoice.etag
    assert api.store.events[-1].kind == "invoice.corrected"


async def test_correction_changes_the_fields_of_the_mask_alone(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    changed = invoice_pb2.Invoice(name=invoice.name)
    changed.content.invoice_number = "R-9"
    changed.content.currency_code = "USD"
    corrected = await api.ingest.UpdateInvoice(
        update(changed, "content.invoice_number"), metadata=OWNER
    )
    assert (corrected.content.invoice_number, corrected.content.currency_code) == ("R-9", "EUR")


async def test_correction_of_the_whole_replaces_the_content(api: Api) -> None:
    invoice = await api.read(ubl_invoice())
    changed = invoice_pb2.Invoice(name=invoice.name)
    changed.content.invoice_number = "R-9"
    corrected = await api.ingest.UpdateInvoice(update(changed, "*"), metadata=OWNER)
    assert corrected.content == changed.content
    kinds = {a.status for a in corrected.annotations if a.field_path != "invoice_number"}
    assert kinds == {assurance_pb2.FieldAnnotation.ABSENT}
    [number] = [a for a in corrected.annotations if a.field_path == "invoice_number"]
    assert (number.raw_text, number.candidates[0].value) == ("R-9", "R-1")
    assert number.candidates[0].evidence[0].HasField("xml_node")
    assert corrected.status == Status.REVIEW_PENDING


async def test_correction_can_replace_append_and_clear_lines(api: Api) -> None:
    invoice = await api.read(ubl_invoice(lines=2))
    third = invoice_pb2.Invoice(name=invoice.name, content=invoice.content)
    third.content.lines.add().CopyFrom(invoice.content.lines[0])
    appended = await api.ingest.UpdateInvoice(update(third, "content.lines[2]"), metadata=OWNER)
    assert len(appended.content.lines) == 3
    assert "RULE_FAILED:BR-CO-10" in appended.review_reasons
    back = await api.ingest.UpdateInvoice(
        update(invoice_pb2.Invoice(name=invoice.name, content=invoice.content), "content.lines"),
        metadata=OWNER,
    )
    assert (back.content, back.status) == (invoice.content, Status.READY)
    cleared = await api.ingest.UpdateInvoice(
        update(invoice_pb2.Invoice(name=invoice.name), "content.lines"), metadata=OWNER
    )
    assert len(cleared.content.lines) == 0
    gap = await refusal_of(
        api.ingest.UpdateInvoice(update(third, "content.lines[2]"), metadata=OWNER)
    )
    assert (gap.reason, gap.fields) == ("UNKNOWN_FIELD", ("update_mask",))


async def test_correction_clears_a_list_within_a_group_that_the_request_leaves_out(
    api: Api,
) -> None:
    invoice = await api.read(ubl_invoice())
    nothing = invoice_pb2.Invoice(name=invoice.name)
    corrected = await api.ingest.UpdateInvoice(
        update(nothing, "content.seller.identifiers", "content.extras.instalments"), metadata=OWNER
    )
    assert corrected.content.seller.name == "Nordwind GmbH"
    assert corrected == await api.invoice(invoice.name)


@pytest.mark.parametrize(
    "paths",
    [
        (),
        ("status",),
        ("content",),
        ("content.no_such_field",),
        ("content.lines[x]",),
        ("content.invoice_number", "content.invoice_number"),
        ("content.seller", "content.seller.name"),
        ("*", "content.invoice_number"),
        tuple(f"content.lines[{index}].net_amount" for index in range(1001)),
    ],
)
async def test_mask_that_names_no_correctable_fields_is_refused(
    api: Api, paths: tuple[str, ...]
) -> None:
    invoice = await api.read(ubl_invoice())
    refusal = await refusal_of(api.ingest.UpdateInvoice(update(invoice, *paths), metadata=OWNER))
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_FIELD_MASK",
        ("update_mask",),
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("totals.amount_due", "1e3"),
        ("totals.amount_due", "12,5"),
        ("totals.amount_due", " 12"),
        ("totals.amount_due", "NaN"),
        ("totals.amount_due", "١٢"),
        ("totals.amount_due", "9" * 41),
        ("issue_date", "20261124"),
        ("issue_date", "2026-W48-2"),
        ("issue_date", "2026-02-30"),
        ("extras.document_kind", 99),
    ],
)
async def test_value_that_is_none_of_its_field_is_refused(
    api: Api, path: str, value: str | int
) -> None:
    invoice = await api.read(ubl_invoice())
    target: object = invoice.content
    *groups, name = path.split(".")
    for group in groups:
        target = getattr(target, group)
    setattr(target, name, value)
    refusal = await refusal_of(
        api.ingest.UpdateInvoice(update(invoice, f"content.{path}"), metadata=OWNER)
    )
    assert (refusal.code, refusal.reason, refusal.fields) == (
        Code.INVALID_ARGUMENT,
        "INVALID_VALUE",
        (f"content.{path}",),
    )


async def test_invoice_that_is_not_read_cannot_be_corrected(idle_api: Api) -> None:
    name = invoice_name(await idle_api.ingested(ubl_invoice()))
    refusal = await refusal_of(
        idle_api.ingest.UpdateInvoice(
            update(invoice_pb2.Invoice(name=name), "content.notes"), metadata=OWNER
        )
    )
    assert (refusal.code, refusal.reason, refusal.metadata) == (
        Code.FAILED_PRECONDITION,
        "WRONG_STATE",
        {"status": "received"},
    )
