"""Which documents give money back: the credit notes among the document types of BT-3."""

from en16931.model import InvoiceContent

# UNTDID 1001.
CREDIT_NOTE_TYPE_CODES = (
    "81",
    "83",
    "261",
    "262",
    "296",
    "308",
    "381",
    "396",
    "420",
    "458",
    "532",
)


def is_credit_note(content: InvoiceContent) -> bool:
    return content.type_code in CREDIT_NOTE_TYPE_CODES


def states_credit_as_positive(content: InvoiceContent) -> bool:
    """Tells whether the amounts have to be taken away from those of invoices: a credit note whose total is positive.

    EN 16931 states credit notes in positive amounts (BT-3 says which way they count); many printed ones have a minus.
    """
    total = content.totals.amount_with_vat if content.totals else None
    return is_credit_note(content) and total is not None and total > 0
