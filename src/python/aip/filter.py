"""Filters of a list (AIP-160), as in `status = "ready" AND seller.name:"Acme" AND totals.amount_due > 1000`.

The grammar is in filter.lark. Beyond it: fields must be known, operators and literals must fit the field's type, and
text, nesting and number of comparisons are limited, so that no filter costs more to refuse than to answer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lark import PostLex

from aip.errors import FilterError
from aip.filter_expression import (
    And,
    Comparison,
    Expression,
    Not,
    Operator,
    Or,
    Present,
    TextPattern,
    Value,
)
from aip.filter_field import NO_ALIASES, FieldType, FilterField, UnknownWord
from aip.filter_text import pieces_of, plain_text, text_or_pattern
from aip.nearest import nearest

LONGEST_FILTER = 2_000
DEEPEST_NESTING = 20
MOST_COMPARISONS = 100

_SPACE = " \t\r\n"
# No store keeps NUL or half a surrogate pair, and nobody types the others.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}(?:\.[a-z][a-z0-9_]{0,62}){0,9}")
_CONTAINERS = (FieldType.STRING, FieldType.TEXT, FieldType.LIST)
_PATTERN_OPERATORS = (Operator.EQUAL, Operator.NOT_EQUAL, Operator.HAS)


def parse_filter(
    text: str, fields: Mapping[str, FilterField], aliases: Mapping[str, str] = NO_ALIASES
) -> Expression | None:
    """Returns what the filter says, None for an empty one. `aliases` are other names of fields.

    `field:*` is true where the field has a value; on fields of a single value that is no text, any other `:` means `=`.
    Raises FilterError, with the place, for whatever is not understood, not known, not fitting or past a limit.
    """
    if len(text) > LONGEST_FILTER:
        raise FilterError(f"the filter is longer than {LONGEST_FILTER} characters", LONGEST_FILTER)
    if unusable := _UNUSABLE.search(text):
        raise FilterError("a character that no value can have", unusable.start())
    if not text.strip(_SPACE):
        return None
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _syntax_error(error, text) from None
    return _expression(tree, _Named(fields, aliases))


@dataclass(frozen=True, slots=True)
class _Named:
    fields: Mapping[str, FilterField]
    aliases: Mapping[str, str]

    def found(self, name: Token) -> tuple[str, FilterField]:
        """Returns the field with its own name. Raises FilterError."""
        field = self.aliases.get(name, str(name))
        if field in self.fields:
            return field, self.fields[field]
        meant = nearest(name, (*self.aliases, *self.fields))
        message = f"no field {name}" if _FIELD_NAME.fullmatch(name) else "no such field"
        if not meant:
            message = f"{message}; the fields are: {', '.join(self._named())}"
        raise FilterError(message, _position(name), meant)

    def _named(self) -> Iterator[str]:
        """Returns the fields by the first alias of each, where it has one: the shortest way to say which there are."""
        first = {field: alias for alias, field in reversed([*self.aliases.items()])}
        return (first.get(field, field) for field in self.fields)


class _Limits(PostLex):
    """Refuses functions and what is past a limit while the tokens come, before anything is built from them."""

    always_accept = ("FUNCTION",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        depth = comparisons = 0
        for token in stream:
            depth += (token.type == "_OPEN") - (token.type == "_CLOSE")
            comparisons += token.type == "OPERATOR"
            if token.type == "FUNCTION":
                raise FilterError("functions are not supported", _position(token))
            if depth > DEEPEST_NESTING:
                message = f"parentheses are nested deeper than {DEEPEST_NESTING}"
                raise FilterError(message, _position(token))
            if comparisons > MOST_COMPARISONS:
                message = f"there are more than {MOST_COMPARISONS} comparisons"
                raise FilterError(message, _position(token))
            yield token


@cache
def _parser() -> Lark:
    grammar = resources.files("aip").joinpath("filter.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", postlex=_Limits())


def _expression(tree: Tree[Token], named: _Named) -> Expression:
    # Recursion is safe: the tree is at most a few levels deeper than the parentheses.
    if tree.data == "comparison":
        return _comparison(tree, named)
    branches = [child for child in tree.children if isinstance(child, Tree)]
    if tree.data == "negation":
        return Not(_expression(branches[0], named))
    operands = tuple(_expression(branch, named) for branch in branches)
    return Or(operands) if tree.data == "factor" else And(operands)


def _comparison(tree: Tree[Token], named: _Named) -> Comparison:
    name, sign, written = (child for child in tree.children if isinstance(child, Token))
    own_name, field = named.found(name)
    operator = Operator(sign)
    if operator not in field.operators:
        offered = " ".join(each for each in Operator if each in field.operators)
        raise FilterError(
            f"{name} cannot be compared by {sign}, only by {offered}", _position(sign)
        )
    if operator is Operator.HAS and written == "*":
        return Comparison(own_name, operator, Present())
    try:
        value = _value(written, operator, field)
    except UnknownWord as error:
        raise FilterError(f"{name} expects {error}", _position(written), error.suggestion) from None
    except ValueError as error:
        raise FilterError(f"{name} expects {error}", _position(written)) from None
    if operator is Operator.HAS and field.kind not in _CONTAINERS:
        operator = Operator.EQUAL
    return Comparison(own_name, operator, value)


def _value(written: Token, operator: Operator, field: FilterField) -> Value:
    pieces = pieces_of(written)
    if field.kind is FieldType.STRING and operator in _PATTERN_OPERATORS:
        return text_or_pattern(pieces)
    if field.kind is FieldType.TEXT:
        wanted = text_or_pattern(pieces)  # a part of it is enough, with and without stars
        return wanted.text if isinstance(wanted, TextPattern) else wanted
    return field.literal(plain_text(pieces))


def _syntax_error(error: UnexpectedInput, text: str) -> FilterError:
    if isinstance(error, UnexpectedCharacters):
        position = error.pos_in_stream
        assert position is not None
        if text[position] in "\"'":
            return FilterError("a quote that is not closed", position)
        return FilterError("a character that has a meaning only in quotes", position)
    assert isinstance(error, UnexpectedToken)
    at_end = error.token.type == "$END"
    position = len(text) if at_end else _position(error.token)
    return FilterError(_expectation(error.expected, at_end), position)


def _expectation(expected: set[str], at_end: bool) -> str:
    if "OPERATOR" in expected:
        return "an operator such as = is missing after the field"
    if "STRING" in expected:
        return "a value is missing after the operator"
    if "TEXT" in expected and not expected & {"$END", "_CLOSE"}:
        return "a comparison is missing"
    if at_end:
        return "a closing parenthesis is missing"
    return "only AND, OR or a further comparison can stand here"


def _position(token: Token) -> int:
    assert token.start_pos is not None
    return token.start_pos
