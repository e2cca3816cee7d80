"""CARRIED-SUM-01: what a table carries over from page to page is the sum of its rows so far."""

from collections.abc import Iterator
from dataclasses import replace

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN

_MOST_PAGES = 20  # that the message names


class CarriedSums:
    """A `Rule` on the document: one finding, where pages carry over sums of lines that were read by their words.

    One that does not hold means that a row was lost, or was never printed. Where a page was not read, its rows are
    missing for that, and nothing can be said.
    """

    rule_id = "CARRIED-SUM-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the sums that pages carry over are those of the lines before them"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if not document.carried:
            return
        pages = list(dict.fromkeys(one.page for one in document.carried if not one.holds))
        if not pages:
            yield finding_of(self, Outcome.PASSED)
            return
        if not document.all_pages_read:
            yield finding_of(self, Outcome.NOT_DECIDABLE)
            return
        named = ", ".join(map(str, pages[:_MOST_PAGES]))
        finding = finding_of(self, Outcome.FAILED)
        yield replace(finding, message=f"{self.text}; not so on pages: {named}")
