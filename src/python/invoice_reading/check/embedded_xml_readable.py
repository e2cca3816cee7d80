"""EMBEDDED-XML-01: an e-invoice inside the PDF that cannot be read fails, since nobody would learn of it otherwise."""

from collections.abc import Iterator
from dataclasses import replace

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class EmbeddedXmlReadable:
    """A `Rule` on the document, where a file inside is an e-invoice or should be one: a finding for each cause to fail."""

    rule_id = "EMBEDDED-XML-01"
    pack = OWN
    severity = Severity.WARNING
    text = "every e-invoice inside the PDF can be read"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        embedded = document.embedded
        for cause in dict.fromkeys(embedded.broken):
            failed = finding_of(self, Outcome.FAILED)
            yield replace(failed, message=f"{failed.message}: {cause}")
        if embedded.readable and not embedded.broken:
            yield finding_of(self, Outcome.PASSED)
