"""IBAN-01 and VAT-ID-01: are the check digits of accounts and of VAT identifiers right?"""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from invoice_reading.check.pack import OWN
from invoice_reading.iban import iban_outcome
from invoice_reading.vat_identifier import has_right_check_digits, vat_identifier

_Value = tuple[str, str | None]  # its path, and what stands there


class Ibans:
    """A `Rule` on the content: one finding for each account that has the form of an IBAN.

    There is nothing to say of the number of a local account. A masked IBAN cannot be decided.
    """

    rule_id = "IBAN-01"
    pack = OWN
    severity = Severity.WARNING
    text = "country, length and check digits of the IBAN agree"
    fields = (
        "payment_instructions.credit_transfers[*].account_identifier",
        "payment_instructions.direct_debit.debited_account_identifier",
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        for path, account in _accounts(declared.content):
            outcome = iban_outcome(account or "")
            if outcome is not None:
                yield finding_of(self, outcome, (path,))


class VatIdentifiers:
    """A `Rule` on the content: one finding for each VAT identifier of a country whose check digits are known."""

    rule_id = "VAT-ID-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the check digits of the VAT identifier are right"
    fields = (
        "seller.vat_identifier",
        "seller_tax_representative.vat_identifier",
        "buyer.vat_identifier",
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        for path, identifier in _vat_identifiers(declared.content):
            is_right = has_right_check_digits(vat_identifier(identifier or "").upper())
            if is_right is not None:
                outcome = Outcome.PASSED if is_right else Outcome.FAILED
                yield finding_of(self, outcome, (path,))


def _accounts(content: InvoiceContent) -> Iterator[_Value]:
    payment = content.payment_instructions
    if payment is None:
        return
    for index, transfer in enumerate(payment.credit_transfers):
        path = f"payment_instructions.credit_transfers[{index}].account_identifier"
        yield path, transfer.account_identifier
    if payment.direct_debit is not None:
        path = "payment_instructions.direct_debit.debited_account_identifier"
        yield path, payment.direct_debit.debited_account_identifier


def _vat_identifiers(content: InvoiceContent) -> Iterator[_Value]:
    for name, party in (
        ("seller", content.seller),
        ("seller_tax_representative", content.seller_tax_representative),
        ("buyer", content.buyer),
    ):
        if party is not None:
            yield f"{name}.vat_identifier", party.vat_identifier
