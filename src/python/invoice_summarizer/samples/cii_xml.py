"""A sample as UN/CEFACT Cross Industry Invoice, after CEN/TS 16931-3-3."""

from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from en16931.exact import decimal_text
from en16931.model import (
    Buyer,
    Contact,
    CreditTransfer,
    Delivery,
    DocumentAllowance,
    DocumentTotals,
    Identifier,
    InvoiceContent,
    InvoiceLine,
    Item,
    LineVat,
    PaymentInstructions,
    PostalAddress,
    PriceDetails,
    ProcessControl,
    Seller,
    VatBreakdown,
)
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax
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
            _date("ram:IssueDateTime", content.issue_date),
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
                _seller(content.seller) if content.seller else None,
                _buyer(content.buyer) if content.buyer else None,
                element(
                    "ram:BuyerOrderReferencedDocument",
                    element("ram:IssuerAssignedID", content.purchase_order_reference),
                ),
            ),
            _delivery(content),
            _settlement(content),
        ),
    )
    return document(root, dict(NAMESPACES[Syntax.CII]))


def _line(line: InvoiceLine) -> Element | None:
    item, price, vat = line.item or Item(), line.price or PriceDetails(), line.vat or LineVat()
    return element(
        "ram:IncludedSupplyChainTradeLineItem",
        element("ram:AssociatedDocumentLineDocument", element("ram:LineID", line.identifier)),
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
                _number("ram:ChargeAmount", price.net_price),
            ),
        ),
        element(
            "ram:SpecifiedLineTradeDelivery",
            _number("ram:BilledQuantity", line.invoiced_quantity, unitCode=line.quantity_unit_code),
        ),
        element(
            "ram:SpecifiedLineTradeSettlement",
            _tax("ram:ApplicableTradeTax", vat.category_code, vat.rate),
            element(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                _number("ram:LineTotalAmount", line.net_amount),
            ),
        ),
    )


def _seller(seller: Seller) -> Element | None:
    contact = seller.contact or Contact()
    return element(
        "ram:SellerTradeParty",
        element("ram:Name", seller.name),
        _legal_organization(seller.legal_registration_identifier),
        element(
            "ram:DefinedTradeContact",
            element("ram:PersonName", contact.point),
            element(
                "ram:TelephoneUniversalCommunication",
                element("ram:CompleteNumber", contact.telephone_number),
            ),
            element(
                "ram:EmailURIUniversalCommunication",
                element("ram:URIID", contact.email_address),
            ),
        ),
        _address(seller.postal_address),
        _vat_registration(seller.vat_identifier),
    )


def _buyer(buyer: Buyer) -> Element | None:
    return element(
        "ram:BuyerTradeParty",
        element("ram:Name", buyer.name),
        _legal_organization(buyer.legal_registration_identifier),
        _address(buyer.postal_address),
        _vat_registration(buyer.vat_identifier),
    )


def _legal_organization(identifier: Identifier | None) -> Element | None:
    if identifier is None:
        return None
    return element(
        "ram:SpecifiedLegalOrganization",
        element("ram:ID", identifier.value, schemeID=identifier.scheme_id),
    )


def _address(address: PostalAddress | None) -> Element | None:
    if address is None:
        return None
    return element(
        "ram:PostalTradeAddress",
        element("ram:PostcodeCode", address.post_code),
        element("ram:LineOne", address.line_1),
        element("ram:LineTwo", address.line_2),
        element("ram:CityName", address.city),
        element("ram:CountryID", address.country_code),
    )


def _vat_registration(identifier: str | None) -> Element | None:
    return element("ram:SpecifiedTaxRegistration", element("ram:ID", identifier, schemeID="VA"))


def _delivery(content: InvoiceContent) -> Element:
    """The element is mandatory, also where it is empty."""
    delivered = (content.delivery or Delivery()).actual_delivery_date
    event = element(
        "ram:ActualDeliverySupplyChainEvent", _date("ram:OccurrenceDateTime", delivered)
    )
    made = Element("ram:ApplicableHeaderTradeDelivery")
    if event is not None:
        made.append(event)
    return made


