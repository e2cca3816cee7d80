"""The tables as queries name them. The migrations make them; a test holds the two together.

The API's `create_time` and `update_time` are the columns `created_at` and `updated_at`.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Computed,
    Date,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.sql.type_api import TypeEngine

from aip.filter_field import FieldType
from invoice_summarizer.adapters.postgres.column_types import (
    JsonDocument,
    StorableText,
    UtcTimestamp,
)
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS
from invoice_summarizer.domain.summary import Origin

metadata = MetaData()

# Fields of the content become columns that the database computes; these are columns of their own.
_DECLARED_COLUMNS = {
    "invoice_id": "id",
    "status": "status",
    "form": "form",
    "create_time": "created_at",
    "update_time": "updated_at",
    "document.sha256": "document_sha256",
}


# These are the document's.
_DOCUMENT_COLUMNS = {"document.file_name": "file_name"}


def field_column(field: str) -> ColumnElement[Any]:
    """Returns what holds a field of INVOICE_FIELDS that is no list, of a row of `invoices`."""
    if field not in _DOCUMENT_COLUMNS:
        return invoices.c[column_name(field)]
    # Only where somebody asks for it: a list needs nothing else of the documents.
    return (
        select(documents.c[_DOCUMENT_COLUMNS[field]])
        .where(
            documents.c.tenant == invoices.c.tenant,
            documents.c.sha256 == invoices.c.document_sha256,
        )
        .scalar_subquery()
    )


def is_nullable(field: str) -> bool:
    return field in _DOCUMENT_COLUMNS or bool(invoices.c[column_name(field)].nullable)


def column_name(field: str) -> str:
    """Returns the name of the column of `invoices` that holds a field."""
    return _DECLARED_COLUMNS.get(field) or field.replace(".", "_")


def _content_column(field: str, kind: FieldType) -> Column[Any]:
    types: dict[FieldType, TypeEngine[Any]] = {
        FieldType.STRING: StorableText(),
        FieldType.TEXT: StorableText(),
        FieldType.ENUM: StorableText(),
        FieldType.DECIMAL: Numeric(),
        FieldType.DATE: Date(),
    }
    path = ",".join(field.split("."))
    return Column(column_name(field), types[kind], Computed(f"content #>> '{{{path}}}'"))


documents = Table(
    "documents",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("sha256", StorableText(), nullable=False),
    Column("size_bytes", BigInteger(), nullable=False),
    Column("media_type", StorableText(), nullable=False),
    Column("file_name", StorableText()),
    Column("created_at", UtcTimestamp(), nullable=False),
    PrimaryKeyConstraint("tenant", "sha256", name="documents_pkey"),
)

invoices = Table(
    "invoices",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("id", StorableText(), nullable=False),
    Column("document_sha256", StorableText(), nullable=False),
    Column("part", Integer(), nullable=False),
    Column("status", StorableText(), nullable=False),
    Column("version", BigInteger(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("updated_at", UtcTimestamp(), nullable=False),
    Column("failure_reason", StorableText()),
    Column("decision_comment", StorableText()),
    Column("view_version", StorableText(), nullable=False),
    Column("header_view", LargeBinary(), nullable=False),
    Column("form", StorableText()),
    Column("content", JsonDocument()),
    Column("annotations", LargeBinary()),
    Column("annotation_ends", ARRAY(Integer())),
    Column("findings", JsonDocument()),
    Column("completeness", JsonDocument()),
    Column("review_reasons", JsonDocument()),
    *(
        _content_column(name, field.filter.kind)
        for name, field in INVOICE_FIELDS.items()
        if name not in _DECLARED_COLUMNS
        and name not in _DOCUMENT_COLUMNS
        and field.filter.kind is not FieldType.LIST
    ),
    Column("seller_key", StorableText(), Computed("by the migration")),
    Column("is_copy", Boolean(), Computed("by the migration")),
    PrimaryKeyConstraint("tenant", "id", name="invoices_pkey"),
    UniqueConstraint("tenant", "document_sha256", "part", name="invoices_part_key"),
)

# The elements of the fields that are lists, by the names of the fields. `key` is the beginning of the value, by which it
# is found.
invoice_terms = Table(
    "invoice_terms",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("invoice_id", StorableText(), nullable=False),
    Column("field", StorableText(), nullable=False),
    Column("value", StorableText(), nullable=False),
    Column("key", StorableText(), Computed("by the migration")),
)

invoice_views = Table(
    "invoice_views",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("invoice_id", StorableText(), nullable=False),
    Column("version", StorableText(), nullable=False),
    Column("basic", LargeBinary(), nullable=False),
    Column("full", LargeBinary(), nullable=False),
    PrimaryKeyConstraint("tenant", "invoice_id", name="invoice_views_pkey"),
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
    Column("instruction", StorableText(), nullable=False),
    Column("identity", StorableText(), nullable=False),
    Column("origin", StorableText(), nullable=False),
    Column("claims", LargeBinary(), nullable=False),
    Column("refusal_reasons", JsonDocument(), nullable=False),
    Column("refused_answer", StorableText(), nullable=False),
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
    Column("number", BigInteger(), Identity(always=True), nullable=False),
    Column("kind", StorableText(), nullable=False),
    Column("invoice_id", StorableText()),
    Column("state", StorableText(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("updated_at", UtcTimestamp(), nullable=False),
    Column("due_at", UtcTimestamp(), nullable=False),
    Column("payload", JsonDocument(), nullable=False),
    Column("result", JsonDocument(), nullable=False),
    Column("progress_done", BigInteger(), nullable=False),
    Column("progress_total", BigInteger(), nullable=False),
    Column("progress_failed", BigInteger(), nullable=False),
    Column("attempt", Integer(), nullable=False),
    Column("failure_reason", StorableText()),
    Column("failure_metadata", JsonDocument(), nullable=False),
    Column("last_failure", StorableText()),
    Column("fencing_token", BigInteger(), nullable=False, server_default="0"),
    Column("worker", StorableText()),
    Column("lease_expires_at", UtcTimestamp()),
    Column("claimable_at", UtcTimestamp(), Computed("by the migration")),
    PrimaryKeyConstraint("tenant", "id", name="operations_pkey"),
)

# Where a batch counts its items that have a summary of that origin.
ORIGIN_COLUMNS = {origin: origin.value.lower() for origin in Origin}

batches = Table(
    "batches",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("id", StorableText(), nullable=False),
    Column("source", StorableText(), nullable=False),
    Column("source_text", StorableText(), nullable=False),
    Column("language_code", StorableText(), nullable=False),
    Column("style", StorableText(), nullable=False),
    Column("instruction", StorableText(), nullable=False),
    Column("creator", StorableText(), nullable=False),
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("total", BigInteger()),
    Column("plan_failure", StorableText()),
    *(
        Column(name, BigInteger(), nullable=False, server_default="0")
        for name in (*ORIGIN_COLUMNS.values(), "failed")
    ),
    Column("job_number", Integer(), nullable=False, server_default="0"),
    Column("job_done_before", BigInteger(), nullable=False, server_default="0"),
    Column("jobs_stalled", Integer(), nullable=False, server_default="0"),
    PrimaryKeyConstraint("tenant", "id", name="batches_pkey"),
)

batch_items = Table(
    "batch_items",
    metadata,
    Column("tenant", StorableText(), nullable=False),
    Column("batch_id", StorableText(), nullable=False),
    Column("ordinal", BigInteger(), nullable=False),
    Column("document_uri", StorableText()),
    Column("invoice_id", StorableText()),
    Column("state", StorableText(), nullable=False, server_default="pending"),
    Column("summary_id", StorableText()),
    Column("failure_reason", StorableText()),
    PrimaryKeyConstraint("tenant", "batch_id", "ordinal", name="batch_items_pkey"),
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
    Column("created_at", UtcTimestamp(), nullable=False),
    Column("kind", StorableText(), nullable=False),
    Column("actor", StorableText(), nullable=False),
    Column("invoice_id", StorableText()),
    Column("operation_id", StorableText()),
    Column("changed", ARRAY(StorableText()), nullable=False),
    Column("reason", StorableText()),
    Column("comment", StorableText()),
)

tenant_revisions = Table(
    "tenant_revisions",
    metadata,
    Column("tenant", StorableText(), nullable=False, primary_key=True),
    Column("revision", Uuid(), nullable=False),
)

scheduled_tasks = Table(
    "scheduled_tasks",
    metadata,
    Column("name", StorableText(), nullable=False),
    Column("turn", BigInteger(), nullable=False),
    Column("due_at", UtcTimestamp(), nullable=False),
    Column("finished_at", UtcTimestamp()),
    PrimaryKeyConstraint("name", name="scheduled_tasks_pkey"),
)
