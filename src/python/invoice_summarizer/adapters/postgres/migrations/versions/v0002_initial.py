"""The first schema that is kept. That of 0.1.0, which was revision 0001, is not carried over.

Rights. Whoever migrates owns everything; the two roles own nothing. A login that is member of both takes one on for
each transaction (`set_config('role', ..., true)`) and should be NOINHERIT, so that it can do nothing otherwise:

    CREATE ROLE invoices_service LOGIN PASSWORD '...' NOINHERIT IN ROLE invoices_app, invoices_worker;

- invoices_app sees the rows of the tenant that `app.tenant` names for the transaction; without it, none. It adds to
  the audit log and reads it, and can do nothing else to it.
- invoices_worker sees operations of all tenants and which version the views of invoices are of, changes the columns
  of the queue, forgets old request ids, keeps the schedule of tasks, which alone has no tenant, and sees nothing else.
  What it claimed it works on as invoices_app, within the operation's tenant.
- Row-level security is forced: the owner is bound by it like anybody.

Columns of the content are computed by the database from `content`. What does not have the form of a number or date
there is NULL rather than an error, so that a column never stops an invoice from being stored.
"""

from collections.abc import Iterator

from alembic import op

revision = "0002"
down_revision = None
branch_labels = None
depends_on = None

_STATUSES = "'received', 'ready', 'review_pending', 'failed', 'approved', 'rejected', 'archived'"


def _text(path: str) -> str:
    return f"content #>> '{{{path}}}'"


def _number(path: str) -> str:
    number = r"^[+-]?[0-9]{1,60}(\.[0-9]{1,60})?([eE][+-]?[0-9]{1,2})?$"
    return f"CASE WHEN {_text(path)} ~ '{number}' THEN ({_text(path)})::numeric END"


def _date(path: str) -> str:
    # A cast from text to date depends on settings of the session, which a computed column must not.
    parts = ", ".join(
        f"substr({_text(path)}, {start}, {length})::integer"
        for start, length in ((1, 4), (6, 2), (9, 2))
    )
    date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    return f"CASE WHEN {_text(path)} ~ '{date}' THEN make_date({parts}) END"


def _kind() -> str:
    # Of a document that does not say what it is, its type (BT-3) does: UNTDID 1001.
    kinds = {
        "credit_note": (
            *("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503"),
            "532",
        ),
        "prepayment": ("386", "500"),
        "proforma": ("325",),
        "reminder": ("71",),
    }
    cases = " ".join(
        f"WHEN {_text('type_code')} IN ({', '.join(map(repr, codes))}) THEN '{kind}'"
        for kind, codes in kinds.items()
    )
    return f"""
        coalesce(
            lower({_text('extras,document_kind')}),
            CASE WHEN {_text('type_code')} IS NULL THEN NULL {cases} ELSE 'invoice' END
        )
    """


def _counted(path: str) -> str:
    # `en16931.credit_notes.counted`: a credit note that states positive amounts counts with a minus.
    return f"""
        CASE WHEN {_kind()} = 'credit_note'
            AND coalesce({_number("totals,amount_with_vat")}, {_number("totals,amount_due")}) > 0
            THEN - ({_number(path)}) ELSE {_number(path)} END
    """


_CONTENT_COLUMNS = {
    "kind": ('text COLLATE "C"', _kind()),
    "invoice_number": ('text COLLATE "C"', _text("invoice_number")),
    "issue_date": ("date", _date("issue_date")),
    "payment_due_date": ("date", _date("payment_due_date")),
    "type_code": ('text COLLATE "C"', _text("type_code")),
    "currency_code": ('text COLLATE "C"', _text("currency_code")),
    "purchase_order_reference": ('text COLLATE "C"', _text("purchase_order_reference")),
    "buyer_reference": ('text COLLATE "C"', _text("buyer_reference")),
    "lines_item_name": ('text COLLATE "C"', "item_names(content)"),
    "seller_name": ('text COLLATE "C"', _text("seller,name")),
    # By this suppliers are grouped: white space and case make no difference (`domain.one_line`).
    "seller_key": (
        'text COLLATE "C"',
        f"lower(one_line({_text('seller,name')}) COLLATE \"default\")",
    ),
    "is_copy": ("boolean", f"coalesce({_text('extras,copy')} = 'true', false)"),
    "seller_vat_identifier": ('text COLLATE "C"', _text("seller,vat_identifier")),
    "buyer_name": ('text COLLATE "C"', _text("buyer,name")),
    "totals_amount_without_vat": ("numeric", _counted("totals,amount_without_vat")),
    "totals_vat_amount": ("numeric", _counted("totals,vat_amount")),
    "totals_amount_with_vat": ("numeric", _counted("totals,amount_with_vat")),
    "totals_amount_due": ("numeric", _counted("totals,amount_due")),
}


