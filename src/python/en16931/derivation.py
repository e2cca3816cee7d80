"""Derivations: expressions over field paths that anyone can recompute, such as `sum(lines[*].net_amount)`.

    totals.amount_with_vat - totals.paid_amount
    round(abs(vat_breakdown[0].taxable_amount) * vat_breakdown[0].rate / 100, 2)

Operators are + - * / and unary minus. `sum` adds the values that a path with `[*]` finds, zero where it finds none;
`abs` is the absolute value; `round(x, n)` rounds to n decimals as XPath's `round` does, a half towards positive
infinity. A path outside `sum` must name one declared decimal. Arithmetic is exact: a result that decimal digits cannot
write, such as 1 / 3, is an error and no approximation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal, DecimalException, InvalidOperation
from functools import cache, lru_cache

from lark import Lark, Token, Tree
from lark.exceptions import LarkError

from en16931.exact import EXACT
from en16931.field_path import FieldPathError, value_at
from en16931.model import InvoiceContent

_GRAMMAR = r"""
?start: expression
?expression: term | expression "+" term -> add | expression "-" term -> subtract
?term: factor | term "*" factor -> multiply | term "/" factor -> divide
?factor: NUMBER -> number | PATH -> field | "-" factor -> negate | "(" expression ")"
    | "sum" "(" PATTERN ")" -> total | "abs" "(" expression ")" -> absolute
    | "round" "(" expression "," DIGITS ")" -> rounded
NUMBER.2: /[0-9]+(\.[0-9]+)?/
DIGITS.3: /[0-9](?![0-9.])/
PATTERN.1: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[([0-9]+|\*)\])*\[\*\](\.[a-z][a-z0-9_]*|\[([0-9]+|\*)\])*/
PATH: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[[0-9]+\])+/
%ignore " "
"""

MAX_EXPRESSION_LENGTH = 4096
_MAX_DEPTH = 256
_FLOOR = Context(prec=EXACT.prec, rounding=ROUND_FLOOR, traps=[InvalidOperation])


class DerivationError(ValueError):
    """An expression gave no value.

    DerivationError
      NotAnExpression   the text is outside the grammar, or too long or too deep
      ValueNotDeclared  a field that it names holds no decimal in this content; the argument is its path
      NoExactResult     division by zero, a result without end, or a value that is no finite number
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


def derive(expression: str, content: InvoiceContent) -> Derived:
    """Returns what the expression gives for the content. Raises DerivationError as its tree says."""
    used: dict[str, None] = {}
    try:
        value = _value(_parsed(expression), content, used)
    except DecimalException as error:
        raise NoExactResult(type(error).__name__) from None
    return Derived(value, tuple(used))


def evaluate(expression: str, content: InvoiceContent) -> Decimal:
    """Returns the value alone; see `derive`."""
    return derive(expression, content).value


@lru_cache(maxsize=1024)
def _parsed(expression: str) -> Tree[Token]:
    if len(expression) > MAX_EXPRESSION_LENGTH:
        raise NotAnExpression("too long")
    try:
        tree = _parser().parse(expression)
    except LarkError:
        raise NotAnExpression("outside the grammar") from None
    if _depth_exceeds(tree, _MAX_DEPTH):
        raise NotAnExpression("nested too deep")
    return tree


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)


def _depth_exceeds(tree: Tree[Token], limit: int) -> bool:
    level: list[Tree[Token]] = [tree]
    for _ in range(limit):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return False
    return True


def _value(node: Tree[Token], content: InvoiceContent, used: dict[str, None]) -> Decimal:
    first, *rest = node.children
    if isinstance(first, Token):
        if node.data == "number":
            return Decimal(first)
        if node.data == "field":
            return _declared(str(first), content, used)
        return _sum_of(str(first), content, used)
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


def _declared(path: str, content: InvoiceContent, used: dict[str, None]) -> Decimal:
    try:
        value = value_at(content, path)
    except FieldPathError:
        raise ValueNotDeclared(path) from None
    if not isinstance(value, Decimal):
        raise ValueNotDeclared(path)
    return _used(path, value, used)


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
            for index in range(len(found) if isinstance(found, tuple) else 0):
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
