"""The order of a list (AIP-132): `order_by`, as in `totals.amount_due desc, issue_date`."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from aip.errors import OrderByError

LONGEST_ORDER = 1_000

_DESCENDING = {"asc": False, "desc": True}
_WORD = re.compile(r"[^ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class OrderTerm:
    field: str
    descending: bool = False


def parse_order_by(text: str, fields: Collection[str]) -> tuple[OrderTerm, ...]:
    """Returns the terms in the order of their weight; none for an empty text.

    A term is a field and, if wanted, `asc` (the default) or `desc`. Raises OrderByError for a field that is not
    among `fields` or is there twice, for another direction, for an empty term, and past 1,000 characters.
    """
    if len(text) > LONGEST_ORDER:
        raise OrderByError(f"the order is longer than {LONGEST_ORDER} characters", LONGEST_ORDER)
    if not text.strip(" \t\r\n"):
        return ()
    terms: dict[str, OrderTerm] = {}
    start = 0
    for part in text.split(","):
        end = start + len(part)
        words = [*_WORD.finditer(text, start, end)]
        if not words:
            raise OrderByError("a field is missing", end)
        name, *rest = words
        if name[0] not in fields:
            raise OrderByError("not a field that can be sorted by", name.start())
        if name[0] in terms:
            raise OrderByError(f"{name[0]} is there twice", name.start())
        if rest and rest[0][0] not in _DESCENDING:
            raise OrderByError("the direction is neither asc nor desc", rest[0].start())
        if len(rest) > 1:
            raise OrderByError("a comma is missing", rest[1].start())
        terms[name[0]] = OrderTerm(name[0], bool(rest) and _DESCENDING[rest[0][0]])
        start = end + 1
    return tuple(terms.values())
