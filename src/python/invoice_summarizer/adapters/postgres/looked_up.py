"""What is found in other tables than that of the invoices: by subqueries, each of which an index answers.

Row-level security lets no index answer what a list contains (`@>`), for such an operator could tell of rows of others;
of equality it does.
"""

from sqlalchemy import ColumnElement, select

from aip.filter_expression import Present, Value
from invoice_summarizer.adapters.postgres.tables import documents, invoice_terms, invoices

KEY_LENGTH = 100  # characters; as in the migration


def has_element(field: str, value: Value) -> ColumnElement[bool]:
    """Returns whether the list of the invoice has the value; with Present, whether it has any."""
    having = select(invoice_terms.c.invoice_id).where(invoice_terms.c.field == field)
    if isinstance(value, Present):
        return invoices.c.id.in_(having)
    assert isinstance(value, str), "an element of a list is a text"
    return invoices.c.id.in_(
        having.where(invoice_terms.c.key == value[:KEY_LENGTH], invoice_terms.c.value == value)
    )


def is_in_document_named(file_name: str) -> ColumnElement[bool]:
    """Returns whether the sender gave this name to the document of the invoice."""
    named = select(documents.c.sha256).where(documents.c.file_name == file_name)
    return invoices.c.document_sha256.in_(named)
