"""The fields whose confidence is calibrated: those of which labelled documents say what is right."""

from invoice_reading.extract.lexicon import Label

IBAN = "payment_instructions.credit_transfers[0].account_identifier"
AMOUNTS = ("totals.amount_without_vat", "totals.vat_amount", "totals.amount_with_vat")
NAMES = ("seller.name", "buyer.name")
DATES = ("issue_date", "payment_due_date")
CALIBRATED_FIELDS = ("invoice_number", *DATES, "currency_code", *NAMES, *AMOUNTS, IBAN)
# That one of them is not there may be right, or a value that was overlooked; with the label that would name it.
OPTIONAL_FIELDS = {
    "payment_due_date": Label.DUE_DATE,
    "buyer.name": Label.BUYER,
    IBAN: Label.IBAN,
}
