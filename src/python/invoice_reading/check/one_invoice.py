"""SEVERAL-INVOICES-01: what is read as one invoice is one; where signs say that another may stand beside it, a person looks."""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class OneInvoice:
    """A `Rule` on the document: one finding, where there are several pages."""

    rule_id = "SEVERAL-INVOICES-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the pages are those of one invoice"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if len(document.pages) > 1:
            yield finding_of(self, Outcome.FAILED if document.holds_more else Outcome.PASSED)
