"""Holds the XML inside a PDF against its pages, field by field."""

from collections.abc import Sequence
from dataclasses import replace

from en16931.model import InvoiceContent
from invoice_reading.agreement.accounting_currency import compare_accounting_currency
from invoice_reading.agreement.accounts import compare_accounts
from invoice_reading.agreement.addresses import compare_addresses
from invoice_reading.agreement.comparison import Comparison, Verdict
from invoice_reading.agreement.currency import compare_currency
from invoice_reading.agreement.dates import compare_dates
from invoice_reading.agreement.document_type import compare_type
from invoice_reading.agreement.invoice_number import compare_number
from invoice_reading.agreement.line_rows import line_rows
from invoice_reading.agreement.lines import compare_lines
from invoice_reading.agreement.party_names import compare_names
from invoice_reading.agreement.printed_document import printed_document
from invoice_reading.agreement.tax_identifiers import compare_tax_identifiers
from invoice_reading.agreement.totals import compare_totals
from invoice_reading.agreement.vat_rows import compare_vat_rows
from invoice_reading.page import Page


def compare(
    content: InvoiceContent, pages: Sequence[Page], *, all_pages_read: bool = True
) -> tuple[Comparison, ...]:
    """Returns the verdict on each field of the content that moves money or says who somebody is.

    What the pages do not print is NOT_PRINTED, which is no agreement. Where there are no visible words, or pages are
    missing, nothing can be decided of what was not found. Nothing raises, whatever the pages hold.
    """
    printed = printed_document(pages)
    rows = line_rows(content, printed)
    found = (
        *compare_number(content, printed),
        *compare_dates(content, printed),
        *compare_type(content, printed),
        *compare_currency(content, printed),
        *compare_names(content, printed),
        *compare_tax_identifiers(content, printed),
        *compare_addresses(content, printed),
        *compare_accounts(content, printed),
        *compare_totals(content, printed, rows),
        *compare_accounting_currency(content, printed),
        *compare_vat_rows(content, printed, rows),
        *compare_lines(content, printed, rows),
    )
    has_words = any(not word.hidden and word.text.strip() for page in pages for word in page.words)
    if has_words and all_pages_read:
        return found
    return tuple(map(_undecided, found))


def _undecided(comparison: Comparison) -> Comparison:
    """Returns the comparison of a page that was not read in full: only what was seen is known."""
    if comparison.verdict is Verdict.AGREES or comparison.printed is not None:
        return comparison
    return replace(comparison, verdict=Verdict.NOT_DECIDABLE)
