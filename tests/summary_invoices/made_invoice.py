"""An invoice made for summaries: a real document, what it says, and what is true of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from en16931.model import InvoiceContent, InvoiceLine, Item, LineVat, PriceDetails, ProcessControl
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.ubl_xml import ubl_xml
from summary_invoices.truth import Truth

INVOICE, CREDIT_NOTE, PRO_FORMA = "380", "381", "325"  # UNTDID 1001
EN16931 = ProcessControl(specification_identifier="urn:cen.eu:en16931:2017")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeInvoice:
    """`content` is what was put into the document; `is_page` says that only its pages state it."""

    name: str
    data: bytes
    content: InvoiceContent
    truth: Truth
    is_page: bool = False


def as_cii(name: str, content: InvoiceContent, truth: Truth) -> MadeInvoice:
    return MadeInvoice(name=name, data=cii_xml(content), content=content, truth=truth)


def as_ubl(name: str, content: InvoiceContent, truth: Truth) -> MadeInvoice:
    return MadeInvoice(name=name, data=ubl_xml(content), content=content, truth=truth)


def lines(*of: tuple[str, str, str, str, str], category: str = "S") -> tuple[InvoiceLine, ...]:
    """Returns lines of name, quantity, unit, price and VAT rate; amounts are worked out with the totals."""
    return tuple(
        InvoiceLine(
            identifier=str(position),
            invoiced_quantity=Decimal(quantity),
            quantity_unit_code=unit,
            price=PriceDetails(net_price=Decimal(price)),
            vat=LineVat(category_code=category, rate=Decimal(rate)),
            item=Item(name=name),
        )
        for position, (name, quantity, unit, price, rate) in enumerate(of, start=1)
    )


def day(text: str) -> date:
    return date.fromisoformat(text)
