"""The order of a list (AIP-132): `order_by`, as in `totals.amount_due desc, issue_date`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from aip.errors import OrderByError
from aip.filter_field import NO_ALIASES
from aip.nearest import nearest

LONGEST_ORDER = 1_000

_DESCENDING = {"asc": False, "desc": True}
_WORD = re.compile(r"[^ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class OrderTerm:
    field: str
    descending: bool = False


def parse_order_by(
    text: str, fields: Collection[str], aliases: Mapping[str, str] = NO_ALIASES
) -> tuple[OrderTerm, ...]:
    """Returns the terms in the order of their weight; none for an empty text. `aliases` are other names of fields.

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
        field = aliases.get(name[0], name[0])
        if field not in fields:
            raise OrderByError(
                f"not a field that can be sorted by; these are: {', '.join(fields)}",
                name.start(),
                nearest(name[0], (*(each for each in aliases if aliases[each] in fields), *fields)),
            )
        if field in terms:
            raise OrderByError(f"{field} is there twice", name.start())
        if rest and rest[0][0] not in _DESCENDING:
            raise OrderByError("the direction is neither asc nor desc", rest[0].start())
        if len(rest) > 1:
            raise OrderByError("a comma is missing", rest[1].start())
        terms[field] = OrderTerm(field, bool(rest) and _DESCENDING[rest[0][0]])
        start = end + 1
    return tuple(terms.values())
