"""Filters of a list as SQL predicates that are true or false, never unknown.

A comparison with an absent value is false; `!=` is the negation of `=`, and so true of an absent value. `:` on text
ignores case, all else does not. A list has what is one of its elements.
"""

from sqlalchemy import ColumnElement, Integer, and_, collate, false, func, literal, not_, or_

from aip.filter_expression import (
    And,
    Comparison,
    Expression,
    Not,
    Operator,
    Or,
    Present,
    TextPattern,
)
from aip.filter_field import FieldType
from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.looked_up import has_element, is_in_document_named
from invoice_summarizer.adapters.postgres.tables import field_column
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS

_LAST = "\U0010ffff"  # of all code points


def predicate(expression: Expression) -> ColumnElement[bool]:
    """Returns what the filter says of a row of `invoices`."""
    match expression:
        case And(operands):
            return and_(*map(predicate, operands))
        case Or(operands):
            return or_(*map(predicate, operands))
        case Not(operand):
            return not_(_known(predicate(operand)))
        case Comparison():
            return _comparison(expression)


def _comparison(comparison: Comparison) -> ColumnElement[bool]:
    if INVOICE_FIELDS[comparison.field].filter.kind is FieldType.LIST:
        return has_element(comparison.field, comparison.value)
    if (
        comparison.field == "document.file_name"
        and comparison.operator is Operator.EQUAL
        and isinstance(comparison.value, str)
    ):
        return is_in_document_named(comparison.value)
    column: ColumnElement[object] = field_column(comparison.field)
    value = comparison.value
    if isinstance(value, Present):
        return column.is_not(None)
    match comparison.operator:
        case Operator.NOT_EQUAL:
            return not_(_known(_equal(column, value)))
        case Operator.EQUAL:
            return _equal(column, value)
        case Operator.HAS:
            return _has(column, value)
        case Operator.LESS:
            return column < value
        case Operator.LESS_OR_EQUAL:
            return column <= value
        case Operator.GREATER:
            return column > value
        case Operator.GREATER_OR_EQUAL:
            return column >= value


def _equal(column: ColumnElement[object], value: object) -> ColumnElement[bool]:
    return _matches(column, value) if isinstance(value, TextPattern) else column == value


def _has(column: ColumnElement[object], value: object) -> ColumnElement[bool]:
    if isinstance(value, str):
        value = TextPattern(value, any_before=True, any_after=True)
    if not isinstance(value, TextPattern):
        return column == value
    return _matches(_lower(column), value, ignore_case=True)


def _matches(
    column: ColumnElement[object], pattern: TextPattern, *, ignore_case: bool = False
) -> ColumnElement[bool]:
    text: ColumnElement[object] = literal(pattern.text, StorableText())
    if ignore_case:
        text = _lower(text)
    if pattern.any_before and pattern.any_after:
        return func.strpos(column, text, type_=Integer()) > 0
    if pattern.any_after:
        return func.starts_with(column, text) if ignore_case else _begins_with(column, pattern.text)
    return func.right(column, func.length(text)) == text


def _begins_with(column: ColumnElement[object], text: str) -> ColumnElement[bool]:
    """Returns the range of texts that begin so, which an index finds; texts are ordered by code points."""
    end = text.rstrip(_LAST)
    if not end:
        return column >= literal(text, StorableText())
    # What follows the last code point before the surrogates, which no text has, is the first behind them.
    follower = "\ue000" if end[-1] == "\ud7ff" else chr(ord(end[-1]) + 1)
    return and_(
        column >= literal(text, StorableText()),
        column < literal(end[:-1] + follower, StorableText()),
    )


def _lower(text: ColumnElement[object]) -> ColumnElement[object]:
    # The collation "C" of the columns lowers ASCII letters only; the database's own knows its language.
    return func.lower(collate(text, "default"))


def _known(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Returns the condition with false where it is NULL.

    Only what is negated needs it: elsewhere NULL selects a row no more than false does, and a condition that stands as it
    is can be answered by an index.
    """
    return func.coalesce(condition, false())
