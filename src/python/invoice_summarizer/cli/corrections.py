"""Corrections as people type them: `totals.amount_due=1190.00`."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from en16931.field_path import FieldPathError, Leaf, leaf_type, replaced
from en16931.model import Group, InvoiceContent
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage

_BOOLEANS = {"true": True, "false": False}


def corrected(content: InvoiceContent, typed: Iterable[str]) -> tuple[InvoiceContent, list[str]]:
    """Returns the content with every correction in it, and the paths. An empty value clears the field.

    Raises CommandFailed where a path names no field or a text is no value of its type.
    """
    paths = []
    for correction in typed:
        path, sign, text = correction.partition("=")
        path = path.strip().removeprefix("content.")
        if not sign:
            raise wrong_usage(f"{correction!r} is not of the form field=value")
        try:
            content = replaced(content, path, _value(path, text.strip()))
        except FieldPathError:
            raise wrong_usage(f"no field {path!r} in this invoice", "UNKNOWN_FIELD") from None
        paths.append(path)
    return content, paths


def _value(path: str, text: str) -> Leaf | None:
    kind = leaf_type(path)
    if kind is tuple or issubclass(kind, Group):
        raise wrong_usage(f"{path} is a group: name one of its fields", "NOT_A_FIELD")
    if not text:
        return None
    try:
        return _parsed(kind, text)
    except (ValueError, InvalidOperation, KeyError):
        raise _no_value(path, kind) from None


def _parsed(kind: type, text: str) -> Leaf:
    if kind is Decimal:
        value = Decimal(text)
        if not value.is_finite():
            raise ValueError(text)
        return value
    if kind is date:
        return date.fromisoformat(text)
    if kind is bool:
        return _BOOLEANS[text.lower()]
    if kind is int:
        return int(text)
    return kind(text.upper()) if issubclass(kind, StrEnum) else text


def _no_value(path: str, kind: type) -> CommandFailed:
    if issubclass(kind, StrEnum):
        wanted = "one of " + ", ".join(kind)
    else:
        wanted = {
            Decimal: "a decimal number such as 1190.00",
            date: "a date such as 2026-11-24",
            bool: "true or false",
            int: "a whole number",
        }[kind]
    return wrong_usage(f"{path} must be {wanted}", "INVALID_VALUE")
