"""Each tenant has a revision: another one once a transaction has committed that changed any of its invoices.

Whoever keeps what it has read of a tenant's invoices keeps it under the revision that it read before, and asks for the
revision before it uses it.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE tenant_revisions (
            tenant text COLLATE "C" NOT NULL,
            revision uuid NOT NULL,
            CONSTRAINT tenant_revisions_pkey PRIMARY KEY (tenant)
        )
    """)
    # No numbers: after a backup was restored a number would come a second time, for other invoices.
    op.execute("ALTER TABLE tenant_revisions ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tenant_revisions FORCE ROW LEVEL SECURITY")
    op.execute("""
        CREATE POLICY tenant_rows ON tenant_revisions
        USING (tenant = current_setting('app.tenant', true))
        WITH CHECK (tenant = current_setting('app.tenant', true))
    """)
    op.execute("GRANT SELECT, INSERT, UPDATE ON tenant_revisions TO invoices_app")
    # As the last thing of a transaction, so that those of a tenant that commit at once wait for each other there only.
    # Once in a transaction: of a thousand rows the first one does it.
    op.execute("""
        CREATE FUNCTION mark_tenant_revision() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            of_tenant text := coalesce(NEW.tenant, OLD.tenant);
            marked text := pg_current_xact_id()::text || ' ' || of_tenant;
        BEGIN
            IF current_setting('app.marked', true) IS DISTINCT FROM marked THEN
                INSERT INTO tenant_revisions VALUES (of_tenant, gen_random_uuid())
                ON CONFLICT (tenant) DO UPDATE SET revision = excluded.revision;
                PERFORM set_config('app.marked', marked, true);
            END IF;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE CONSTRAINT TRIGGER tenant_revision_marked
        AFTER INSERT OR UPDATE OR DELETE ON invoices
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION mark_tenant_revision()
    """)
    # In one round trip, as `read_invoice_view`. No row: nothing of the tenant was changed since there are revisions.
    op.execute("""
        CREATE FUNCTION read_tenant_revision(of_tenant text)
        RETURNS SETOF text LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM set_config('role', 'invoices_app', true), set_config('app.tenant', of_tenant, true);
            RETURN QUERY SELECT revision::text FROM tenant_revisions WHERE tenant = of_tenant;
        END $$
    """)
