"""Batches can be deleted; and an item names its document no more once its invoice was deleted."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A batch goes with its operation, by its foreign key.
    op.execute("GRANT DELETE ON batch_items TO invoices_app")
    # By what DeleteInvoice finds the items that were documents of the invoice.
    op.execute("""
        CREATE INDEX idx_batch_item_document ON batch_items (tenant, invoice_id)
        WHERE document_uri IS NOT NULL AND invoice_id IS NOT NULL
    """)
