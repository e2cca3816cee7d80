"""How a UBL document is paid: by transfer, or by direct debit; at once, or in instalments."""

from xml.etree.ElementTree import Element

from en16931.model import (
    CreditTransfer,
    DirectDebit,
    Extras,
    Instalment,
    InvoiceContent,
    PaymentInstructions,
)
from invoice_summarizer.samples.ubl_amounts import amount
from invoice_summarizer.samples.xml_tree import element


def payment_means(payment: PaymentInstructions, due_date: str | None) -> list[Element | None]:
    """Returns one for each account, or the one of the direct debit; `due_date` is given where it stands here."""
    ways = [_account(transfer) for transfer in payment.credit_transfers]
    if payment.direct_debit is not None:
        ways.append(_mandate(payment.direct_debit))
    return [
        element(
            "cac:PaymentMeans",
            element("cbc:PaymentMeansCode", payment.means_type_code, name=payment.means_text),
            element("cbc:PaymentDueDate", due_date),
            element("cbc:PaymentID", payment.remittance_information),
            way,
        )
        for way in ways
    ]


def payment_terms(content: InvoiceContent) -> list[Element | None]:
    instalments = (content.extras or Extras()).instalments
    return [
        element("cac:PaymentTerms", element("cbc:Note", content.payment_terms)),
        *(_instalment(part, content.currency_code) for part in instalments),
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


def _mandate(debit: DirectDebit) -> Element | None:
    return element(
        "cac:PaymentMandate",
        element("cbc:ID", debit.mandate_reference_identifier),
        element("cac:PayerFinancialAccount", element("cbc:ID", debit.debited_account_identifier)),
    )


def _instalment(part: Instalment, currency: str | None) -> Element | None:
    return element(
        "cac:PaymentTerms",
        amount("cbc:Amount", part.amount, currency),
        element(
            "cbc:InstallmentDueDate", None if part.due_date is None else part.due_date.isoformat()
        ),
    )
