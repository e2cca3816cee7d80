"""Which documents give money back: credit notes, as the document says by its kind or by its type (BT-3)."""

from decimal import Decimal

from en16931.document_types import CREDIT_NOTE_TYPE_CODES, document_kind_of
from en16931.model import DocumentKind, InvoiceContent

__all__ = [
    "CREDIT_NOTE_TYPE_CODES",
    "counted",
    "document_kind",
    "is_credit_note",
    "states_credit_as_positive",
]


def document_kind(content: InvoiceContent) -> DocumentKind | None:
    """Returns what the document is: by its kind, and only where none is declared by its type code; None without both.

    A UBL CreditNote is one by its root element; it need not have a type code.
    """
    kind = content.extras.document_kind if content.extras is not None else None
    if kind is None and content.type_code is not None:
        kind = document_kind_of(content.type_code)
    return kind


def is_credit_note(content: InvoiceContent) -> bool:
    """Tells whether the document is a credit note."""
    return document_kind(content) is DocumentKind.CREDIT_NOTE


def states_credit_as_positive(content: InvoiceContent) -> bool:
    """Tells whether the amounts have to be taken away from those of invoices: a credit note whose total is positive.

    The total is BT-112, and where that is not stated BT-115. EN 16931 states credit notes in positive amounts (BT-3 says
    which way they count); many printed ones have a minus.
    """
    if content.totals is None or not is_credit_note(content):
        return False
    with_vat, due = content.totals.amount_with_vat, content.totals.amount_due
    total = due if with_vat is None else with_vat
    return total is not None and total > 0


def counted(content: InvoiceContent, amount: Decimal) -> Decimal:
    """Returns a total of the document as it counts beside those of invoices: what is credited with a minus."""
    return amount.copy_negate() if states_credit_as_positive(content) else amount