def upgrade() -> None:
    for statement in (
        *_roles(),
        *_functions(),
        *_tables(),
        *_terms(),
        *_indexes(),
        *_audit_guard(),
        *_rights(),
        *_reads(),
    ):
        op.execute(statement)


def _roles() -> Iterator[str]:
    # Roles belong to the server, so another database of it may have made them, or be making them now.
    for role in ("invoices_app", "invoices_worker"):
        yield f"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                    CREATE ROLE {role} NOLOGIN NOBYPASSRLS;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
        """


def _functions() -> Iterator[str]:
    yield """
        CREATE FUNCTION array_or_none(found jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT CASE WHEN jsonb_typeof(found) = 'array' THEN found END
        $$
    """
    yield """
        CREATE FUNCTION one_line(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT btrim(regexp_replace($1, E'[ \\t\\r\\n\\f\\v\\u00a0]+', ' ', 'g'))
        $$
    """
    yield """
        CREATE FUNCTION item_names(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
            SELECT string_agg(line #>> '{item,name}', E'\n' ORDER BY number)
            FROM jsonb_array_elements(array_or_none(content -> 'lines'))
                WITH ORDINALITY AS each (line, number)
        $$
    """


def _tables() -> Iterator[str]:
    computed = ",\n".join(
        f"{name} {kind} GENERATED ALWAYS AS ({expression}) STORED"
        for name, (kind, expression) in _CONTENT_COLUMNS.items()
    )
    yield """
        CREATE TABLE documents (
            tenant text COLLATE "C" NOT NULL CHECK (tenant <> ''),
            sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            size_bytes bigint NOT NULL,
            media_type text COLLATE "C" NOT NULL,
            file_name text COLLATE "C",
            created_at timestamptz NOT NULL,
            CONSTRAINT documents_pkey PRIMARY KEY (tenant, sha256)
        )
    """
    yield f"""
        CREATE TABLE invoices (
            tenant text COLLATE "C" NOT NULL CHECK (tenant <> ''),
            id text COLLATE "C" NOT NULL,
            document_sha256 text COLLATE "C" NOT NULL,
            part integer NOT NULL CHECK (part > 0),
            status text COLLATE "C" NOT NULL CHECK (status IN ({_STATUSES})),
            version bigint NOT NULL,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            failure_reason text COLLATE "C",
            decision_comment text COLLATE "C",
            view_version text COLLATE "C" NOT NULL,
            header_view bytea NOT NULL,
            form text COLLATE "C",
            content jsonb,
            annotations bytea,
            annotation_ends integer[],
            findings jsonb,
            completeness jsonb,
            review_reasons jsonb,
            {computed},
            CONSTRAINT invoices_pkey PRIMARY KEY (tenant, id),
            CONSTRAINT invoices_part_key UNIQUE (tenant, document_sha256, part),
            CONSTRAINT invoices_document_fkey FOREIGN KEY (tenant, document_sha256)
                REFERENCES documents (tenant, sha256),
            CONSTRAINT invoices_reading_check
                CHECK (num_nulls(
                    form, content, annotations, annotation_ends, findings, completeness, review_reasons
                ) IN (0, 7))
        )
    """
    # In packed parts by line, of which the ends are known: they are the most of an invoice, and nothing is looked for in them.
    yield "ALTER TABLE invoices ALTER annotations SET STORAGE EXTERNAL"
    # What the edge sends of a reading. Kept uncompressed: it is read far more often than it is written.
    yield """
        CREATE TABLE invoice_views (
            tenant text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C" NOT NULL,
            version text COLLATE "C" NOT NULL,
            basic bytea NOT NULL,
            "full" bytea NOT NULL,
            CONSTRAINT invoice_views_pkey PRIMARY KEY (tenant, invoice_id),
            CONSTRAINT invoice_views_invoice_fkey FOREIGN KEY (tenant, invoice_id)
                REFERENCES invoices (tenant, id) ON DELETE CASCADE
        )
    """
    yield 'ALTER TABLE invoice_views ALTER basic SET STORAGE EXTERNAL, ALTER "full" SET STORAGE EXTERNAL'
    yield """
        CREATE TABLE summaries (
            tenant text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            text text COLLATE "C" NOT NULL,
            language_code text COLLATE "C" NOT NULL,
            style text COLLATE "C" NOT NULL,
            instruction text COLLATE "C" NOT NULL,
            identity text COLLATE "C" NOT NULL,
            origin text COLLATE "C" NOT NULL,
            claims bytea NOT NULL,
            refusal_reasons jsonb NOT NULL,
            refused_answer text COLLATE "C" NOT NULL,
            provenance jsonb NOT NULL,
            created_at timestamptz NOT NULL,
            invoice_etag text COLLATE "C" NOT NULL,
            CONSTRAINT summaries_pkey PRIMARY KEY (tenant, invoice_id, id),
            CONSTRAINT summaries_invoice_fkey FOREIGN KEY (tenant, invoice_id)
                REFERENCES invoices (tenant, id) ON DELETE CASCADE
        )
    """
    # Packed; one may have a place for each line of the invoice.
    yield "ALTER TABLE summaries ALTER claims SET STORAGE EXTERNAL"
    yield """
        CREATE TABLE operations (
            tenant text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            number bigint GENERATED ALWAYS AS IDENTITY,
            kind text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C",
            state text COLLATE "C" NOT NULL
                CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
            result jsonb NOT NULL CHECK (jsonb_typeof(result) = 'object'),
            progress_done bigint NOT NULL,
            progress_total bigint NOT NULL,
            attempt integer NOT NULL,
            failure_reason text COLLATE "C",
            failure_metadata jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(failure_metadata) = 'object'),
            last_failure text COLLATE "C",
            fencing_token bigint NOT NULL DEFAULT 0,
            worker text COLLATE "C",
            lease_expires_at timestamptz,
            claimable_at timestamptz GENERATED ALWAYS AS (
                CASE state WHEN 'pending' THEN due_at WHEN 'running' THEN lease_expires_at END
            ) STORED,
            CONSTRAINT operations_pkey PRIMARY KEY (tenant, id),
            CONSTRAINT operations_invoice_fkey FOREIGN KEY (tenant, invoice_id)
                REFERENCES invoices (tenant, id) ON DELETE CASCADE,
            CONSTRAINT operations_lease_check
                CHECK ((state = 'running') <= (lease_expires_at IS NOT NULL AND worker IS NOT NULL))
        )
    """
    yield """
        CREATE TABLE idempotency_keys (
            tenant text COLLATE "C" NOT NULL CHECK (tenant <> ''),
            request_id text COLLATE "C" NOT NULL,
            fingerprint text COLLATE "C" NOT NULL,
            operation_id text COLLATE "C" NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant, request_id),
            CONSTRAINT idempotency_keys_operation_fkey FOREIGN KEY (tenant, operation_id)
                REFERENCES operations (tenant, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
        )
    """
    yield """
        CREATE TABLE audit_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant text COLLATE "C" NOT NULL CHECK (tenant <> ''),
            created_at timestamptz NOT NULL,
            kind text COLLATE "C" NOT NULL,
            actor text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C",
            operation_id text COLLATE "C",
            changed text[] COLLATE "C" NOT NULL,
            reason text COLLATE "C",
            comment text COLLATE "C",
            CONSTRAINT audit_log_resource_check CHECK (num_nonnulls(invoice_id, operation_id) > 0)
        )
    """
    # A task is due at due_at; while somebody has the turn, that is when it runs out.
    yield """
        CREATE TABLE scheduled_tasks (
            name text COLLATE "C" NOT NULL,
            turn bigint NOT NULL,
            due_at timestamptz NOT NULL,
            finished_at timestamptz,
            CONSTRAINT scheduled_tasks_pkey PRIMARY KEY (name)
        )
    """


def _terms() -> Iterator[str]:
    """Yields what keeps the elements of lists by which invoices are filtered.

    Of an account its spaces are left out; of a review reason there is its code too. What is longer than an entry of an
    index may be is found by its beginning.
    """
    yield """
        CREATE TABLE invoice_terms (
            tenant text COLLATE "C" NOT NULL,
            invoice_id text COLLATE "C" NOT NULL,
            field text COLLATE "C" NOT NULL,
            value text COLLATE "C" NOT NULL,
            key text COLLATE "C" GENERATED ALWAYS AS ("left"(value, 100)) STORED,
            CONSTRAINT invoice_terms_invoice_fkey FOREIGN KEY (tenant, invoice_id)
                REFERENCES invoices (tenant, id) ON DELETE CASCADE
        )
    """
    yield """
        CREATE FUNCTION keep_invoice_terms() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                DELETE FROM invoice_terms WHERE tenant = NEW.tenant AND invoice_id = NEW.id;
            END IF;
            INSERT INTO invoice_terms (tenant, invoice_id, field, value)
            SELECT DISTINCT NEW.tenant, NEW.id, field, value
            FROM (
                SELECT 'payment_instructions.credit_transfers.account_identifier' AS field,
                    upper(translate(transfer ->> 'account_identifier', E' \\t\\r\\n\\u00a0', '') COLLATE "C")
                        AS value
                FROM jsonb_array_elements(
                    array_or_none(NEW.content #> '{payment_instructions,credit_transfers}')
                ) AS each (transfer)
                UNION ALL
                SELECT 'review_reasons', reason ->> 'code'
                FROM jsonb_array_elements(array_or_none(NEW.review_reasons)) AS each (reason)
                UNION ALL
                SELECT 'review_reasons', (reason ->> 'code') || ':' || (reason ->> 'subject')
                FROM jsonb_array_elements(array_or_none(NEW.review_reasons)) AS each (reason)
            ) AS terms
            WHERE value IS NOT NULL;
            RETURN NULL;
        END $$
    """
    yield """
        CREATE TRIGGER invoice_terms_kept
        AFTER INSERT OR UPDATE OF content, review_reasons ON invoices
        FOR EACH ROW EXECUTE FUNCTION keep_invoice_terms()
    """
    yield "CREATE INDEX idx_invoice_term ON invoice_terms (tenant, field, key, invoice_id)"
    yield "CREATE INDEX idx_invoice_term_invoice ON invoice_terms (tenant, invoice_id)"


def _indexes() -> Iterator[str]:
    # Operators know this one by its name.
    yield "CREATE INDEX idx_invoice_status ON invoices (status, created_at)"
    # Lists come in these orders, absent values last. Texts of any length are in no index, for an entry has at most
    # a third of a page, and the write of a longer one would fail.
    for name, columns in (
        ("idx_invoice_created", "created_at DESC, id"),
        ("idx_invoice_tenant_status", "status, created_at DESC, id"),
        ("idx_invoice_issue_date", "issue_date DESC NULLS LAST, id"),
        ("idx_invoice_due_date", "payment_due_date, id"),
        ("idx_invoice_amount_due", "totals_amount_due DESC NULLS LAST, id"),
    ):
        yield f"CREATE INDEX {name} ON invoices (tenant, {columns})"
    # Texts of any length can be hashed.
    yield "CREATE INDEX idx_invoice_purchase_order ON invoices USING hash (purchase_order_reference)"
    yield "CREATE INDEX idx_invoice_buyer_reference ON invoices USING hash (buyer_reference)"
    yield "CREATE INDEX idx_document_file_name ON documents USING hash (file_name)"
    yield "CREATE INDEX idx_summary_created ON summaries (tenant, invoice_id, created_at, id)"
    yield "CREATE INDEX idx_operation_created ON operations (tenant, created_at, id)"
    # Which one came last is told by this database alone, whatever the clocks of servers say.
    yield "CREATE INDEX idx_operation_invoice ON operations (tenant, invoice_id, number)"
    yield """
        CREATE UNIQUE INDEX operations_under_way_key ON operations (tenant, invoice_id)
        WHERE state IN ('pending', 'running')
    """
    yield """
        CREATE UNIQUE INDEX summaries_identity_key ON summaries (tenant, invoice_id, identity)
    """
    # By these the views are found that are of an earlier version.
    yield "CREATE INDEX idx_invoice_view_version ON invoices (view_version)"
    yield "CREATE INDEX idx_view_version ON invoice_views (version)"
    yield """
        CREATE INDEX idx_operation_claimable ON operations (tenant, claimable_at, id)
        WHERE claimable_at IS NOT NULL
    """
    yield "CREATE INDEX idx_idempotency_operation ON idempotency_keys (tenant, operation_id)"
    yield "CREATE INDEX idx_idempotency_created ON idempotency_keys (created_at)"
    yield "CREATE INDEX idx_audit_invoice ON audit_log (tenant, invoice_id, id)"


def _audit_guard() -> Iterator[str]:
    yield """
        CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
        END $$
    """
    yield """
        CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
    """


def _rights() -> Iterator[str]:
    of_tenants = (
        "documents",
        "invoices",
        "invoice_views",
        "invoice_terms",
        "summaries",
        "operations",
        "idempotency_keys",
        "audit_log",
    )
    for table in (*of_tenants, "scheduled_tasks"):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for table in of_tenants:
        # Unset, the setting is NULL or empty, and no row has such a tenant.
        yield f"""
            CREATE POLICY tenant_rows ON {table}
            USING (tenant = current_setting('app.tenant', true))
            WITH CHECK (tenant = current_setting('app.tenant', true))
        """
    yield "CREATE POLICY queue_rows ON operations TO invoices_worker USING (true)"
    yield "CREATE POLICY schedule_rows ON scheduled_tasks TO invoices_worker USING (true)"
    yield "CREATE POLICY old_rows ON idempotency_keys TO invoices_worker USING (true)"
    yield "CREATE POLICY stale_rows ON invoices FOR SELECT TO invoices_worker USING (true)"
    yield "CREATE POLICY stale_rows ON invoice_views FOR SELECT TO invoices_worker USING (true)"
    # FOR KEY SHARE, which holds a document while an invoice of it comes in, asks for the right to update.
    yield """
        GRANT SELECT, INSERT, UPDATE, DELETE
        ON documents, invoices, invoice_views, summaries, operations TO invoices_app
    """
    yield "GRANT SELECT, INSERT, DELETE ON invoice_terms TO invoices_app"
    yield "GRANT SELECT, INSERT, DELETE ON idempotency_keys TO invoices_app"
    yield "GRANT SELECT, INSERT ON audit_log TO invoices_app"
    yield "GRANT SELECT ON alembic_version TO invoices_app"
    yield "GRANT SELECT (tenant, id, view_version) ON invoices TO invoices_worker"
    yield "GRANT SELECT (tenant, invoice_id, version) ON invoice_views TO invoices_worker"
    yield "GRANT SELECT ON operations TO invoices_worker"
    yield "GRANT SELECT, INSERT, UPDATE ON scheduled_tasks TO invoices_worker"
    yield "GRANT SELECT (created_at), DELETE ON idempotency_keys TO invoices_worker"
    yield """
        GRANT UPDATE (
            state, due_at, attempt, last_failure, fencing_token, worker, lease_expires_at, updated_at
        ) ON operations TO invoices_worker
    """


def _reads() -> Iterator[str]:
    # The one rule for what may be sent as it is stored; an invoice that was never read has views of its header alone.
    yield """
        CREATE FUNCTION views_are_of(of_version text, header_version text, reading_version text)
        RETURNS boolean LANGUAGE sql IMMUTABLE
        RETURN header_version = of_version AND coalesce(reading_version, of_version) = of_version
    """
    # One statement for what is asked most often. It has the rights of whoever calls it, and the role and the tenant that
    # it sets end with the caller's transaction. NULL where the views are of another version than the one wanted.
    yield """
        CREATE FUNCTION read_invoice_view(
            of_tenant text, of_invoice text, in_full boolean, of_version text
        ) RETURNS SETOF bytea LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM set_config('role', 'invoices_app', true), set_config('app.tenant', of_tenant, true);
            RETURN QUERY
                SELECT CASE WHEN views_are_of(of_version, invoice.view_version, reading.version)
                    THEN invoice.header_view
                        || coalesce(CASE WHEN in_full THEN reading."full" ELSE reading.basic END, '')
                END
                FROM invoices AS invoice LEFT JOIN invoice_views AS reading
                    ON reading.tenant = invoice.tenant AND reading.invoice_id = invoice.id
                WHERE invoice.tenant = of_tenant AND invoice.id = of_invoice;
        END $$
    """
    # Whoever asks for the same number waits for the caller's transaction to end, and the next statement then sees what
    # that has stored. Both in one, since every reading that is stored asks. "identity" is no field of filters.
    yield """
        CREATE FUNCTION same_invoices(
            number_lock bigint, identities text[], of_document text, most integer
        ) RETURNS SETOF text LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(number_lock);
            RETURN QUERY
                SELECT id FROM invoices
                WHERE document_sha256 <> of_document AND id IN (
                    SELECT invoice_id FROM invoice_terms
                    WHERE field = 'identity' AND value = ANY (identities)
                        AND key = ANY (SELECT "left"(identity, 100) FROM unnest(identities) AS identity)
                )
                ORDER BY created_at, id LIMIT most;
        END $$
    """
