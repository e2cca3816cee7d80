"""An XML invoice of 100 lines, or of more."""

import msgspec

from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.ubl_xml import ubl_xml

LINES = 100


def long_invoices(lines_wanted: int = LINES) -> dict[str, bytes]:
    """Returns the same invoice in each syntax of XML."""
    content = sample_invoices()[0].expected
    repeated = content.lines * (lines_wanted // len(content.lines))
    lines = tuple(
        msgspec.structs.replace(line, identifier=str(number))
        for number, line in enumerate(repeated, start=1)
    )
    long = with_amounts(msgspec.structs.replace(content, lines=lines, allowances=()))
    return {"CII": cii_xml(long), "UBL": ubl_xml(long)}
