"""Values of an invoice's fields as text, as a page's cursor holds them."""

from datetime import date, datetime
from decimal import Decimal

from aip.filter_field import FieldType
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS, FieldValue


def field_text(value: FieldValue) -> str | None:
    """Returns the text from which `field_value` makes the value again."""
    match value:
        case None:
            return None
        case date():  # and datetime
            return value.isoformat()
        case _:
            return str(value)


def field_value(field: str, text: str | None) -> FieldValue:
    """Returns the value of that field of INVOICE_FIELDS. Raises ValueError where the text is none of its values."""
    if text is None:
        return None
    match INVOICE_FIELDS[field].filter.kind:
        case FieldType.DECIMAL:
            return _decimal(text)
        case FieldType.DATE:
            return date.fromisoformat(text)
        case FieldType.TIMESTAMP:
            return datetime.fromisoformat(text)
        case _:
            return text


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError("no decimal number") from None
