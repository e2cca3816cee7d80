"""Derivations: expressions over field paths that anyone can recompute, such as `sum(lines[*].net_amount)`.

    totals.amount_with_vat - totals.paid_amount
    round(abs(vat_breakdown[0].taxable_amount) * vat_breakdown[0].rate / 100, 2)
    nonzero(lines[*].net_amount) - 5
    issue_date + number(payment_terms, 13, 15) days

An expression gives a decimal. Operators are + - * / and unary minus. `sum` adds the values that a path with `[*]`
finds, zero where it finds none; `nonzero` says how many of them are not zero; both leave out lines that do not count
(`counted_lines`); `count` says how many members a repeated group has; `abs` is the absolute value; `round(x, n)` rounds to n decimals as XPath's `round` does, a half towards
positive infinity. `number(path, begin, end)` reads characters [begin, end) of a text, Unicode code points counted from
0, as a number (see `written_values`). Any other path must name one declared decimal or whole number. Arithmetic is exact: a result that
decimal digits cannot write, such as 1 / 3, is an error and no approximation.

An expression of a day gives a date: the path of a date, or `date(path, begin, end)`, which reads characters of a text
as `number` does; after it any number of `+ x days`, where x is a number, a field or an expression in brackets and gives
a whole number from 0 to 3650.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, DecimalException, InvalidOperation
from typing import TypeVar

from lark import Token, Tree

from en16931.counted_lines import counts
from en16931.derivation_grammar import Start, naming_nodes, parsed
from en16931.exact import EXACT, decimal_text
from en16931.field_path import FieldPathError, Leaf, value_at
from en16931.model import Group, InvoiceContent, InvoiceLine
from en16931.written_values import written_date, written_number

MAX_DAYS = 3650
_LONGEST_WRITTEN_VALUE = 32
_FLOOR = Context(prec=EXACT.prec, rounding=ROUND_FLOOR, traps=[InvalidOperation])

Written = TypeVar("Written", Decimal, date)


class DerivationError(ValueError):
    """An expression gave no value.

    DerivationError
      NotAnExpression   the text is outside the grammar, or too long or too deep
      ValueNotDeclared  a field that it names holds no value of the type asked for; the argument is its path
      NoExactResult     division by zero, a result without end, a value that is no finite number, or a day out of range
    """


class NotAnExpression(DerivationError):
    pass


class ValueNotDeclared(DerivationError):
    pass


class NoExactResult(DerivationError):
    pass


@dataclass(frozen=True, slots=True)
class Derived:
    """The value of an expression, and the paths of the declared values that went into it, in their order there."""

    value: Decimal
    field_paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DerivedDate:
    """The same of an expression of a day."""

    value: date
    field_paths: tuple[str, ...]


def derive(expression: str, content: InvoiceContent) -> Derived:
    """Returns what the expression gives for the content. Raises DerivationError as its tree says."""
    used: dict[str, None] = {}
    try:
        value = _value(_parsed(expression, "expression"), content, used)
    except DecimalException as error:
        raise NoExactResult(type(error).__name__) from None
    return Derived(value, tuple(used))


def derive_date(expression: str, content: InvoiceContent) -> DerivedDate:
    """Returns the day that the expression gives for the content. Raises DerivationError as its tree says."""
    used: dict[str, None] = {}
    try:
        value = _day(_parsed(expression, "day"), content, used)
    except (DecimalException, OverflowError) as error:
        raise NoExactResult(type(error).__name__) from None
    return DerivedDate(value, tuple(used))


def with_values(expression: str, content: InvoiceContent) -> str:
    """Returns the expression with values in the place of fields: `sum(850.00, 150.00) - 850.00`.

    Values stand as they are declared, one that is less than nothing in brackets; of `count`, `number` and `date` stands
    what they give. Raises DerivationError as its tree says.
    """
    tree = parsed(expression, "expression")
    if tree is None or _is_declared_day(tree, content):
        tree = _parsed(expression, "day")
    shown, end = "", 0
    try:
        for node in naming_nodes(tree):
            shown += expression[end : node.meta.start_pos] + _shown(node, content)
            end = node.meta.end_pos
    except DecimalException as error:
        raise NoExactResult(type(error).__name__) from None
    return shown + expression[end:]


def named_paths(expression: str) -> tuple[str, ...]:
    """Returns the paths of single fields that the expression names, each once; a path with `[*]` is none of them.

    Raises NotAnExpression.
    """
    tree = parsed(expression, "expression") or _parsed(expression, "day")
    paths = (str(node.children[0]) for node in naming_nodes(tree))
    return tuple(dict.fromkeys(path for path in paths if "[*]" not in path))


def _is_declared_day(tree: Tree[Token], content: InvoiceContent) -> bool:
    """Returns whether the expression is the path of a date alone, which looks like that of a number."""
    return tree.data == "field" and isinstance(_value_at(str(tree.children[0]), content), date)


def _shown(node: Tree[Token], content: InvoiceContent) -> str:
    """Returns the value of what names one; of a sum and of what is counted the values of all its members."""
    path = str(node.children[0])
    if node.data in ("date_field", "date_in_text"):
        return _day(node, content, {}).isoformat()
    if node.data not in ("total", "nonzero"):
        value = _named(node, content, {})
        return decimal_text(value) if value >= 0 else f"({decimal_text(value)})"
    name = "sum" if node.data == "total" else "nonzero"
    return f"{name}({', '.join(decimal_text(value) for _, value in _matches(path, content))})"


def evaluate(expression: str, content: InvoiceContent) -> Decimal:
    """Returns the value alone; see `derive`."""
    return derive(expression, content).value


def _parsed(expression: str, start: Start) -> Tree[Token]:
    tree = parsed(expression, start)
    if tree is None:
        raise NotAnExpression("outside the grammar, too long or nested too deep")
    return tree


def _value(node: Tree[Token], content: InvoiceContent, used: dict[str, None]) -> Decimal:
    first, *rest = node.children
    if isinstance(first, Token):
        return _named(node, content, used)
    left = _value(first, content, used)
    if node.data == "negate":
        return EXACT.minus(left)
    if node.data == "absolute":
        return EXACT.abs(left)
    [operand] = rest
    if isinstance(operand, Token):
        return _rounded(left, int(operand))
    right = _value(operand, content, used)
    if node.data == "add":
        return EXACT.add(left, right)
    if node.data == "subtract":
        return EXACT.subtract(left, right)
    if node.data == "multiply":
        return EXACT.multiply(left, right)
    return EXACT.divide(left, right)


def _named(node: Tree[Token], content: InvoiceContent, used: dict[str, None]) -> Decimal:
    """Returns the value of a literal number, or of what one path names."""
    path = str(node.children[0])
    if node.data == "number":
        return Decimal(path)
    if node.data == "field":
        return _declared(path, content, used)
    if node.data == "members":
        return _member_count(path, content, used)
    if node.data == "number_in_text":
        return _written(node, written_number, content, used)
    if node.data == "nonzero":
        return _nonzero_count(path, content, used)
    return _sum_of(path, content, used)


def _day(node: Tree[Token], content: InvoiceContent, used: dict[str, None]) -> date:
    first, *rest = node.children
    if isinstance(first, Tree):
        [operand] = rest
        assert isinstance(operand, Tree)
        return _later(_day(first, content, used), _value(operand, content, used))
    if node.data == "date_in_text":
        return _written(node, written_date, content, used)
    value = _value_at(str(first), content)
    if not isinstance(value, date):
        raise ValueNotDeclared(str(first))
    used[str(first)] = None
    return value


def _later(day: date, days: Decimal) -> date:
    if days != days.to_integral_value() or not 0 <= days <= MAX_DAYS:
        raise NoExactResult("days")
    return day + timedelta(days=int(days))


def _written(
    node: Tree[Token],
    read: Callable[[str], Written | None],
    content: InvoiceContent,
    used: dict[str, None],
) -> Written:
    """Returns the value that stands at the node's place of a text."""
    path, begin, end = (str(child) for child in node.children)
    text = _value_at(path, content)
    length = int(end) - int(begin)
    if not isinstance(text, str) or not 0 < length <= _LONGEST_WRITTEN_VALUE:
        raise ValueNotDeclared(path)
    value = read(text[int(begin) : int(end)]) if int(end) <= len(text) else None
    if value is None:
        raise ValueNotDeclared(path)
    used[path] = None
    return value


