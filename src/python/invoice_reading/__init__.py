"""Reads documents: from their bytes to exact data with evidence, checked, and with reasons where a person has to look.

Pure and synchronous: no network, no database, no clock. A child process, Ray, `invoicectl read` and ValidateInvoice use
it as it is.
"""
