"""The media types that an attached document may have (BT-125-1)."""

MIME_TYPES = frozenset("""
    application/pdf image/png image/jpeg text/csv
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
    application/vnd.oasis.opendocument.spreadsheet
    """.split())
