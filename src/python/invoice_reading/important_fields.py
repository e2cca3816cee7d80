"""The fields by which an invoice is known and paid: each has a value, or says why it has none."""

IMPORTANT_FIELDS = (
    "invoice_number",
    "issue_date",
    "payment_due_date",
    "currency_code",
    "type_code",
    "seller.name",
    "seller.vat_identifier",
    "buyer.name",
    "totals.amount_without_vat",
    "totals.vat_amount",
    "totals.amount_with_vat",
    "totals.amount_due",
    "payment_instructions.credit_transfers[0].account_identifier",
)
