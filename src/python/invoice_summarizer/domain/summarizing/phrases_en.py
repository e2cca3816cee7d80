"""English."""

from invoice_reading.annotation import FieldStatus
from invoice_summarizer.domain.summarizing.phrases import Phrases

_HEADLINE = "[ {invoice_number}][ dated {issue_date}][ from {seller.name}][ to {buyer.name}]"

ENGLISH = Phrases(
    headline=("{kind}" + _HEADLINE, "Document" + _HEADLINE),
    tail=(
        "amount due {totals.amount_due}[, payable by {payment_due_date}]",
        "total {totals.amount_with_vat}[, payable by {payment_due_date}]",
        "payable by {payment_due_date}",
    ),
    separator=": ",
    totals=(
        "The total including VAT is {totals.amount_with_vat}[, of which {totals.vat_amount} is VAT].",
        "VAT amounts to {totals.vat_amount}.",
    ),
    net=("The amount without VAT is {totals.amount_without_vat}.",),
    vat_row=(
        "VAT at {vat.rate} on {vat.taxable_amount} comes to {vat.tax_amount}.",
        "VAT at {vat.rate} comes to {vat.tax_amount}.",
    ),
    amount_due=(
        "The amount due is {totals.amount_due}[, payable by {payment_due_date}].",
        "Payment is due by {payment_due_date}.",
    ),
    paid=("The amount already paid is {totals.paid_amount}.",),
    account=(
        "Payment goes to account {transfer.account_identifier}[, held by {transfer.account_name}].",
    ),
    direct_debit=(
        "It is collected by direct debit from account "
        "{debit.debited_account_identifier}"
        "[ under mandate {debit.mandate_reference_identifier}].",
    ),
    remittance=("The payment reference is {payment_instructions.remittance_information}.",),
    purchase_order=("The purchase order is {purchase_order_reference}.",),
    preceding=(
        "It refers to the earlier invoice {preceding.reference}" "[ dated {preceding.issue_date}].",
    ),
    one_line=("There is {lines} line:",),
    many_lines=("There are {lines} lines:",),
    largest_lines=("There are {lines} lines, of which the largest are:",),
    line=(
        "{line.item.name}[, quantity {line.invoiced_quantity}][, amount {line.net_amount}]",
        "{line.item.description}[, quantity {line.invoiced_quantity}][, amount {line.net_amount}]",
        "line {line.identifier}[, quantity {line.invoiced_quantity}], amount {line.net_amount}",
        "amount {line.net_amount}",
    ),
    rule=(
        "Rule {finding.rule} does not hold: {finding.left} stands against {finding.right}, "
        "a difference of {finding.residual}.",
        "Rule {finding.rule} does not hold.",
    ),
    more_rules="More rules do not hold.",
    no_rule_failed="No rule that was checked is broken.",
    subjects={
        "invoice_number": "The invoice number",
        "issue_date": "The issue date",
        "payment_due_date": "The due date",
        "currency_code": "The currency",
        "seller.name": "The seller",
        "buyer.name": "The buyer",
        "totals.amount_without_vat": "The amount without VAT",
        "totals.vat_amount": "The VAT amount",
        "totals.amount_with_vat": "The total including VAT",
        "totals.amount_due": "The amount due",
        "payment_instructions.credit_transfers[0].account_identifier": "The bank account",
    },
    other_subject="A further field",
    predicates={
        FieldStatus.ABSENT: "is not stated.",
        FieldStatus.ILLEGIBLE: "is not legible.",
        FieldStatus.AMBIGUOUS: "is ambiguous.",
        FieldStatus.CONFLICT: "is in conflict with other parts of the document.",
    },
    low_confidence="was read with low confidence.",
    left_out="is stated, but in a form that cannot be shown here.",
    reasons={
        "COMPLETENESS_PARTIAL": "The document was not read in full.",
        "COMPLETENESS_UNKNOWN": "It could not be proven that the document was read in full.",
    },
    other_reason="A further reason for review is recorded with the invoice.",
    nothing="Nothing in this document could be stated with its place.",
    quotes=("“", "”"),
)