def _value_at(path: str, content: InvoiceContent) -> Group | tuple[Group, ...] | Leaf | None:
    try:
        return value_at(content, path)
    except FieldPathError:
        raise ValueNotDeclared(path) from None


def _declared(path: str, content: InvoiceContent, used: dict[str, None]) -> Decimal:
    value = _value_at(path, content)
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise ValueNotDeclared(path)
    return _used(path, value, used)


def _member_count(path: str, content: InvoiceContent, used: dict[str, None]) -> Decimal:
    members = _value_at(path, content)
    if not isinstance(members, tuple):
        raise ValueNotDeclared(path)
    used[path] = None
    return Decimal(len(members))


def _nonzero_count(pattern: str, content: InvoiceContent, used: dict[str, None]) -> Decimal:
    values = (_used(path, value, used) for path, value in _matches(pattern, content))
    return Decimal(sum(value != 0 for value in values))


def _sum_of(pattern: str, content: InvoiceContent, used: dict[str, None]) -> Decimal:
    total = Decimal(0)
    for path, value in _matches(pattern, content):
        total = EXACT.add(total, _used(path, value, used))
    return total


def _used(path: str, value: Decimal, used: dict[str, None]) -> Decimal:
    if not value.is_finite():
        raise NoExactResult(path)
    used[path] = None
    return value


def _matches(pattern: str, content: InvoiceContent) -> Iterator[tuple[str, Decimal]]:
    head, wildcard, tail = pattern.partition("[*]")
    try:
        found = value_at(content, head)
        if wildcard:
            for index, member in enumerate(found if isinstance(found, tuple) else ()):
                if isinstance(member, InvoiceLine) and not counts(member):
                    continue
                yield from _matches(f"{head}[{index}]{tail}", content)
        elif isinstance(found, Decimal):
            yield head, found
        elif found is not None:
            raise ValueNotDeclared(head)
    except FieldPathError:
        raise ValueNotDeclared(pattern) from None


def _rounded(value: Decimal, digits: int) -> Decimal:
    unit = Decimal(1).scaleb(-digits)
    return EXACT.add(value, unit / 2).quantize(unit, context=_FLOOR)
