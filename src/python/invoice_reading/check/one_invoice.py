"""SEVERAL-INVOICES-01: a file of pages holds one invoice; where it holds several, or may, a person looks at each.

Pages say nowhere where an invoice ends, nor whether the second is to be paid or goes with the first, as the invoice of a
hotel does with that of who travelled.
"""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class OneInvoice:
    """A `Rule` on the document: one finding, where the file has several pages."""

    rule_id = "SEVERAL-INVOICES-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the file of pages holds one invoice"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if document.beside_others or len(document.pages) > 1:
            yield finding_of(self, Outcome.FAILED if document.beside_others else Outcome.PASSED)
