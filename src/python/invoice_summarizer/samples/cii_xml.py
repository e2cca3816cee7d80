"""A sample as UN/CEFACT Cross Industry Invoice, after CEN/TS 16931-3-3."""

from xml.etree.ElementTree import Element

from en16931.model import (
    Buyer,
    Delivery,
    InvoiceContent,
    InvoiceLine,
    Item,
    LineVat,
    PriceDetails,
    ProcessControl,
    Seller,
)
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax
from invoice_summarizer.samples.cii_leaves import day, number, tax
from invoice_summarizer.samples.cii_parties import buyer, seller
from invoice_summarizer.samples.cii_settlement import settlement
from invoice_summarizer.samples.xml_tree import document, element


def cii_xml(content: InvoiceContent) -> bytes:
    """Returns the XML of the parts of the content that samples use."""
    control = content.process_control or ProcessControl()
    root = element(
        "rsm:CrossIndustryInvoice",
        element(
            "rsm:ExchangedDocumentContext",
            element(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                element(
                    "ram:ID",
                    control.specification_identifier,
                ),
            ),
        ),
        element(
            "rsm:ExchangedDocument",
            element("ram:ID", content.invoice_number),
            element("ram:TypeCode", content.type_code),
            day("ram:IssueDateTime", content.issue_date),
            *(
                element("ram:IncludedNote", element("ram:Content", note.note))
                for note in content.notes
            ),
        ),
        element(
            "rsm:SupplyChainTradeTransaction",
            *map(_line, content.lines),
            element(
                "ram:ApplicableHeaderTradeAgreement",
                element("ram:BuyerReference", content.buyer_reference),
                seller(content.seller or Seller()),
                buyer(content.buyer or Buyer()),
                element(
                    "ram:BuyerOrderReferencedDocument",
                    element("ram:IssuerAssignedID", content.purchase_order_reference),
                ),
                element(
                    "ram:ContractReferencedDocument",
                    element("ram:IssuerAssignedID", content.contract_reference),
                ),
            ),
            _delivery(content),
            settlement(content),
        ),
    )
    return document(root, dict(NAMESPACES[Syntax.CII]))


def _line(line: InvoiceLine) -> Element | None:
    item, price, vat = line.item or Item(), line.price or PriceDetails(), line.vat or LineVat()
    return element(
        "ram:IncludedSupplyChainTradeLineItem",
        element(
            "ram:AssociatedDocumentLineDocument",
            element("ram:LineID", line.identifier),
            element("ram:IncludedNote", element("ram:Content", line.note)),
        ),
        element(
            "ram:SpecifiedTradeProduct",
            element("ram:SellerAssignedID", item.sellers_identifier),
            element("ram:Name", item.name),
            element("ram:Description", item.description),
        ),
        element(
            "ram:SpecifiedLineTradeAgreement",
            element(
                "ram:NetPriceProductTradePrice",
                number("ram:ChargeAmount", price.net_price),
            ),
        ),
        element(
            "ram:SpecifiedLineTradeDelivery",
            number("ram:BilledQuantity", line.invoiced_quantity, unitCode=line.quantity_unit_code),
        ),
        element(
            "ram:SpecifiedLineTradeSettlement",
            tax("ram:ApplicableTradeTax", vat.category_code, vat.rate),
            element(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                number("ram:LineTotalAmount", line.net_amount),
            ),
        ),
    )


def _delivery(content: InvoiceContent) -> Element:
    """The element is mandatory, also where it is empty."""
    delivered = (content.delivery or Delivery()).actual_delivery_date
    event = element("ram:ActualDeliverySupplyChainEvent", day("ram:OccurrenceDateTime", delivered))
    made = Element("ram:ApplicableHeaderTradeDelivery")
    if event is not None:
        made.append(event)
    return made
