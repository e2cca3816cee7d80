"""Invoices as the edge sends them, many at a time."""
