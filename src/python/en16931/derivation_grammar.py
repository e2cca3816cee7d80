"""The grammar of derivations: what an expression is, as a tree. See `derivation` for what it means."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from lark import Lark, Token, Tree
from lark.exceptions import LarkError

_GRAMMAR = r"""
?expression: term | expression "+" term -> add | expression "-" term -> subtract
?term: factor | term "*" factor -> multiply | term "/" factor -> divide
?factor: NUMBER -> number | PATH -> field | "-" factor -> negate | "(" expression ")"
    | "sum" "(" PATTERN ")" -> total | "nonzero" "(" PATTERN ")" -> nonzero
    | "count" "(" (NAME | PATH) ")" -> members
    | "abs" "(" expression ")" -> absolute | "round" "(" expression "," DIGITS ")" -> rounded
    | "number" "(" (NAME | PATH) "," PLACE "," PLACE ")" -> number_in_text
?day: (NAME | PATH) -> date_field
    | "date" "(" (NAME | PATH) "," PLACE "," PLACE ")" -> date_in_text
    | day "+" factor "days" -> later
NUMBER.2: /[0-9]+(\.[0-9]+)?/
DIGITS.3: /[0-9](?![0-9.])/
PLACE: /[0-9]{1,6}/
PATTERN.1: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[([0-9]+|\*)\])*\[\*\](\.[a-z][a-z0-9_]*|\[([0-9]+|\*)\])*/
PATH: /[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*|\[[0-9]+\])+/
NAME: /[a-z][a-z0-9_]*(?![a-z0-9_.\[])/
%ignore " "
"""

_LONGEST = 4096
_MAX_DEPTH = 256
_NAMING = frozenset(
    {"field", "total", "nonzero", "members", "number_in_text", "date_field", "date_in_text"}
)

Start = Literal["expression", "day"]


@lru_cache(maxsize=1024)
def parsed(expression: str, start: Start) -> Tree[Token] | None:
    """Returns the tree; None where the text is outside the grammar, too long, or nested too deep."""
    if len(expression) > _LONGEST:
        return None
    try:
        tree = _parser().parse(expression, start)
    except LarkError:
        return None
    return None if _depth_exceeds(tree, _MAX_DEPTH) else tree


def naming_nodes(tree: Tree[Token]) -> Iterator[Tree[Token]]:
    """Yields the nodes that name fields, in the order of the text; `meta` has their places there."""
    if tree.data in _NAMING:
        yield tree
        return
    for child in tree.children:
        if isinstance(child, Tree):
            yield from naming_nodes(child)


@cache
def _parser() -> Lark:
    return Lark(
        _GRAMMAR,
        parser="lalr",
        start=["expression", "day"],
        maybe_placeholders=False,
        propagate_positions=True,
    )


def _depth_exceeds(tree: Tree[Token], limit: int) -> bool:
    level: list[Tree[Token]] = [tree]
    for _ in range(limit):
        level = [child for node in level for child in node.children if isinstance(child, Tree)]
        if not level:
            return False
    return True
