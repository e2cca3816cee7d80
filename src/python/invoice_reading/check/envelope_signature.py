"""SIGNATURE-01: the signature of the envelope around an e-invoice, which nobody has checked here."""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import PackName, finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class EnvelopeSignature:
    """A `Rule` on the document: NOT_DECIDABLE where it came in a signed envelope, and no finding where it did not."""

    rule_id = "SIGNATURE-01"
    severity = Severity.INFORMATION
    text = "the signature of the envelope around the e-invoice is valid, which is not checked here"
    fields: tuple[str, ...] = ()

    @property
    def pack(self) -> PackName:
        return OWN

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if document.signed:
            yield finding_of(self, Outcome.NOT_DECIDABLE)
