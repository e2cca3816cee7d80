"""A sample as UBL 2.1 Invoice or CreditNote, after CEN/TS 16931-3-2."""

from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from en16931.exact import decimal_text
from en16931.model import (
    Buyer,
    Contact,
    CreditTransfer,
    DocumentTotals,
    Identifier,
    InvoiceContent,
    InvoiceLine,
    Item,
    LineVat,
    PaymentInstructions,
    PostalAddress,
    PrecedingInvoice,
    PriceDetails,
    ProcessControl,
    Seller,
    VatBreakdown,
)
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax
from invoice_summarizer.samples.xml_tree import document, element

_CREDIT_NOTE = "381"  # UNTDID 1001


def ubl_xml(content: InvoiceContent) -> bytes:
    """Returns the XML of the parts of the content that samples use; a CreditNote where BT-3 is 381."""
    credit = content.type_code == _CREDIT_NOTE
    currency = content.currency_code
    due_date = _day(content.payment_due_date)
    control = content.process_control or ProcessControl()
    totals = content.totals or DocumentTotals()
    root = element(
        "CreditNote" if credit else "Invoice",
        element("cbc:CustomizationID", control.specification_identifier),
        element("cbc:ID", content.invoice_number),
        element("cbc:IssueDate", _day(content.issue_date)),
        None if credit else element("cbc:DueDate", due_date),
        element("cbc:CreditNoteTypeCode" if credit else "cbc:InvoiceTypeCode", content.type_code),
        *(element("cbc:Note", note.note) for note in content.notes),
        element("cbc:DocumentCurrencyCode", currency),
        element("cbc:BuyerReference", content.buyer_reference),
        element("cac:OrderReference", element("cbc:ID", content.purchase_order_reference)),
        *map(_preceding, content.preceding_invoices),
        element("cac:AccountingSupplierParty", _party(content.seller or Seller())),
        element("cac:AccountingCustomerParty", _party(content.buyer or Buyer())),
        *_payment_means(
            content.payment_instructions or PaymentInstructions(), due_date if credit else None
        ),
        element("cac:PaymentTerms", element("cbc:Note", content.payment_terms)),
        element(
            "cac:TaxTotal",
            _amount("cbc:TaxAmount", totals.vat_amount, currency),
            *(_vat_row(row, currency) for row in content.vat_breakdown),
        ),
        _totals(totals, currency),
        *(_line(line, currency, credit) for line in content.lines),
    )
    syntax = Syntax.UBL_CREDIT_NOTE if credit else Syntax.UBL_INVOICE
    namespaces = NAMESPACES[syntax]
    own = namespaces["cn" if credit else "ubl"]
    return document(root, {"": own, "cac": namespaces["cac"], "cbc": namespaces["cbc"]})


def _preceding(preceding: PrecedingInvoice) -> Element | None:
    return element(
        "cac:BillingReference",
        element(
            "cac:InvoiceDocumentReference",
            element("cbc:ID", preceding.reference),
            element("cbc:IssueDate", _day(preceding.issue_date)),
        ),
    )


def _party(party: Seller | Buyer) -> Element | None:
    legal = party.legal_registration_identifier or Identifier()
    contact = party.contact or Contact()
    return element(
        "cac:Party",
        _address(party.postal_address or PostalAddress()),
        element(
            "cac:PartyTaxScheme", element("cbc:CompanyID", party.vat_identifier), _vat_scheme()
        ),
        element(
            "cac:PartyLegalEntity",
            element("cbc:RegistrationName", party.name),
            element("cbc:CompanyID", legal.value, schemeID=legal.scheme_id),
        ),
        element(
            "cac:Contact",
            element("cbc:Name", contact.point),
            element("cbc:Telephone", contact.telephone_number),
            element("cbc:ElectronicMail", contact.email_address),
        ),
    )


def _address(address: PostalAddress) -> Element | None:
    return element(
        "cac:PostalAddress",
        element("cbc:StreetName", address.line_1),
        element("cbc:AdditionalStreetName", address.line_2),
        element("cbc:CityName", address.city),
        element("cbc:PostalZone", address.post_code),
        element("cac:Country", element("cbc:IdentificationCode", address.country_code)),
    )


def _payment_means(payment: PaymentInstructions, due_date: str | None) -> list[Element | None]:
    return [
        element(
            "cac:PaymentMeans",
            element("cbc:PaymentMeansCode", payment.means_type_code),
            element("cbc:PaymentDueDate", due_date),
            element("cbc:PaymentID", payment.remittance_information),
            _account(transfer),
        )
        for transfer in payment.credit_transfers
    ]


def _account(transfer: CreditTransfer) -> Element | None:
    return element(
        "cac:PayeeFinancialAccount",
        element("cbc:ID", transfer.account_identifier),
        element("cbc:Name", transfer.account_name),
        element(
            "cac:FinancialInstitutionBranch",
            element("cbc:ID", transfer.service_provider_identifier),
        ),
    )


def _vat_row(row: VatBreakdown, currency: str | None) -> Element | None:
    return element(
        "cac:TaxSubtotal",
        _amount("cbc:TaxableAmount", row.taxable_amount, currency),
        _amount("cbc:TaxAmount", row.tax_amount, currency),
        _category("cac:TaxCategory", row.category_code, row.rate),
    )


def _totals(totals: DocumentTotals, currency: str | None) -> Element | None:
    return element(
        "cac:LegalMonetaryTotal",
        _amount("cbc:LineExtensionAmount", totals.line_net_amount, currency),
        _amount("cbc:TaxExclusiveAmount", totals.amount_without_vat, currency),
        _amount("cbc:TaxInclusiveAmount", totals.amount_with_vat, currency),
        _amount("cbc:PayableAmount", totals.amount_due, currency),
    )


def _line(line: InvoiceLine, currency: str | None, credit: bool) -> Element | None:
    item, price, vat = line.item or Item(), line.price or PriceDetails(), line.vat or LineVat()
    quantity = line.invoiced_quantity
    return element(
        "cac:CreditNoteLine" if credit else "cac:InvoiceLine",
        element("cbc:ID", line.identifier),
        element(
            "cbc:CreditedQuantity" if credit else "cbc:InvoicedQuantity",
            None if quantity is None else decimal_text(quantity),
            unitCode=line.quantity_unit_code,
        ),
        _amount("cbc:LineExtensionAmount", line.net_amount, currency),
        element(
            "cac:Item",
            element("cbc:Description", item.description),
            element("cbc:Name", item.name),
            element(
                "cac:SellersItemIdentification",
                element("cbc:ID", item.sellers_identifier),
            ),
            _category("cac:ClassifiedTaxCategory", vat.category_code, vat.rate),
        ),
        element("cac:Price", _amount("cbc:PriceAmount", price.net_price, currency)),
    )


def _category(name: str, code: str | None, rate: Decimal | None) -> Element | None:
    return element(
        name,
        element("cbc:ID", code),
        element("cbc:Percent", None if rate is None else decimal_text(rate)),
        _vat_scheme(),
    )


def _vat_scheme() -> Element | None:
    return element("cac:TaxScheme", element("cbc:ID", "VAT"))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _amount(name: str, value: Decimal | None, currency: str | None) -> Element | None:
    return element(name, None if value is None else decimal_text(value), currencyID=currency)
