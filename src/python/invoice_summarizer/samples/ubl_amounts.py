"""The amounts of a UBL document: allowances and charges, VAT and totals."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from en16931.exact import decimal_text
from en16931.model import (
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    InvoiceContent,
    VatBreakdown,
)
from invoice_summarizer.samples.ubl_parties import vat_scheme
from invoice_summarizer.samples.xml_tree import element


def allowance_or_charge(of: DocumentAllowance | DocumentCharge, currency: str | None) -> Element:
    made = element(
        "cac:AllowanceCharge",
        element("cbc:ChargeIndicator", "true" if isinstance(of, DocumentCharge) else "false"),
        element("cbc:AllowanceChargeReason", of.reason),
        number("cbc:MultiplierFactorNumeric", of.percentage),
        amount("cbc:Amount", of.amount, currency),
        amount("cbc:BaseAmount", of.base_amount, currency),
        category("cac:TaxCategory", of.vat_category_code, of.vat_rate),
    )
    assert made is not None
    return made


def tax_totals(content: InvoiceContent) -> list[Element | None]:
    """Returns the VAT with its breakdown, and where BT-6 is another currency, the VAT in it."""
    totals, currency = content.totals or DocumentTotals(), content.currency_code
    return [
        element(
            "cac:TaxTotal",
            amount("cbc:TaxAmount", totals.vat_amount, currency),
            *(_vat_row(row, currency) for row in content.vat_breakdown),
        ),
        element(
            "cac:TaxTotal",
            amount(
                "cbc:TaxAmount",
                totals.vat_amount_in_accounting_currency,
                content.vat_accounting_currency_code,
            ),
        ),
    ]


def monetary_total(totals: DocumentTotals, currency: str | None) -> Element | None:
    return element(
        "cac:LegalMonetaryTotal",
        amount("cbc:LineExtensionAmount", totals.line_net_amount, currency),
        amount("cbc:TaxExclusiveAmount", totals.amount_without_vat, currency),
        amount("cbc:TaxInclusiveAmount", totals.amount_with_vat, currency),
        amount("cbc:AllowanceTotalAmount", totals.allowance_amount, currency),
        amount("cbc:ChargeTotalAmount", totals.charge_amount, currency),
        amount("cbc:PrepaidAmount", totals.paid_amount, currency),
        amount("cbc:PayableRoundingAmount", totals.rounding_amount, currency),
        amount("cbc:PayableAmount", totals.amount_due, currency),
    )


def category(
    name: str, code: str | None, rate: Decimal | None, row: VatBreakdown | None = None
) -> Element | None:
    """Returns a VAT category; of a row of the breakdown with the reason why no VAT is charged."""
    if code is None and rate is None:
        return None
    row = row or VatBreakdown()
    return element(
        name,
        element("cbc:ID", code),
        number("cbc:Percent", rate),
        element("cbc:TaxExemptionReasonCode", row.exemption_reason_code),
        element("cbc:TaxExemptionReason", row.exemption_reason),
        vat_scheme(),
    )


def amount(name: str, value: Decimal | None, currency: str | None) -> Element | None:
    return number(name, value, currencyID=currency)


def number(name: str, value: Decimal | None, **attributes: str | None) -> Element | None:
    return element(name, None if value is None else decimal_text(value), **attributes)


def _vat_row(row: VatBreakdown, currency: str | None) -> Element | None:
    return element(
        "cac:TaxSubtotal",
        amount("cbc:TaxableAmount", row.taxable_amount, currency),
        amount("cbc:TaxAmount", row.tax_amount, currency),
        category("cac:TaxCategory", row.category_code, row.rate, row),
    )
