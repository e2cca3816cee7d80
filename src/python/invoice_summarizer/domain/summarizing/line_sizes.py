"""How large the lines are, for the sentence that says that the largest follow."""

from decimal import Decimal

from en16931.model import InvoiceContent
from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.binding import Annotations, bound_value


def line_sizes(content: InvoiceContent, annotations: Annotations) -> list[Decimal]:
    """Returns the net amount of each line without its sign; 0 where none is bound that can be written."""
    return [_size(content, annotations, index) for index in range(len(content.lines))]


def _size(content: InvoiceContent, annotations: Annotations, index: int) -> Decimal:
    amount = bound_value(content, annotations, f"lines[{index}].net_amount")
    if not isinstance(amount, Decimal) or not locale_format.can_be_written(amount):
        return Decimal(0)
    return abs(amount)
