"""What was read or corrected is assessed as one: rules, completeness, reasons."""

from decimal import Decimal

import msgspec

from en16931.finding import Finding, Outcome, Severity
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from en16931.reader import read_xml
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.check.assessment import Assessment, assess
from invoice_reading.completeness import Verdict
from invoice_reading.reading import DocumentForm
from small_invoice import ubl_invoice

CONTENT = read_xml(ubl_invoice()).content
HIDDEN = Finding(
    rule_id="HIDDEN-TEXT-01",
    rule_pack="test",
    severity=Severity.WARNING,
    outcome=Outcome.FAILED,
    field_paths=(),
    message="",
)


def assessed(
    content: InvoiceContent = CONTENT,
    annotations: dict[str, FieldAnnotation] | None = None,
    of_document: tuple[Finding, ...] = (),
    form: DocumentForm = DocumentForm.XML,
) -> Assessment:
    return assess(form, content, annotations or {}, of_document, rows_seen=1, pages=0, pages_read=0)


def test_invoice_whose_sums_close_needs_nobody() -> None:
    assessment = assessed()
    assert (assessment.review_reasons, assessment.completeness.verdict) == ((), Verdict.COMPLETE)


def test_findings_on_the_document_stand_behind_those_on_the_content() -> None:
    assessment = assessed(of_document=(HIDDEN,))
    assert assessment.findings[-1] is HIDDEN
    assert assessment.findings[:-1] == assessed().findings
    assert "BR-CO-11" in {finding.rule_id for finding in assessment.findings}
    assert [str(reason) for reason in assessment.review_reasons] == ["RULE_FAILED:HIDDEN-TEXT-01"]


def test_field_that_could_not_be_read_leaves_its_sum_undecided() -> None:
    illegible = {"totals.paid_amount": FieldAnnotation(status=FieldStatus.ILLEGIBLE)}
    outcomes = {one.rule_id: one.outcome for one in assessed(annotations=illegible).findings}
    assert outcomes["BR-CO-16"] is Outcome.NOT_DECIDABLE
    assert outcomes["BR-CO-15"] is Outcome.PASSED


def test_lines_are_held_against_the_net_total_where_no_sum_of_lines_is_declared() -> None:
    content = msgspec.structs.replace(
        CONTENT,
        lines=(InvoiceLine(net_amount=Decimal(60)), InvoiceLine(net_amount=Decimal(40))),
        totals=DocumentTotals(
            amount_without_vat=Decimal(100), vat_amount=Decimal(19), amount_with_vat=Decimal(119)
        ),
    )
    assessment = assessed(content, form=DocumentForm.PDF_TEXT)
    assert "LINES-NET-01" in {finding.rule_id for finding in assessment.findings}
    assert assessment.completeness.verdict is Verdict.COMPLETE
