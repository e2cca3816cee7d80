"""Invoices that declare every business term, written as templates in which `[BT-n]` stands for the value of a term."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from en16931.business_terms import business_terms
from en16931.field_path import Leaf, leaf_type, value_at
from en16931.model import AttachedDocument, Identifier, InvoiceContent
from en16931.terms.model_path import group_patterns

_FIXED: Mapping[str, str] = {
    "BT-3": "380",
    "BT-5": "EUR",
    "BT-6": "SEK",
    "BT-8": "35",
    "BT-21": "AAI",
}


def paths() -> Mapping[str, str]:
    """Returns the path of each term's first value: `lines[0].item.name` of BT-153."""
    found = {}
    for pattern, term in business_terms().items():
        path = pattern.replace("[*]", "[0]")
        kind = leaf_type(path)
        if kind is Identifier:
            path += ".value"
        elif kind is AttachedDocument:
            path += ".file_name"
        found[term] = path
    return found


def expected(term: str) -> Leaf:
    """Returns a value of the term's type that no other term has, but for codes that steer the reading."""
    number = int(term.removeprefix("BT-"))
    kind = leaf_type(paths()[term])
    if kind is Decimal:
        return Decimal(f"{number}.00")
    if kind is date:
        return date(2020, 1, 1) + timedelta(days=number)
    return _FIXED.get(term, term)


def filled(template: str, date_format: str) -> bytes:
    def text(match: re.Match[str]) -> str:
        value = expected(match[1])
        return value.strftime(date_format) if isinstance(value, date) else str(value)

    return re.sub(r"\[(BT-[0-9]+)\]", text, template).encode()


def wrong_terms(content: InvoiceContent) -> dict[str, object]:
    """Returns what was read of each term that does not have the value of the template."""
    read = {term: value_at(content, path) for term, path in paths().items()}
    return {term: value for term, value in read.items() if value != expected(term)}


def missing_groups(content: InvoiceContent) -> set[str]:
    """Returns the groups of the standard of which nothing was read."""
    return {
        name
        for name, pattern in group_patterns().items()
        if not value_at(content, pattern.replace("[*]", "[0]"))
    }
