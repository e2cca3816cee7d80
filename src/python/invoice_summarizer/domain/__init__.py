"""Invoices as this system understands them: pure classes and functions, no I/O."""
