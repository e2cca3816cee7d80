"""PAGE-XML-01 to 08: a verdict on a field is told as the outcome of its rule."""

import pytest

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.reader import read_xml
from invoice_reading.agreement.comparison import Comparison, Group, Verdict
from invoice_reading.agreement.rule_ids import CONTRADICTIONS
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoice, EmbeddedInvoices
from invoice_reading.check.page_agreement import PAGE_RULES
from invoice_reading.page import Attachment
from small_invoice import ubl_invoice

FILE = Attachment("factur-x.xml", "text/xml", ubl_invoice())
EMBEDDED = EmbeddedInvoices(EmbeddedInvoice(read_xml(FILE.data), "0" * 64, FILE), readable=1)


def findings(*comparisons: Comparison, embedded: EmbeddedInvoices = EMBEDDED) -> list[Finding]:
    document = CheckedDocument(content=InvoiceContent(), embedded=embedded, comparisons=comparisons)
    return [found for rule in PAGE_RULES for found in rule.check(document)]


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (Verdict.AGREES, Outcome.PASSED),
        (Verdict.DISAGREES, Outcome.FAILED),
        (Verdict.NOT_PRINTED, Outcome.NOT_APPLICABLE),
        (Verdict.NOT_DECIDABLE, Outcome.NOT_DECIDABLE),
    ],
)
def test_each_verdict_has_an_outcome_of_its_own(verdict: Verdict, outcome: Outcome) -> None:
    [found, _] = findings(Comparison(Group.DATES, "issue_date", verdict))
    assert (found.rule_id, found.field_paths) == ("PAGE-XML-03", ("issue_date",))
    assert found.outcome is outcome
    assert ("print neither" in found.message) is (verdict is Verdict.NOT_PRINTED)


def test_each_group_has_a_rule_and_each_rule_is_one_of_contradictions() -> None:
    found = findings(*(Comparison(group, "issue_date", Verdict.DISAGREES) for group in Group))
    assert {each.rule_id for each in found} == CONTRADICTIONS == {r.rule_id for r in PAGE_RULES}


def test_lines_that_agree_are_told_together() -> None:
    agreeing = (Comparison(Group.LINES, f"lines[{at}].net_amount", Verdict.AGREES) for at in (0, 1))
    other = Comparison(Group.LINES, "lines[2].net_amount", Verdict.DISAGREES)
    told = [
        (found.field_paths, found.outcome)
        for found in findings(*agreeing, other)
        if found.rule_id == "PAGE-XML-07"
    ]
    assert told == [
        (("lines[2].net_amount",), Outcome.FAILED),
        (("lines",), Outcome.PASSED),
    ]


def test_findings_on_lines_are_bounded() -> None:
    many = [
        Comparison(Group.LINES, f"lines[{at}].net_amount", Verdict.DISAGREES) for at in range(999)
    ]
    assert len(findings(*many)) < 110


def test_pages_of_which_nothing_agrees_prove_nothing() -> None:
    def readable(*verdicts: Verdict) -> Outcome:
        of = (Comparison(Group.DATES, "issue_date", verdict) for verdict in verdicts)
        return findings(*of)[-1].outcome

    assert readable(Verdict.NOT_PRINTED, Verdict.AGREES) is Outcome.PASSED
    assert readable(Verdict.NOT_PRINTED, Verdict.NOT_DECIDABLE) is Outcome.FAILED
    assert readable() is Outcome.FAILED


def test_document_without_xml_inside_has_nothing_to_agree_with() -> None:
    assert findings(embedded=EmbeddedInvoices()) == []
