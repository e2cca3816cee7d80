"""The tables as queries name them. The migrations make them; a test holds the two together.

The API's `create_time` and `update_time` are the columns `created_at` and `updated_at`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Computed,
    Date,
    Identity,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.sql.type_api import TypeEngine

from aip.filter_field import FieldType
from invoice_summarizer.adapters.postgres.column_types import (
    JsonDocument,
    StorableText,
    UtcTimestamp,
)
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS

metadata = MetaData()

# Fields of the content become columns that the database computes; these are columns of their own.
_DECLARED_COLUMNS = {
    "status": "status",
    "form": "form",
    "create_time": "created_at",
    "update_time": "updated_at",
    "document.file_name": "document_file_name",
    "document.sha256": "document_sha256",
}


def column_name(field: str) -> str:
    """Returns the name of the column of `invoices` that holds a field of INVOICE_FIELDS."""
    return _DECLARED_COLUMNS.get(field) or field.replace(".", "_")


def _content_column(field: str, kind: FieldType) -> Column[Any]:
    types: dict[FieldType, TypeEngine[Any]] = {
        FieldType.STRING: StorableText(),
        FieldType.DECIMAL: Numeric(),
        FieldType.DATE: Date(),
    }
    path = ",".join(field.split("."))
    return Column(column_name(field), types[kind], Computed(f"content #>> '{{{path}}}'"))


invoices = Table(
    "invoices",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("id", StorableText(), nullable=False),
    Column("status", StorableText(), nullable=False),
    Column("version", BigInteger(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("updated_at", UtcTimestamp(), nullable=False),
    Column("document_sha256", StorableText(), nullable=False),
    Column("document_size_bytes", BigInteger(), nullable=False),
    Column("document_media_type", StorableText(), nullable=False),
    Column("document_file_name", StorableText()),
    Column("form", StorableText()),
    Column("content", JsonDocument(), nullable=False),
    Column("annotations", JsonDocument(), nullable=False),
    Column("findings", JsonDocument(), nullable=False),
    Column("completeness", JsonDocument()),
    Column("review_reasons", JsonDocument(), nullable=False),
    Column("failure_reason", StorableText()),
    Column("decision_comment", StorableText()),
    *(
        _content_column(name, field.filter.kind)
        for name, field in INVOICE_FIELDS.items()
        if name not in _DECLARED_COLUMNS
    ),
    PrimaryKeyConstraint("tenant", "id", name="invoices_pkey"),
    UniqueConstraint("tenant", "document_sha256", name="invoices_document_key"),
)

summaries = Table(
    "summaries",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("invoice_id", StorableText(), nullable=False),
    Column("id", StorableText(), nullable=False),
    Column("text", StorableText(), nullable=False),
    Column("language_code", StorableText(), nullable=False),
    Column("style", StorableText(), nullable=False),
    Column("origin", StorableText(), nullable=False),
    Column("claims", JsonDocument(), nullable=False),
    Column("refusal_reasons", JsonDocument(), nullable=False),
    Column("provenance", JsonDocument(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("invoice_etag", StorableText(), nullable=False),
    PrimaryKeyConstraint("tenant", "invoice_id", "id", name="summaries_pkey"),
)

operations = Table(
    "operations",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("id", StorableText(), nullable=False),
    Column("kind", StorableText(), nullable=False),
    Column("invoice_id", StorableText(), nullable=False),
    Column("state", StorableText(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("updated_at", UtcTimestamp(), nullable=False),
    Column("due_at", UtcTimestamp(), nullable=False),
    Column("attempt", Integer(), nullable=False),
    Column("failure_reason", StorableText()),
    Column("fencing_token", BigInteger(), nullable=False, server_default="0"),
    Column("worker", StorableText()),
    Column("lease_expires_at", UtcTimestamp()),
    Column("claimable_at", UtcTimestamp(), Computed("by the migration")),
    PrimaryKeyConstraint("tenant", "id", name="operations_pkey"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("request_id", StorableText(), nullable=False),
    Column("fingerprint", StorableText(), nullable=False),
    Column("operation_id", StorableText(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False, server_default="now()"),
    PrimaryKeyConstraint("tenant", "request_id", name="idempotency_keys_pkey"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger(), Identity(always=True), primary_key=True),
    Column("tenant", StorableText(), nullable=False),
    Column("recorded_at", UtcTimestamp(), nullable=False, server_default="clock_timestamp()"),
    Column("actor", StorableText(), nullable=False),
    Column("action", StorableText(), nullable=False),
    Column("resource", StorableText(), nullable=False),
    Column("details", StorableText(), nullable=False),
)
