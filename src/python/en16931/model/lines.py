"""Invoice lines: BG-25 to BG-32, and what accounts payable needs beside them."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from en16931.model.delivery import Period
from en16931.model.identifiers import Identifier
from en16931.model.term import Group, Term


class LineAllowance(Group, frozen=True, kw_only=True):
    amount: Annotated[Decimal, Term("BT-136")] | None = None
    base_amount: Annotated[Decimal, Term("BT-137")] | None = None
    percentage: Annotated[Decimal, Term("BT-138")] | None = None
    reason: Annotated[str, Term("BT-139")] | None = None
    reason_code: Annotated[str, Term("BT-140")] | None = None  # UNTDID 5189


class LineCharge(Group, frozen=True, kw_only=True):
    amount: Annotated[Decimal, Term("BT-141")] | None = None
    base_amount: Annotated[Decimal, Term("BT-142")] | None = None
    percentage: Annotated[Decimal, Term("BT-143")] | None = None
    reason: Annotated[str, Term("BT-144")] | None = None
    reason_code: Annotated[str, Term("BT-145")] | None = None  # UNTDID 7161


class PriceDetails(Group, frozen=True, kw_only=True):
    net_price: Annotated[Decimal, Term("BT-146")] | None = None
    discount: Annotated[Decimal, Term("BT-147")] | None = None
    gross_price: Annotated[Decimal, Term("BT-148")] | None = None
    base_quantity: Annotated[Decimal, Term("BT-149")] | None = None
    base_quantity_unit_code: Annotated[str, Term("BT-150")] | None = None


class LineVat(Group, frozen=True, kw_only=True):
    category_code: Annotated[str, Term("BT-151")] | None = None  # UNTDID 5305
    rate: Annotated[Decimal, Term("BT-152")] | None = None


class ItemAttribute(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-160")] | None = None
    value: Annotated[str, Term("BT-161")] | None = None


class Item(Group, frozen=True, kw_only=True):
    name: Annotated[str, Term("BT-153")] | None = None
    description: Annotated[str, Term("BT-154")] | None = None
    sellers_identifier: Annotated[str, Term("BT-155")] | None = None
    buyers_identifier: Annotated[str, Term("BT-156")] | None = None
    standard_identifier: Annotated[Identifier, Term("BT-157")] | None = None
    classification_identifiers: Annotated[tuple[Identifier, ...], Term("BT-158")] = ()
    country_of_origin_code: Annotated[str, Term("BT-159")] | None = None
    attributes: Annotated[tuple[ItemAttribute, ...], Term("BG-32")] = ()


class LineKind(StrEnum):
    ITEM = "ITEM"
    FREIGHT = "FREIGHT"
    SURCHARGE = "SURCHARGE"
    DISCOUNT = "DISCOUNT"
    TEXT = "TEXT"
    GROUP = "GROUP"  # it holds other lines, and states what they come to
    INFORMATION = "INFORMATION"


class LineExtras(Group, frozen=True, kw_only=True):
    kind: LineKind | None = None
    position: int | None = None  # counted from 1 in document order
    gross_amount: Decimal | None = None
    tax_amount: Decimal | None = None
    delivery_date: date | None = None
    section: str | None = None  # the heading it stands under
    parent_identifier: str | None = None  # BT-126 of the line that it is a part of
    counts_in_sums: bool | None = None  # false: its amounts are parts of another line, or only told


class InvoiceLine(Group, frozen=True, kw_only=True):
    identifier: Annotated[str, Term("BT-126")] | None = None
    note: Annotated[str, Term("BT-127")] | None = None
    object_identifier: Annotated[Identifier, Term("BT-128")] | None = None
    invoiced_quantity: Annotated[Decimal, Term("BT-129")] | None = None
    quantity_unit_code: Annotated[str, Term("BT-130")] | None = None  # UN/ECE Rec. 20 with 21
    net_amount: Annotated[Decimal, Term("BT-131")] | None = None
    purchase_order_line_reference: Annotated[str, Term("BT-132")] | None = None
    buyer_accounting_reference: Annotated[str, Term("BT-133")] | None = None
    period: Annotated[Period, Term("BG-26", "BT-134 BT-135")] | None = None
    allowances: Annotated[tuple[LineAllowance, ...], Term("BG-27")] = ()
    charges: Annotated[tuple[LineCharge, ...], Term("BG-28")] = ()
    price: Annotated[PriceDetails, Term("BG-29")] | None = None
    vat: Annotated[LineVat, Term("BG-30")] | None = None
    item: Annotated[Item, Term("BG-31")] | None = None
    extras: LineExtras | None = None
