"""Invoices of companies that do not exist, for demonstrations and tests."""
