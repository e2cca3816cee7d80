"""Document level facts that accounts payable uses and EN 16931 does not know."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from en16931.model.parties import PostalAddress
from en16931.model.term import Group


class DocumentKind(StrEnum):
    INVOICE = "INVOICE"
    CREDIT_NOTE = "CREDIT_NOTE"
    PREPAYMENT = "PREPAYMENT"
    PROFORMA = "PROFORMA"
    REMINDER = "REMINDER"
    STATEMENT = "STATEMENT"
    RECEIPT = "RECEIPT"
    NOT_AN_INVOICE = "NOT_AN_INVOICE"


class SignConvention(StrEnum):
    CREDIT_IS_POSITIVE = "CREDIT_IS_POSITIVE"  # a credit note states positive amounts
    CREDIT_IS_NEGATIVE = "CREDIT_IS_NEGATIVE"


class CashDiscount(Group, frozen=True, kw_only=True):
    days: int | None = None
    percentage: Decimal | None = None
    base_amount: Decimal | None = None
    due_date: date | None = None  # the last day of it, where it is stated as a day
    amount: Decimal | None = None  # what is paid less


class Instalment(Group, frozen=True, kw_only=True):
    due_date: date | None = None
    amount: Decimal | None = None


class LocalPayment(Group, frozen=True, kw_only=True):
    kind: str | None = None
    value: str | None = None


class Extras(Group, frozen=True, kw_only=True):
    document_kind: DocumentKind | None = None
    sign_convention: SignConvention | None = None
    cash_discounts: tuple[CashDiscount, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    local_payments: tuple[LocalPayment, ...] = ()
    prior_balance: Decimal | None = None
    shipping_amount: Decimal | None = None
    gratuity_amount: Decimal | None = None
    service_charge_amount: Decimal | None = None
    withholding_amount: Decimal | None = None
    exchange_rate: Decimal | None = None
    customer_account: str | None = None
    tracking_number: str | None = None
    language_code: str | None = None  # BCP 47
    remit_to_address: PostalAddress | None = None
    service_address: PostalAddress | None = None
    copy: bool | None = None  # the page says that it is a copy or duplicate
    stamp_duty_amount: Decimal | None = None  # paid by the seller, who may charge it in a line
