"""PAGE-XML-02: does the page of a hybrid PDF ask for the money on the account that the XML inside it names?"""

from collections.abc import Iterator

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN
from invoice_reading.extract.bank_account import printed_ibans
from invoice_reading.extract.layout import rows
from invoice_reading.iban import bare_iban, is_iban


class AccountAgreement:
    """A `Rule` on a PDF with an e-invoice inside: one finding for each account of the XML that is an IBAN.

    It fails where the visible words of the pages have accounts and not this one. Where they have none, nothing can be
    decided: many pages leave the account to the XML.
    """

    rule_id = "PAGE-XML-02"
    pack = OWN
    severity = Severity.WARNING
    text = "the account in the XML is printed on the page, where the page prints any"
    fields = ("payment_instructions.credit_transfers[*].account_identifier",)

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        payment = document.content.payment_instructions
        if document.embedded.chosen is None or payment is None:
            return
        printed = printed_ibans(row.text for page in document.pages for row in rows(page))
        for index, transfer in enumerate(payment.credit_transfers):
            account = bare_iban(transfer.account_identifier or "")
            if is_iban(account):
                path = f"payment_instructions.credit_transfers[{index}].account_identifier"
                yield finding_of(self, _outcome(account, printed), (path,))


def _outcome(account: str, printed: set[str]) -> Outcome:
    if not printed:
        return Outcome.NOT_DECIDABLE
    return Outcome.PASSED if account in printed else Outcome.FAILED
