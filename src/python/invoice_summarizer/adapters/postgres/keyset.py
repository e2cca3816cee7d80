"""Pages by position: a cursor holds the values by which the last row was sorted, so rows may come and go.

Absent values come last in both directions; ties are broken by the id, ascending.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, or_, true
from sqlalchemy.sql.elements import UnaryExpression

from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.adapters.postgres.tables import column_name, invoices
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.field_text import field_text, field_value
from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS, FieldValue


def ordering(order: Sequence[OrderTerm]) -> list[UnaryExpression[object]]:
    """Returns the ORDER BY of these terms."""
    terms: list[UnaryExpression[object]] = []
    for term in order:
        column = _column(term.field)
        direction = column.desc() if term.descending else column.asc()
        # An index serves an order only where both say the same of NULL, even where there is none.
        terms.append(direction.nulls_last() if column.nullable else direction)
    return [*terms, invoices.c.id.asc()]


def cursor_after(invoice: Invoice, order: Sequence[OrderTerm]) -> Cursor:
    """Returns the cursor that stands behind the invoice."""
    return (*(field_text(INVOICE_FIELDS[term.field].value(invoice)) for term in order), invoice.id)


def behind(cursor: Cursor, order: Sequence[OrderTerm]) -> ColumnElement[bool]:
    """Returns the predicate that a row stands behind the cursor. Raises InvalidInput where it is of another order."""
    if len(cursor) != len(order) + 1 or cursor[-1] is None:
        raise InvalidInput("the cursor is of another order", field="page_token")
    alternatives: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for term, written in zip(order, cursor[:-1], strict=True):
        column = _column(term.field)
        if written is None:
            further: ColumnElement[bool] = false()
            equal_here: ColumnElement[bool] = column.is_(None)
        else:
            value = _value(term.field, written)
            further = or_(column < value if term.descending else column > value, column.is_(None))
            equal_here = column == value
        alternatives.append(and_(*equal, further))
        equal.append(equal_here)
    position = or_(*alternatives, and_(*equal, invoices.c.id > cursor[-1]))
    return and_(_from(order[0], cursor[0]), position) if order else position


def _from(term: OrderTerm, written: str | None) -> ColumnElement[bool]:
    """Returns a condition that follows from the position, and by which an index finds its beginning."""
    column = _column(term.field)
    if column.nullable or written is None:
        return true()
    value = _value(term.field, written)
    return column <= value if term.descending else column >= value


def _column(field: str) -> Column[Any]:
    return invoices.c[column_name(field)]


def _value(field: str, text: str) -> FieldValue:
    try:
        return field_value(field, text)
    except ValueError:
        raise InvalidInput("the cursor is of another order", field="page_token") from None
