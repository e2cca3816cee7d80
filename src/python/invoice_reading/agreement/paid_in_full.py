"""An invoice of which nothing is left to pay: its page says that it is paid, and often prints no zero."""

from en16931.model import InvoiceContent
from invoice_reading.agreement.printed_document import PrintedDocument

_PAID = tuple(
    "bezahlt beglichen paid prepaid paye acquitte regle betaald pagato pagado vorkasse vorauskasse erhalten received "
    "eingezogen abgebucht".split()
)
_NOT = frozenset("nicht not non un unless wenn sofern if until bis".split())


def is_paid(content: InvoiceContent, printed: PrintedDocument) -> bool:
    """Returns whether the XML leaves nothing to pay of a total, and the pages say that it has been paid."""
    totals = content.totals
    if totals is None or totals.amount_due != 0 or not totals.paid_amount:
        return False
    for row in printed.rows:
        words = [token.text for token in row.tokens]
        if any(word.startswith(_PAID) for word in words) and _NOT.isdisjoint(words):
            return True
    return False
