"""HIDDEN-TEXT-01: text that a reader of the page cannot see is kept apart, reported, never used."""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN
from invoice_reading.recognition.text_layer import has_unseen_words


class HiddenText:
    """A `Rule` on the document: one finding, where it has pages.

    What a scanner left over print, and says about what the print does, is no hidden text.
    """

    rule_id = "HIDDEN-TEXT-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the pages hold no text that a reader cannot see"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if not document.pages:
            return
        hidden = any(map(has_unseen_words, document.pages))
        yield finding_of(self, Outcome.FAILED if hidden else Outcome.PASSED)
