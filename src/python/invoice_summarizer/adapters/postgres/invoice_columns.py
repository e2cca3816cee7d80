"""The columns of `invoices` that an invoice is made of; computed ones only serve queries."""

from invoice_summarizer.adapters.postgres.tables import invoices

STORED_COLUMNS = tuple(column for column in invoices.columns if column.computed is None)
