"""A sample as UBL 2.1 Invoice or CreditNote, after CEN/TS 16931-3-2."""

from datetime import date
from xml.etree.ElementTree import Element

from en16931.exact import decimal_text
from en16931.model import (
    Buyer,
    Delivery,
    DirectDebit,
    DocumentTotals,
    InvoiceContent,
    InvoiceLine,
    Item,
    LineVat,
    Payee,
    PaymentInstructions,
    Period,
    PrecedingInvoice,
    PriceDetails,
    ProcessControl,
    Seller,
)
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax
from invoice_summarizer.samples.ubl_amounts import (
    allowance_or_charge,
    amount,
    category,
    monetary_total,
    tax_totals,
)
from invoice_summarizer.samples.ubl_parties import party, payee
from invoice_summarizer.samples.ubl_payment import payment_means, payment_terms
from invoice_summarizer.samples.xml_tree import document, element

_CREDIT_NOTE = "381"  # UNTDID 1001


def ubl_xml(content: InvoiceContent) -> bytes:
    """Returns the XML of the parts of the content that samples use; a CreditNote where BT-3 is 381."""
    credit = content.type_code == _CREDIT_NOTE
    currency = content.currency_code
    due_date = _day(content.payment_due_date)
    payment = content.payment_instructions or PaymentInstructions()
    debit = payment.direct_debit or DirectDebit()
    delivery = content.delivery or Delivery()
    root = element(
        "CreditNote" if credit else "Invoice",
        *_head(content, credit),
        _period(delivery.invoicing_period),
        element("cac:OrderReference", element("cbc:ID", content.purchase_order_reference)),
        *map(_preceding, content.preceding_invoices),
        element("cac:ContractDocumentReference", element("cbc:ID", content.contract_reference)),
        element(
            "cac:AccountingSupplierParty",
            party(content.seller or Seller(), debit.bank_assigned_creditor_identifier),
        ),
        element("cac:AccountingCustomerParty", party(content.buyer or Buyer())),
        payee(content.payee or Payee()),
        element(
            "cac:Delivery", element("cbc:ActualDeliveryDate", _day(delivery.actual_delivery_date))
        ),
        *payment_means(payment, due_date if credit else None),
        *payment_terms(content),
        *(allowance_or_charge(allowance, currency) for allowance in content.allowances),
        *(allowance_or_charge(charge, currency) for charge in content.charges),
        *tax_totals(content),
        monetary_total(content.totals or DocumentTotals(), currency),
        *(_line(line, currency, credit) for line in content.lines),
    )
    syntax = Syntax.UBL_CREDIT_NOTE if credit else Syntax.UBL_INVOICE
    namespaces = NAMESPACES[syntax]
    own = namespaces["cn" if credit else "ubl"]
    return document(root, {"": own, "cac": namespaces["cac"], "cbc": namespaces["cbc"]})


def _head(content: InvoiceContent, credit: bool) -> list[Element | None]:
    control = content.process_control or ProcessControl()
    return [
        element("cbc:CustomizationID", control.specification_identifier),
        element("cbc:ID", content.invoice_number),
        element("cbc:IssueDate", _day(content.issue_date)),
        None if credit else element("cbc:DueDate", _day(content.payment_due_date)),
        element("cbc:CreditNoteTypeCode" if credit else "cbc:InvoiceTypeCode", content.type_code),
        *(element("cbc:Note", note.note) for note in content.notes),
        element("cbc:DocumentCurrencyCode", content.currency_code),
        element("cbc:TaxCurrencyCode", content.vat_accounting_currency_code),
        element("cbc:AccountingCost", content.buyer_accounting_reference),
        element("cbc:BuyerReference", content.buyer_reference),
    ]


def _period(period: Period | None) -> Element | None:
    if period is None:
        return None
    return element(
        "cac:InvoicePeriod",
        element("cbc:StartDate", _day(period.start_date)),
        element("cbc:EndDate", _day(period.end_date)),
    )


def _preceding(preceding: PrecedingInvoice) -> Element | None:
    return element(
        "cac:BillingReference",
        element(
            "cac:InvoiceDocumentReference",
            element("cbc:ID", preceding.reference),
            element("cbc:IssueDate", _day(preceding.issue_date)),
        ),
    )


def _line(line: InvoiceLine, currency: str | None, credit: bool) -> Element | None:
    item, price, vat = line.item or Item(), line.price or PriceDetails(), line.vat or LineVat()
    quantity = line.invoiced_quantity
    return element(
        "cac:CreditNoteLine" if credit else "cac:InvoiceLine",
        element("cbc:ID", line.identifier),
        element("cbc:Note", line.note),
        element(
            "cbc:CreditedQuantity" if credit else "cbc:InvoicedQuantity",
            None if quantity is None else decimal_text(quantity),
            unitCode=line.quantity_unit_code,
        ),
        amount("cbc:LineExtensionAmount", line.net_amount, currency),
        element(
            "cac:Item",
            element("cbc:Description", item.description),
            element("cbc:Name", item.name),
            element(
                "cac:SellersItemIdentification",
                element("cbc:ID", item.sellers_identifier),
            ),
            category("cac:ClassifiedTaxCategory", vat.category_code, vat.rate),
        ),
        element("cac:Price", amount("cbc:PriceAmount", price.net_price, currency)),
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
