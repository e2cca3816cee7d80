"""Google's API Improvement Proposals as plain functions: names, pages, filters, orders, masks, etags.

Pure: it knows no invoices, no protobuf and no transport. Each module names the AIP that it keeps.
"""
