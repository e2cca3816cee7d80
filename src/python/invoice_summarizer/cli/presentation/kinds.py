"""What an invoice is in a word, and which way its amounts count."""

from decimal import Decimal

from en16931.document_types import CREDIT_NOTE_TYPE_CODES
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoices.v1 import content_pb2


def kind_of(content: content_pb2.InvoiceContent) -> str:
    """Returns the kind, as the document says it or its type (BT-3) does; nothing where neither was read."""
    field = content.extras.DESCRIPTOR.fields_by_name["document_kind"]
    kind = field.enum_type.values_by_number[content.extras.document_kind]
    if kind.number:
        return enum_words(str(kind.name))
    if content.type_code in CREDIT_NOTE_TYPE_CODES:
        return "credit note"
    return "invoice" if content.type_code else ""


def signed(amount: str, content: content_pb2.InvoiceContent) -> str:
    """Returns a total as it counts for us, as filters and sums take it: what is credited has a minus."""
    total = Decimal(content.totals.amount_with_vat or content.totals.amount_due or 0)
    if not amount or kind_of(content) != "credit note" or total <= 0:
        return amount
    return format(Decimal(amount).copy_negate(), "f")
