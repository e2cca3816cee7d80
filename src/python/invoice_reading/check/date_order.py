"""DUE-DATE-01: is the invoice to be paid before it was written?"""

from collections.abc import Iterator

from en16931.credit_notes import is_credit_note
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from invoice_reading.check.pack import OWN

_DUE, _ISSUED = "payment_due_date", "issue_date"


class DateOrder:
    """A `Rule` on the content: one finding where both dates are declared, and something is to be paid."""

    rule_id = "DUE-DATE-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the due date is not before the issue date"
    fields = (_DUE, _ISSUED)

    def check(self, declared: Declared) -> Iterator[Finding]:
        due, issued = declared.content.payment_due_date, declared.content.issue_date
        if due is None or issued is None or not _asks_for_money(declared.content):
            return
        yield finding_of(self, Outcome.FAILED if due < issued else Outcome.PASSED, self.fields)


def _asks_for_money(content: InvoiceContent) -> bool:
    due = content.totals.amount_due if content.totals is not None else None
    # An amount that is no number comes from no document; it is no reason to say nothing.
    asks = due is None or not due.is_finite() or due > 0
    return asks and not is_credit_note(content)
