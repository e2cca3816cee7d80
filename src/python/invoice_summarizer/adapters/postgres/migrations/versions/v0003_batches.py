"""Batches: many invoices or documents that are summarized by jobs on a cluster.

An item names its invoice and its summary without a foreign key, as the audit log does: a million items are stored by
one statement, and whoever deletes an invoice is held up by no batch.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE operations ADD progress_failed bigint NOT NULL DEFAULT 0")
    # State and times are those of the operation of the same id. Items are counted here when they are done: of a million
    # nobody counts them by looking.
    op.execute("""
        CREATE TABLE batches (
            tenant text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            source text COLLATE "C" NOT NULL CHECK (source IN ('filter', 'invoices', 'uri_prefix')),
            source_text text COLLATE "C" NOT NULL,
            language_code text COLLATE "C" NOT NULL,
            style text COLLATE "C" NOT NULL,
            instruction text COLLATE "C" NOT NULL,
            creator text COLLATE "C" NOT NULL,
            created_at timestamptz NOT NULL,
            total bigint,
            plan_failure text COLLATE "C",
            template bigint NOT NULL DEFAULT 0,
            model bigint NOT NULL DEFAULT 0,
            template_after_refusal bigint NOT NULL DEFAULT 0,
            template_after_failure bigint NOT NULL DEFAULT 0,
            failed bigint NOT NULL DEFAULT 0,
            job_number integer NOT NULL DEFAULT 0,
            job_done_before bigint NOT NULL DEFAULT 0,
            jobs_stalled integer NOT NULL DEFAULT 0,
            CONSTRAINT batches_pkey PRIMARY KEY (tenant, id),
            CONSTRAINT batches_operation_fkey FOREIGN KEY (tenant, id)
                REFERENCES operations (tenant, id) ON DELETE CASCADE
        )
    """)
    op.execute("""
        CREATE TABLE batch_items (
            tenant text COLLATE "C" NOT NULL,
            batch_id text COLLATE "C" NOT NULL,
            ordinal bigint NOT NULL,
            document_uri text COLLATE "C",
            invoice_id text COLLATE "C",
            state text COLLATE "C" NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'summarized', 'failed')),
            summary_id text COLLATE "C",
            failure_reason text COLLATE "C",
            CONSTRAINT batch_items_pkey PRIMARY KEY (tenant, batch_id, ordinal),
            CONSTRAINT batch_items_what_check CHECK (num_nonnulls(document_uri, invoice_id) > 0),
            CONSTRAINT batch_items_summary_check
                CHECK ((state = 'summarized') = (summary_id IS NOT NULL)),
            CONSTRAINT batch_items_failure_check
                CHECK ((state = 'failed') = (failure_reason IS NOT NULL))
        )
    """)
    op.execute("CREATE INDEX idx_batch_created ON batches (tenant, created_at, id)")
    op.execute("""
        CREATE INDEX idx_batch_item_failed ON batch_items (tenant, batch_id, ordinal)
        WHERE state = 'failed'
    """)
    for table in ("batches", "batch_items"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"""
            CREATE POLICY tenant_rows ON {table}
            USING (tenant = current_setting('app.tenant', true))
            WITH CHECK (tenant = current_setting('app.tenant', true))
        """)
    op.execute("GRANT SELECT, INSERT, UPDATE ON batches, batch_items TO invoices_app")
