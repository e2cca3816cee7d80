"""Document level amounts: BG-20 to BG-23."""

from decimal import Decimal
from typing import Annotated

from en16931.model.term import Group, Term


class DocumentAllowance(Group, frozen=True, kw_only=True):
    amount: Annotated[Decimal, Term("BT-92")] | None = None
    base_amount: Annotated[Decimal, Term("BT-93")] | None = None
    percentage: Annotated[Decimal, Term("BT-94")] | None = None
    vat_category_code: Annotated[str, Term("BT-95")] | None = None  # UNTDID 5305
    vat_rate: Annotated[Decimal, Term("BT-96")] | None = None
    reason: Annotated[str, Term("BT-97")] | None = None
    reason_code: Annotated[str, Term("BT-98")] | None = None  # UNTDID 5189


class DocumentCharge(Group, frozen=True, kw_only=True):
    amount: Annotated[Decimal, Term("BT-99")] | None = None
    base_amount: Annotated[Decimal, Term("BT-100")] | None = None
    percentage: Annotated[Decimal, Term("BT-101")] | None = None
    vat_category_code: Annotated[str, Term("BT-102")] | None = None  # UNTDID 5305
    vat_rate: Annotated[Decimal, Term("BT-103")] | None = None
    reason: Annotated[str, Term("BT-104")] | None = None
    reason_code: Annotated[str, Term("BT-105")] | None = None  # UNTDID 7161


class DocumentTotals(Group, frozen=True, kw_only=True):
    line_net_amount: Annotated[Decimal, Term("BT-106")] | None = None
    allowance_amount: Annotated[Decimal, Term("BT-107")] | None = None
    charge_amount: Annotated[Decimal, Term("BT-108")] | None = None
    amount_without_vat: Annotated[Decimal, Term("BT-109")] | None = None
    vat_amount: Annotated[Decimal, Term("BT-110")] | None = None
    vat_amount_in_accounting_currency: Annotated[Decimal, Term("BT-111")] | None = (
        None  # in vat_accounting_currency_code
    )
    amount_with_vat: Annotated[Decimal, Term("BT-112")] | None = None
    paid_amount: Annotated[Decimal, Term("BT-113")] | None = None
    rounding_amount: Annotated[Decimal, Term("BT-114")] | None = None
    amount_due: Annotated[Decimal, Term("BT-115")] | None = None


class VatBreakdown(Group, frozen=True, kw_only=True):
    taxable_amount: Annotated[Decimal, Term("BT-116")] | None = None
    tax_amount: Annotated[Decimal, Term("BT-117")] | None = None
    category_code: Annotated[str, Term("BT-118")] | None = None  # UNTDID 5305
    rate: Annotated[Decimal, Term("BT-119")] | None = None
    exemption_reason: Annotated[str, Term("BT-120")] | None = None
    exemption_reason_code: Annotated[str, Term("BT-121")] | None = None  # VATEX
