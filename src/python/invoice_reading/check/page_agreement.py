"""PAGE-XML-01 to 08: do the pages of a hybrid PDF say what the XML inside it says?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import PackName, finding_of
from invoice_reading.agreement.comparison import Group, Verdict
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN

_OUTCOMES: Mapping[Verdict, Outcome] = {
    Verdict.AGREES: Outcome.PASSED,
    Verdict.NOT_PRINTED: Outcome.NOT_APPLICABLE,
    Verdict.DISAGREES: Outcome.FAILED,
    Verdict.NOT_DECIDABLE: Outcome.NOT_DECIDABLE,
}
_NOT_PRINTED = "the pages print neither the value in the XML nor another"
_MOST_OF_LINES = 100  # findings on single lines; a long invoice has thousands of them


@dataclass(frozen=True, slots=True)
class PageAgreement:
    """A `Rule` on a PDF with an e-invoice inside: one finding for each field of the group that the XML declares.

    NOT_APPLICABLE says that the pages print nothing for the field, which is no agreement.
    """

    rule_id: str
    group: Group
    text: str
    fields: tuple[str, ...]
    pack: PackName = OWN
    severity: Severity = Severity.WARNING

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        for comparison in document.comparisons:
            if comparison.group is self.group:
                found = finding_of(self, _OUTCOMES[comparison.verdict], (comparison.path,))
                is_printed = comparison.verdict is not Verdict.NOT_PRINTED
                yield found if is_printed else replace(found, message=_NOT_PRINTED)


class LineAgreement(PageAgreement):
    """A `PageAgreement` on the lines: those that agree are told together, and of others no more than a hundred."""

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        agree = False
        rest = _MOST_OF_LINES
        for found in PageAgreement.check(self, document):
            if found.outcome is Outcome.PASSED:
                agree = True
            elif rest:
                rest -= 1
                yield found
        if agree:
            yield finding_of(self, Outcome.PASSED, ("lines",))


class PageReadable:
    """A `Rule` on a PDF with an e-invoice inside: one finding. Pages on which nothing of the XML is found prove nothing."""

    rule_id = "PAGE-XML-08"
    pack = OWN
    severity = Severity.WARNING
    text = "the pages can be held against the XML"
    fields: tuple[str, ...] = ()

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if document.embedded.chosen is None:
            return
        agrees = any(each.verdict is Verdict.AGREES for each in document.comparisons)
        yield finding_of(self, Outcome.PASSED if agrees else Outcome.FAILED)


_ACCOUNT = "payment_instructions.credit_transfers[*]"
PAGE_RULES = (
    PageAgreement(
        "PAGE-XML-01",
        Group.NUMBER_AND_TOTALS,
        "number and totals in the XML are those of the page",
        ("invoice_number", "totals.amount_with_vat", "totals.amount_due", "totals"),
    ),
    PageAgreement(
        "PAGE-XML-02",
        Group.ACCOUNTS,
        "the account in the XML is printed on the page, where the page prints any",
        (
            f"{_ACCOUNT}.account_identifier",
            f"{_ACCOUNT}.service_provider_identifier",
            f"{_ACCOUNT}.account_name",
            "payment_instructions.direct_debit",
        ),
    ),
    PageAgreement(
        "PAGE-XML-03",
        Group.DATES,
        "the dates in the XML are those of the page",
        (
            "issue_date",
            "payment_due_date",
            "delivery.actual_delivery_date",
            "delivery.invoicing_period",
        ),
    ),
    PageAgreement(
        "PAGE-XML-04",
        Group.TYPE_AND_CURRENCY,
        "type and currency in the XML are those of the page",
        ("type_code", "currency_code"),
    ),
    PageAgreement(
        "PAGE-XML-05",
        Group.PARTIES,
        "the parties in the XML are those of the page",
        ("seller", "buyer", "payee", "seller_tax_representative", "delivery.deliver_to_address"),
    ),
    PageAgreement(
        "PAGE-XML-06",
        Group.VAT_BREAKDOWN,
        "the VAT breakdown in the XML is that of the page",
        ("vat_breakdown",),
    ),
    LineAgreement(
        "PAGE-XML-07", Group.LINES, "the lines in the XML are those of the page", ("lines",)
    ),
    PageReadable(),
)
