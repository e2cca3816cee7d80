"""Where, when and for which time: BG-13 to BG-15."""

from datetime import date
from typing import Annotated

from en16931.model.identifiers import Identifier
from en16931.model.parties import PostalAddress
from en16931.model.term import Group, Term


class Period(Group, frozen=True, kw_only=True):
    start_date: date | None = None
    end_date: date | None = None


class Delivery(Group, frozen=True, kw_only=True):
    deliver_to_party_name: Annotated[str, Term("BT-70")] | None = None
    deliver_to_location_identifier: Annotated[Identifier, Term("BT-71")] | None = None
    actual_delivery_date: Annotated[date, Term("BT-72")] | None = None
    invoicing_period: Annotated[Period, Term("BG-14", "BT-73 BT-74")] | None = None
    deliver_to_address: (
        Annotated[PostalAddress, Term("BG-15", "BT-75 BT-76 BT-165 BT-77 BT-78 BT-79 BT-80")] | None
    ) = None
