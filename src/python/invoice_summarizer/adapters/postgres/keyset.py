"""Pages by position: a cursor holds the values by which the last row was sorted, so rows may come and go.

Absent values come last in both directions; ties are broken by the id, ascending.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.sql.elements import UnaryExpression

from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.adapters.postgres.tables import field_column, invoices, is_nullable
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.field_text import field_text, field_value
from invoice_summarizer.domain.invoice_fields import FieldValue


def ordering(order: Sequence[OrderTerm]) -> list[UnaryExpression[object]]:
    """Returns the ORDER BY of these terms."""
    terms: list[UnaryExpression[object]] = []
    for term in order:
        column = field_column(term.field)
        direction = column.desc() if term.descending else column.asc()
        # An index serves an order only where both say the same of NULL, even where there is none.
        terms.append(direction.nulls_last() if is_nullable(term.field) else direction)
    return [*terms, invoices.c.id.asc()]


def order_columns(order: Sequence[OrderTerm]) -> list[ColumnElement[Any]]:
    """Returns what a row has to bring along so that `cursor_after` can be had from it."""
    return [field_column(term.field).label(f"order_{n}") for n, term in enumerate(order)]


def cursor_after(values: Sequence[Any], invoice_id: str) -> Cursor:
    """Returns the cursor behind the row that has these values in its order columns."""
    return (*map(field_text, values), invoice_id)


def behind(cursor: Cursor, order: Sequence[OrderTerm]) -> ColumnElement[bool]:
    """Returns the predicate that a row stands behind the cursor. Raises InvalidInput where it is of another order."""
    if len(cursor) != len(order) + 1 or cursor[-1] is None:
        raise InvalidInput("the cursor is of another order", field="page_token")
    alternatives: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for term, written in zip(order, cursor[:-1], strict=True):
        column = field_column(term.field)
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
    column = field_column(term.field)
    if is_nullable(term.field) or written is None:
        return true()
    value = _value(term.field, written)
    return column <= value if term.descending else column >= value


def _value(field: str, text: str) -> FieldValue:
    try:
        return field_value(field, text)
    except ValueError:
        raise InvalidInput("the cursor is of another order", field="page_token") from None
