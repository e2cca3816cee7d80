"""The order of a list, and places in it.

Absent values come last in both directions; ties are broken by the id, ascending.
"""

from collections.abc import Sequence
from functools import cmp_to_key
from typing import Any

from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.field_text import field_text, field_value
from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS, FieldValue

_Place = tuple[Any, ...]  # the values of the terms, then the id


def sorted_invoices(invoices: Sequence[Invoice], order: Sequence[OrderTerm]) -> list[Invoice]:
    def compare(left: Invoice, right: Invoice) -> int:
        return _compare(_place(left, order), _place(right, order), order)

    return sorted(invoices, key=cmp_to_key(compare))


def behind(
    cursor: Cursor, invoices: Sequence[Invoice], order: Sequence[OrderTerm]
) -> list[Invoice]:
    """Returns the invoices behind the cursor. Raises InvalidInput where it is of another order."""
    if len(cursor) != len(order) + 1 or cursor[-1] is None:
        raise InvalidInput("the cursor is of another order", field="page_token")
    place = (*_values(cursor, order), cursor[-1])
    return [i for i in invoices if _compare(_place(i, order), place, order) > 0]


def cursor_after(invoice: Invoice, order: Sequence[OrderTerm]) -> Cursor:
    """Returns the cursor that stands behind the invoice."""
    return tuple(field_text(value) for value in _place(invoice, order))


def _values(cursor: Cursor, order: Sequence[OrderTerm]) -> list[FieldValue]:
    try:
        return [field_value(term.field, text) for term, text in zip(order, cursor, strict=False)]
    except ValueError:
        raise InvalidInput("the cursor is of another order", field="page_token") from None


def _place(invoice: Invoice, order: Sequence[OrderTerm]) -> _Place:
    return (*(INVOICE_FIELDS[term.field].value(invoice) for term in order), invoice.id)


def _compare(left: _Place, right: _Place, order: Sequence[OrderTerm]) -> int:
    directions = (*(term.descending for term in order), False)
    for mine, other, descending in zip(left, right, directions, strict=True):
        if mine == other:
            continue
        if mine is None or other is None:
            return 1 if mine is None else -1
        return 1 if (mine > other) is not descending else -1
    return 0
