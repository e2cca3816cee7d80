"""The form of XRechnung for discounts (BR-DE-18): a line `#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=357.93#`."""

import re
from decimal import Decimal

from invoice_summarizer.domain.payment_terms.terms import Deadline, Discount, Number

_LINE = re.compile(r"[^\r\n]+")
_DISCOUNT = re.compile(
    r"#SKONTO#TAGE=(?P<days>[0-9]{1,3})#PROZENT=(?P<percent>[0-9]{1,2}\.[0-9]{2})"
    r"(?:#BASISBETRAG=(?P<base>[0-9]{1,12}\.[0-9]{2}))?#"
)
_PENALTY = re.compile(
    r"#VERZUG#TAGE=[0-9]{1,3}#PROZENT=[0-9]{1,2}\.[0-9]{2}(?:#BASISBETRAG=-?[0-9]{1,12}\.[0-9]{2})?#"
)


def has_structured_lines(text: str) -> bool:
    return any(match[0].startswith("#") for match in _LINE.finditer(text))


def structured_discounts(text: str) -> tuple[Discount, ...]:
    """Returns the discounts of all lines of the form; none where a line begins with `#` and is not of it.

    Other lines are free text beside the form and take nothing from it. Zero per cent is no discount.
    """
    found: list[Discount] = []
    for line in _LINE.finditer(text):
        if not line[0].startswith("#") or _PENALTY.fullmatch(line[0].rstrip()):
            continue
        match = _DISCOUNT.fullmatch(text, line.start(), line.start() + len(line[0].rstrip()))
        if match is None:
            return ()
        percent, days = _number(match, "percent"), _number(match, "days")
        if percent.value:
            base = _number(match, "base") if match["base"] else None
            found.append(Discount(percent=percent, deadline=Deadline(days=days), base_amount=base))
    return tuple(found)


def _number(match: re.Match[str], name: str) -> Number:
    return Number(Decimal(match[name]), match.start(name), match.end(name))
