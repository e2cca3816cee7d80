"""DATE-01: does the calendar have the dates that an e-invoice states?"""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN


class CalendarDates:
    """A `Rule` on the document: one finding for each date in XML that is none, as 30 February.

    It is for information: a date that cannot be read goes to a person where something is paid by it.
    """

    rule_id = "DATE-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "each date is one of the calendar"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        for path in document.impossible_dates:
            yield finding_of(self, Outcome.FAILED, (path,))
