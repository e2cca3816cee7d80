"""The sources as syntax trees, for words that only they hold: reasons, rule ids, log events."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import en16931
import invoice_batches
import invoice_reading
import invoice_summarizer

_PACKAGES = {
    "en16931": Path(en16931.__path__[0]),
    "invoice_batches": Path(invoice_batches.__path__[0]),
    "invoice_reading": Path(invoice_reading.__path__[0]),
    "invoice_summarizer": Path(invoice_summarizer.__path__[0]),
}


@cache
def modules(folder: str) -> tuple[ast.Module, ...]:
    """Returns the modules of a folder and those below it, as in `invoice_summarizer/rpc`, or of one file."""
    package, _, rest = folder.partition("/")
    place = _PACKAGES[package] / rest
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in paths)


def calls(*folders: str) -> Iterator[tuple[ast.Call, ast.Module]]:
    for folder in folders:
        for module in modules(folder):
            for node in ast.walk(module):
                if isinstance(node, ast.Call):
                    yield node, module


def called(call: ast.Call) -> str:
    """Returns the last name of what is called: `fail` in `self._process.fail(...)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def text(node: ast.AST | None, module: ast.Module) -> str | None:
    """Returns the text that the node stands for: a literal, or a constant of the module."""
    if isinstance(node, ast.Name):
        values = (
            statement.value
            for statement in module.body
            if isinstance(statement, ast.Assign)
            and any(isinstance(one, ast.Name) and one.id == node.id for one in statement.targets)
        )
        node = next(values, None)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def texts(node: ast.AST) -> Iterator[str]:
    """Yields every literal text in the node."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