def _settlement(content: InvoiceContent) -> Element | None:
    payment = content.payment_instructions or PaymentInstructions()
    return element(
        "ram:ApplicableHeaderTradeSettlement",
        element("ram:PaymentReference", payment.remittance_information),
        element("ram:InvoiceCurrencyCode", content.currency_code),
        *(
            _payment_means(payment.means_type_code, transfer)
            for transfer in payment.credit_transfers
        ),
        *map(_vat_row, content.vat_breakdown),
        *map(_allowance, content.allowances),
        element(
            "ram:SpecifiedTradePaymentTerms",
            element("ram:Description", content.payment_terms),
            _date("ram:DueDateDateTime", content.payment_due_date),
        ),
        _totals(content.totals, content.currency_code) if content.totals else None,
        *(
            element(
                "ram:InvoiceReferencedDocument",
                element("ram:IssuerAssignedID", preceding.reference),
            )
            for preceding in content.preceding_invoices
        ),
    )


def _payment_means(code: str | None, transfer: CreditTransfer) -> Element | None:
    return element(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        element("ram:TypeCode", code),
        element(
            "ram:PayeePartyCreditorFinancialAccount",
            element("ram:IBANID", transfer.account_identifier),
            element("ram:AccountName", transfer.account_name),
        ),
        element(
            "ram:PayeeSpecifiedCreditorFinancialInstitution",
            element("ram:BICID", transfer.service_provider_identifier),
        ),
    )


def _vat_row(row: VatBreakdown) -> Element | None:
    return element(
        "ram:ApplicableTradeTax",
        _number("ram:CalculatedAmount", row.tax_amount),
        element("ram:TypeCode", "VAT"),
        element("ram:ExemptionReason", row.exemption_reason),
        _number("ram:BasisAmount", row.taxable_amount),
        element("ram:CategoryCode", row.category_code),
        _number("ram:RateApplicablePercent", row.rate),
    )


def _allowance(allowance: DocumentAllowance) -> Element | None:
    return element(
        "ram:SpecifiedTradeAllowanceCharge",
        element("ram:ChargeIndicator", element("udt:Indicator", "false")),
        _number("ram:CalculationPercent", allowance.percentage),
        _number("ram:BasisAmount", allowance.base_amount),
        _number("ram:ActualAmount", allowance.amount),
        element("ram:Reason", allowance.reason),
        _tax("ram:CategoryTradeTax", allowance.vat_category_code, allowance.vat_rate),
    )


def _totals(totals: DocumentTotals, currency: str | None) -> Element | None:
    return element(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        _number("ram:LineTotalAmount", totals.line_net_amount),
        _number("ram:ChargeTotalAmount", totals.charge_amount),
        _number("ram:AllowanceTotalAmount", totals.allowance_amount),
        _number("ram:TaxBasisTotalAmount", totals.amount_without_vat),
        _number("ram:TaxTotalAmount", totals.vat_amount, currencyID=currency),
        _number("ram:GrandTotalAmount", totals.amount_with_vat),
        _number("ram:DuePayableAmount", totals.amount_due),
    )


def _tax(name: str, category: str | None, rate: Decimal | None) -> Element | None:
    return element(
        name,
        element("ram:TypeCode", "VAT"),
        element("ram:CategoryCode", category),
        _number("ram:RateApplicablePercent", rate),
    )


def _number(name: str, value: Decimal | None, **attributes: str | None) -> Element | None:
    return element(name, None if value is None else decimal_text(value), **attributes)


def _date(name: str, day: date | None) -> Element | None:
    return element(
        name,
        element(
            "udt:DateTimeString", None if day is None else day.strftime("%Y%m%d"), format="102"
        ),
    )
