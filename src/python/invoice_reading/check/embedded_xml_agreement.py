"""EMBEDDED-XML-02: e-invoices inside one PDF that say different things leave open which of them counts."""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class EmbeddedXmlAgreement:
    """A `Rule` on the document: one finding, where several files inside can be read as e-invoices."""

    rule_id = "EMBEDDED-XML-02"
    pack = OWN
    severity = Severity.WARNING
    text = "the e-invoices inside the PDF say the same"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if document.embedded.readable > 1:
            differ = document.embedded.differ
            yield finding_of(self, Outcome.FAILED if differ else Outcome.PASSED)
