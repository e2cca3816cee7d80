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
    """Returns the amount as it counts for us: one that a credit note states as positive, with a minus."""
    counts_against = amount and kind_of(content) == "credit note" and Decimal(amount) > 0
    return f"-{amount}" if counts_against else amount
