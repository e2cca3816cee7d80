"""EMBEDDED-XML-01: an e-invoice inside the PDF that cannot be read fails, since nobody would learn of it otherwise."""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class EmbeddedXmlReadable:
    """A `Rule` on the document: one finding, where a file inside is an e-invoice or should be one."""

    rule_id = "EMBEDDED-XML-01"
    pack = OWN
    severity = Severity.WARNING
    text = "every e-invoice inside the PDF can be read"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        embedded = document.embedded
        if embedded.readable or embedded.broken:
            yield finding_of(self, Outcome.FAILED if embedded.broken else Outcome.PASSED)
