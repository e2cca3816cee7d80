"""Domain objects as rows of the tables, and back."""

from typing import Any

from sqlalchemy import Row

from invoice_reading.reading import DocumentForm
from invoice_summarizer.adapters.postgres.json_records import (
    annotations_of,
    claims_of,
    completeness_of,
    content_of,
    encode,
    encode_annotations,
    encode_claims,
    findings_of,
    provenance_of,
    texts_of,
)
from invoice_summarizer.domain.invoice import Document, Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import Claim, Operation, OperationKind, OperationState
from invoice_summarizer.domain.summary import Origin, Style, Summary

Values = dict[str, object]


def invoice_row(invoice: Invoice) -> Values:
    return {
        "tenant": invoice.tenant,
        "id": invoice.id,
        "status": invoice.status.value,
        "version": invoice.version,
        "created_at": invoice.create_time,
        "updated_at": invoice.update_time,
        "document_sha256": invoice.document.sha256,
        "document_size_bytes": invoice.document.size_bytes,
        "document_media_type": invoice.document.media_type,
        "document_file_name": invoice.document.file_name,
        "form": invoice.form.value if invoice.form else None,
        "content": encode(invoice.content),
        "annotations": encode_annotations(invoice.annotations),
        "findings": encode(invoice.findings),
        "completeness": encode(invoice.completeness) if invoice.completeness else None,
        "review_reasons": encode(invoice.review_reasons),
        "failure_reason": invoice.failure_reason,
        "decision_comment": invoice.decision_comment,
    }


def invoice_of(row: Row[Any]) -> Invoice:
    return Invoice(
        id=row.id,
        tenant=row.tenant,
        document=Document(
            sha256=row.document_sha256,
            size_bytes=row.document_size_bytes,
            media_type=row.document_media_type,
            file_name=row.document_file_name,
        ),
        status=InvoiceStatus(row.status),
        create_time=row.created_at,
        update_time=row.updated_at,
        version=row.version,
        form=DocumentForm(row.form) if row.form else None,
        content=content_of(row.content),
        annotations=annotations_of(row.annotations),
        findings=findings_of(row.findings),
        completeness=completeness_of(row.completeness),
        review_reasons=texts_of(row.review_reasons),
        failure_reason=row.failure_reason,
        decision_comment=row.decision_comment,
    )


def summary_row(summary: Summary) -> Values:
    return {
        "tenant": summary.tenant,
        "invoice_id": summary.invoice_id,
        "id": summary.id,
        "text": summary.text,
        "language_code": summary.language_code,
        "style": summary.style.value,
        "origin": summary.origin.value,
        "claims": encode_claims(summary.claims),
        "refusal_reasons": encode(summary.refusal_reasons),
        "provenance": encode(summary.provenance),
        "created_at": summary.create_time,
        "invoice_etag": summary.invoice_etag,
    }


def summary_of(row: Row[Any]) -> Summary:
    return Summary(
        id=row.id,
        tenant=row.tenant,
        invoice_id=row.invoice_id,
        text=row.text,
        language_code=row.language_code,
        style=Style(row.style),
        origin=Origin(row.origin),
        claims=claims_of(row.claims),
        refusal_reasons=texts_of(row.refusal_reasons),
        provenance=provenance_of(row.provenance),
        create_time=row.created_at,
        invoice_etag=row.invoice_etag,
    )


def operation_row(operation: Operation) -> Values:
    return {
        "tenant": operation.tenant,
        "id": operation.id,
        "kind": operation.kind.value,
        "invoice_id": operation.invoice_id,
        "state": operation.state.value,
        "created_at": operation.create_time,
        "updated_at": operation.update_time,
        "due_at": operation.due_time,
        "attempt": operation.attempt,
        "failure_reason": operation.failure_reason,
    }


def operation_of(row: Row[Any]) -> Operation:
    return Operation(
        id=row.id,
        tenant=row.tenant,
        kind=OperationKind(row.kind),
        invoice_id=row.invoice_id,
        state=OperationState(row.state),
        create_time=row.created_at,
        update_time=row.updated_at,
        due_time=row.due_at,
        attempt=row.attempt,
        failure_reason=row.failure_reason,
    )


def claim_of(row: Row[Any]) -> Claim:
    return Claim(
        operation=operation_of(row),
        worker=row.worker,
        fencing_token=row.fencing_token,
        lease_expires=row.lease_expires_at,
    )
