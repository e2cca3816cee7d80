"""The settlement of a CII document: how it is paid, VAT, allowances and charges, totals."""

from xml.etree.ElementTree import Element

from en16931.model import (
    CreditTransfer,
    Delivery,
    DirectDebit,
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    InvoiceContent,
    Payee,
    PaymentInstructions,
    Period,
    VatBreakdown,
)
from invoice_summarizer.samples.cii_leaves import day, number, tax
from invoice_summarizer.samples.cii_parties import payee
from invoice_summarizer.samples.xml_tree import element


def settlement(content: InvoiceContent) -> Element | None:
    payment = content.payment_instructions or PaymentInstructions()
    debit = payment.direct_debit or DirectDebit()
    return element(
        "ram:ApplicableHeaderTradeSettlement",
        element("ram:CreditorReferenceID", debit.bank_assigned_creditor_identifier),
        element("ram:PaymentReference", payment.remittance_information),
        element("ram:TaxCurrencyCode", content.vat_accounting_currency_code),
        element("ram:InvoiceCurrencyCode", content.currency_code),
        payee(content.payee or Payee()),
        *_payment_means(payment),
        *map(_vat_row, content.vat_breakdown),
        _period((content.delivery or Delivery()).invoicing_period),
        *map(_allowance_or_charge, content.allowances),
        *map(_allowance_or_charge, content.charges),
        element(
            "ram:SpecifiedTradePaymentTerms",
            element("ram:Description", content.payment_terms),
            day("ram:DueDateDateTime", content.payment_due_date),
            element("ram:DirectDebitMandateID", debit.mandate_reference_identifier),
        ),
        _totals(content),
        *(
            element(
                "ram:InvoiceReferencedDocument",
                element("ram:IssuerAssignedID", preceding.reference),
                day("ram:FormattedIssueDateTime", preceding.issue_date, prefix="qdt"),
            )
            for preceding in content.preceding_invoices
        ),
        element(
            "ram:ReceivableSpecifiedTradeAccountingAccount",
            element("ram:ID", content.buyer_accounting_reference),
        ),
    )


def _payment_means(payment: PaymentInstructions) -> list[Element | None]:
    """Returns one for each account, and the one of the direct debit."""
    code, text = payment.means_type_code, payment.means_text
    means = [_transfer(code, text, transfer) for transfer in payment.credit_transfers]
    if payment.direct_debit is not None:
        debited = element("ram:IBANID", payment.direct_debit.debited_account_identifier)
        means.append(_means(code, text, element("ram:PayerPartyDebtorFinancialAccount", debited)))
    return means


def _transfer(code: str | None, text: str | None, transfer: CreditTransfer) -> Element | None:
    return _means(
        code,
        text,
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


def _means(code: str | None, text: str | None, *accounts: Element | None) -> Element | None:
    return element(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        element("ram:TypeCode", code),
        element("ram:Information", text),
        *accounts,
    )


def _vat_row(row: VatBreakdown) -> Element | None:
    return element(
        "ram:ApplicableTradeTax",
        number("ram:CalculatedAmount", row.tax_amount),
        element("ram:TypeCode", "VAT"),
        element("ram:ExemptionReason", row.exemption_reason),
        number("ram:BasisAmount", row.taxable_amount),
        element("ram:CategoryCode", row.category_code),
        element("ram:ExemptionReasonCode", row.exemption_reason_code),
        number("ram:RateApplicablePercent", row.rate),
    )


def _period(period: Period | None) -> Element | None:
    if period is None:
        return None
    return element(
        "ram:BillingSpecifiedPeriod",
        day("ram:StartDateTime", period.start_date),
        day("ram:EndDateTime", period.end_date),
    )


def _allowance_or_charge(of: DocumentAllowance | DocumentCharge) -> Element | None:
    is_charge = "true" if isinstance(of, DocumentCharge) else "false"
    return element(
        "ram:SpecifiedTradeAllowanceCharge",
        element("ram:ChargeIndicator", element("udt:Indicator", is_charge)),
        number("ram:CalculationPercent", of.percentage),
        number("ram:BasisAmount", of.base_amount),
        number("ram:ActualAmount", of.amount),
        element("ram:Reason", of.reason),
        tax("ram:CategoryTradeTax", of.vat_category_code, of.vat_rate),
    )


def _totals(content: InvoiceContent) -> Element | None:
    totals = content.totals or DocumentTotals()
    return element(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        number("ram:LineTotalAmount", totals.line_net_amount),
        number("ram:ChargeTotalAmount", totals.charge_amount),
        number("ram:AllowanceTotalAmount", totals.allowance_amount),
        number("ram:TaxBasisTotalAmount", totals.amount_without_vat),
        number("ram:TaxTotalAmount", totals.vat_amount, currencyID=content.currency_code),
        number(
            "ram:TaxTotalAmount",
            totals.vat_amount_in_accounting_currency,
            currencyID=content.vat_accounting_currency_code,
        ),
        number("ram:RoundingAmount", totals.rounding_amount),
        number("ram:GrandTotalAmount", totals.amount_with_vat),
        number("ram:TotalPrepaidAmount", totals.paid_amount),
        number("ram:DuePayableAmount", totals.amount_due),
    )
