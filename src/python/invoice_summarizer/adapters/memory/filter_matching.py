"""Whether an invoice is what a filter asks for.

A comparison with an absent value is false; `!=` is the negation of `=`, and so true of an absent value. `:` on text
ignores case, all else does not. A list has what is one of its elements.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

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
from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.invoice_fields import INVOICE_FIELDS

_ORDERED: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: operator.lt,
    Operator.LESS_OR_EQUAL: operator.le,
    Operator.GREATER: operator.gt,
    Operator.GREATER_OR_EQUAL: operator.ge,
}


def matches(expression: Expression, invoice: Invoice) -> bool:
    match expression:
        case And(operands):
            return all(matches(operand, invoice) for operand in operands)
        case Or(operands):
            return any(matches(operand, invoice) for operand in operands)
        case Not(operand):
            return not matches(operand, invoice)
        case Comparison():
            return _compares(expression, invoice)


def _compares(comparison: Comparison, invoice: Invoice) -> bool:
    field, wanted = INVOICE_FIELDS[comparison.field], comparison.value
    if field.filter.kind is FieldType.LIST:
        elements = field.elements(invoice)
        return bool(elements) if isinstance(wanted, Present) else wanted in elements
    found = field.value(invoice)
    if comparison.operator is Operator.NOT_EQUAL:
        return found is None or not _equals(found, wanted)
    if found is None:
        return False
    if isinstance(wanted, Present):
        return True
    match comparison.operator:
        case Operator.EQUAL:
            return _equals(found, wanted)
        case Operator.HAS:
            return _has(found, wanted)
        case ordered:
            return _ORDERED[ordered](found, wanted)


def _equals(found: object, wanted: object) -> bool:
    return _fits(str(found), wanted) if isinstance(wanted, TextPattern) else found == wanted


def _has(found: object, wanted: object) -> bool:
    if isinstance(wanted, str):
        wanted = TextPattern(wanted, any_before=True, any_after=True)
    if not isinstance(wanted, TextPattern):
        return found == wanted
    pattern = TextPattern(lowered(wanted.text), wanted.any_before, wanted.any_after)
    return _fits(lowered(str(found)), pattern)


def _fits(text: str, pattern: TextPattern) -> bool:
    if pattern.any_before and pattern.any_after:
        return pattern.text in text
    return text.startswith(pattern.text) if pattern.any_after else text.endswith(pattern.text)


def lowered(text: str) -> str:
    """Lowers character by character, as a database does: the length stays."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)
