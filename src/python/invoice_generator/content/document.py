"""What a generated document says, before anything is drawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from invoice_generator.content.parties import Party

CENT = Decimal("0.01")
INVOICE_KINDS = ("invoice", "credit_note")
OTHER_KINDS = (
    "proforma",
    "reminder",
    "statement",
    "receipt",
    "delivery_note",
    "order_confirmation",
)
LISTING_KINDS = ("reminder", "statement")  # their rows are open invoices


@dataclass(frozen=True, slots=True)
class Line:
    """`net` is quantity times price by base less discount, rounded to cents."""

    position: str
    article: str
    name: str
    details: tuple[str, ...]
    quantity: Decimal
    unit: str
    price: Decimal
    price_base: int
    percent: Decimal
    rate: Decimal
    code: str
    net: Decimal
    gross: Decimal
    section: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A discount (negative) or charge of the whole document; `what` is its label's key."""

    what: str
    amount: Decimal
    rate: Decimal
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VatRow:
    rate: Decimal
    code: str
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    days: int
    due: date
    discount_percent: Decimal | None
    discount_days: int
    payment: str  # transfer, debit, paid
    says_date: bool


@dataclass(frozen=True, slots=True)
class Document:
    """Its sums close to the cent: lines and charges give net, its VAT rows tax, both total, less what is paid due."""

    kind: str
    language: str
    number: str
    issue_date: date
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    charges: tuple[Charge, ...]
    vat: tuple[VatRow, ...]
    line_total: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    total_amount: Decimal
    prepaid_amount: Decimal
    terms: Terms
    reverse_charge: bool
    second_currency: str
    second_total: Decimal
    customer_number: str
    order_number: str
    buyer_reference: str
    contract_number: str
    delivery_date: date | None
    period: tuple[date, date] | None
    refers_to: tuple[str, date] | None

    @property
    def due_amount(self) -> Decimal:
        return self.total_amount - self.prepaid_amount
