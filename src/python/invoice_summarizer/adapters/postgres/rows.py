"""Domain objects as rows of the tables, and back."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, and_, select

from invoice_summarizer.adapters.postgres.json_records import (
    encode,
    object_of,
    provenance_of,
    text_by_name_of,
    texts_of,
)
from invoice_summarizer.adapters.postgres.packed_json import packed
from invoice_summarizer.adapters.postgres.storable_text import storable_text
from invoice_summarizer.adapters.postgres.stored_reading import COLUMNS as READING_COLUMNS
from invoice_summarizer.adapters.postgres.stored_reading import reading_of
from invoice_summarizer.adapters.postgres.stored_summaries import claims_in
from invoice_summarizer.adapters.postgres.tables import documents, invoices
from invoice_summarizer.domain.event import Event, EventKind, RecordedEvent
from invoice_summarizer.domain.invoice import (
    Document,
    InvoiceHeader,
    InvoiceStatus,
)
from invoice_summarizer.domain.operation import (
    Claim,
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.domain.summary import Claim as SummaryClaim
from invoice_summarizer.domain.summary import Origin, Style, Summary
from invoice_summarizer.ports.stored_reading import StoredInvoice

Values = dict[str, object]


def document_row(document: Document) -> Values:
    return {
        "tenant": document.tenant,
        "sha256": document.sha256,
        "size_bytes": document.size_bytes,
        "media_type": document.media_type,
        "file_name": document.file_name,
        "created_at": document.create_time,
    }


def document_of(row: Row[Any]) -> Document:
    """Returns the document of a row of `documents`."""
    return Document(
        tenant=row.tenant,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        file_name=row.file_name,
        create_time=row.created_at,
    )


def header_row(header: InvoiceHeader) -> Values:
    return {
        "tenant": header.tenant,
        "id": header.id,
        "document_sha256": header.document.sha256,
        "part": header.part,
        "status": header.status.value,
        "version": header.version,
        "created_at": header.create_time,
        "updated_at": header.update_time,
        "failure_reason": header.failure_reason,
        "decision_comment": header.decision_comment,
    }


def as_stored(header: InvoiceHeader) -> InvoiceHeader:
    """Returns the header as it will come back: what PostgreSQL cannot store was replaced in it."""
    document = header.document
    return replace(
        header,
        document=replace(document, file_name=_storable(document.file_name)),
        decision_comment=_storable(header.decision_comment),
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable_text(text)


# What a header is made of: columns of `invoices` and, under other names, of its document.
HEADER_COLUMNS = (
    *(
        invoices.c[name]
        for name in (
            *("tenant", "id", "part", "status", "version", "created_at", "updated_at"),
            *("failure_reason", "decision_comment"),
        )
    ),
    *(column.label(f"document_{column.name}") for column in documents.columns),
)
WITH_DOCUMENT = invoices.join(
    documents,
    and_(
        documents.c.tenant == invoices.c.tenant,
        documents.c.sha256 == invoices.c.document_sha256,
    ),
)


# Whole invoices, of which the caller says which.
SELECT_INVOICES = select(
    *HEADER_COLUMNS, *(invoices.c[name] for name in READING_COLUMNS)
).select_from(WITH_DOCUMENT)


def header_of(row: Row[Any]) -> InvoiceHeader:
    """Returns the header of a row that has HEADER_COLUMNS."""
    return InvoiceHeader(
        id=row.id,
        tenant=row.tenant,
        document=Document(
            tenant=row.tenant,
            sha256=row.document_sha256,
            size_bytes=row.document_size_bytes,
            media_type=row.document_media_type,
            file_name=row.document_file_name,
            create_time=row.document_created_at,
        ),
        part=row.part,
        status=InvoiceStatus(row.status),
        create_time=row.created_at,
        update_time=row.updated_at,
        version=row.version,
        failure_reason=row.failure_reason,
        decision_comment=row.decision_comment,
    )


def invoice_of(row: Row[Any]) -> StoredInvoice:
    """Returns the invoice of a row of SELECT_INVOICES."""
    return StoredInvoice(header_of(row), reading_of(row))


def summary_row(summary: Summary) -> Values:
    return {
        "tenant": summary.tenant,
        "invoice_id": summary.invoice_id,
        "id": summary.id,
        "text": summary.text,
        "language_code": summary.language_code,
        "style": summary.style.value,
        "instruction": summary.instruction,
        "identity": summary.identity.sha256,
        "origin": summary.origin.value,
        "claims": packed(encode(summary.claims)),
        "refusal_reasons": encode(summary.refusal_reasons),
        "refused_answer": summary.refused_answer,
        "provenance": encode(summary.provenance),
        "created_at": summary.create_time,
        "invoice_etag": summary.invoice_etag,
    }


def summary_of(row: Row[Any]) -> Summary:
    return summary_without_claims(row, claims_in(row.claims))


def summary_without_claims(row: Row[Any], claims: tuple[SummaryClaim, ...] = ()) -> Summary:
    return Summary(
        id=row.id,
        tenant=row.tenant,
        invoice_id=row.invoice_id,
        text=row.text,
        language_code=row.language_code,
        style=Style(row.style),
        instruction=row.instruction,
        origin=Origin(row.origin),
        claims=claims,
        refusal_reasons=texts_of(row.refusal_reasons),
        refused_answer=row.refused_answer,
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
        "payload": encode(operation.payload),
        "result": encode(operation.result),
        "progress_done": operation.progress.done,
        "progress_total": operation.progress.total,
        "progress_failed": operation.progress.failed,
        "attempt": operation.attempt,
        "failure_reason": operation.failure_reason,
        "failure_metadata": encode(dict(operation.failure_metadata)),
        "last_failure": operation.last_failure,
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
        payload=object_of(row.payload),
        result=object_of(row.result),
        progress=Progress(row.progress_done, row.progress_total, row.progress_failed),
        attempt=row.attempt,
        failure_reason=row.failure_reason,
        failure_metadata=text_by_name_of(row.failure_metadata),
        last_failure=row.last_failure,
    )


def claim_of(row: Row[Any]) -> Claim:
    return Claim(
        operation=operation_of(row),
        worker=row.worker,
        fencing_token=row.fencing_token,
        lease_expires=row.lease_expires_at,
    )


def event_row(event: Event, tenant: str) -> Values:
    return {
        "tenant": tenant,
        "created_at": event.time,
        "kind": event.kind.value,
        "actor": event.actor,
        "invoice_id": event.invoice_id,
        "operation_id": event.operation_id,
        "changed": list(event.changed),
        "reason": event.reason,
        "comment": event.comment,
    }


def event_of(row: Row[Any]) -> RecordedEvent:
    event = Event(
        kind=EventKind(row.kind),
        actor=row.actor,
        time=row.created_at,
        invoice_id=row.invoice_id,
        operation_id=row.operation_id,
        changed=tuple(row.changed),
        reason=row.reason,
        comment=row.comment,
    )
    return RecordedEvent(str(row.id), event)
