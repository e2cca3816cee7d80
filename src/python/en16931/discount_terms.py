"""Cash discounts that stand in the text of the payment terms (BT-20), as XRechnung has them in every syntax.

#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=252.94#
"""

import re
from dataclasses import replace
from decimal import Decimal

import msgspec

from en16931.model import CashDiscount, Extras
from en16931.xml_reading import XmlReading

_DISCOUNT = re.compile(
    r"^#SKONTO#TAGE=(?P<days>[0-9]{1,3})#PROZENT=(?P<percentage>[0-9]{1,2}\.[0-9]{1,4})#"
    r"(?:BASISBETRAG=(?P<base_amount>-?[0-9]{1,20}\.[0-9]{1,4})#)?[ \t\r]*$",
    re.MULTILINE,
)
_TERMS = "payment_terms"
_MOST = 20


def with_discounts_of_terms(reading: XmlReading) -> XmlReading:
    """Returns the reading with the discounts that the terms state in that form, where no element states one.

    The place of each of their values is the node in whose text it stands.
    """
    extras = reading.content.extras or Extras()
    place = reading.places.get(_TERMS)
    if place is None or extras.cash_discounts:
        return reading
    found = [
        (discount, each)
        for each in (place, *place.others)
        for discount in map(_discount, _DISCOUNT.finditer(each.raw_text))
        if discount.percentage
    ][:_MOST]
    if not found:
        return reading
    discounts = tuple(discount for discount, _ in found)
    places = {
        f"extras.cash_discounts[{index}].{name}": msgspec.structs.replace(each, others=())
        for index, (discount, each) in enumerate(found)
        for name in ("days", "percentage", "base_amount")
        if getattr(discount, name) is not None
    }
    content = msgspec.structs.replace(
        reading.content, extras=msgspec.structs.replace(extras, cash_discounts=discounts)
    )
    return replace(reading, content=content, places={**reading.places, **places})


def discounts_in_terms(terms: str) -> tuple[CashDiscount, ...]:
    """Returns the discounts that payment terms (BT-20) state in that form."""
    found = (_discount(match) for match in _DISCOUNT.finditer(terms))
    return tuple(discount for discount in found if discount.percentage)[:_MOST]


def _discount(match: re.Match[str]) -> CashDiscount:
    base = match["base_amount"]
    return CashDiscount(
        days=int(match["days"]),
        percentage=Decimal(match["percentage"]),
        base_amount=None if base is None else Decimal(base),
    )
