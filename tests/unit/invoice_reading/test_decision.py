"""Why a person has to look."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from en16931.finding import Finding, Outcome, Severity
from en16931.model import (
    DocumentTotals,
    InvoiceContent,
    InvoiceLine,
    ProcessControl,
    Seller,
    VatBreakdown,
)
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.certainty import DECISIVE_CONFIDENCE
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.decision import review_reasons
from invoice_reading.reading import DocumentForm

LINES = (InvoiceLine(net_amount=Decimal(60)), InvoiceLine(net_amount=Decimal(40)))
CONTENT = InvoiceContent(
    invoice_number="R-4711/26",
    issue_date=date(2026, 11, 24),
    currency_code="EUR",
    seller=Seller(name="Nordwind GmbH"),
    totals=DocumentTotals(amount_with_vat=Decimal("1190.5"), amount_due=Decimal("-1190.50")),
    lines=LINES,
)


def finding(
    rule_id: str,
    outcome: Outcome = Outcome.PASSED,
    severity: Severity = Severity.ERROR,
    *field_paths: str,
) -> Finding:
    return Finding(
        rule_id=rule_id,
        rule_pack="test",
        severity=severity,
        outcome=outcome,
        field_paths=field_paths,
        message="",
    )


def annotated(
    status: FieldStatus = FieldStatus.PRESENT,
    confidence: float | None = 1.0,
    path: str = "invoice_number",
) -> dict[str, FieldAnnotation]:
    return {path: FieldAnnotation(status=status, confidence=confidence)}


def cases() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    def reasons(
        *findings: Finding,
        form: DocumentForm = DocumentForm.PDF_TEXT,
        content: InvoiceContent = CONTENT,
        annotations: dict[str, FieldAnnotation] | None = None,
        verdict: Verdict = Verdict.COMPLETE,
    ) -> tuple[str, ...]:
        completeness = Completeness(
            verdict=verdict,
            rows_seen=2,
            rows_returned=2,
            pages=1,
            pages_read=1,
            sums_close=True,
        )
        found = review_reasons(form, content, annotations or {}, findings, completeness)
        return tuple(map(str, found))

    yield reasons(finding("A")), ()
    yield reasons(finding("A", Outcome.FAILED)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED), finding("A", Outcome.FAILED)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED, Severity.WARNING)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED, Severity.INFORMATION)), ()
    yield reasons(finding("A", Outcome.NOT_DECIDABLE)), ()
    of_unpaid = finding("A", Outcome.FAILED, Severity.WARNING, "buyer.vat_identifier")
    yield reasons(of_unpaid), ()
    of_both = finding("A", Outcome.FAILED, Severity.WARNING, "buyer.vat_identifier", "totals")
    yield reasons(of_unpaid, of_both), ("RULE_FAILED:A",)
    for status in (FieldStatus.ILLEGIBLE, FieldStatus.AMBIGUOUS, FieldStatus.CONFLICT):
        yield reasons(annotations=annotated(status)), (f"FIELD_{status}:invoice_number",)
    yield reasons(annotations=annotated(confidence=DECISIVE_CONFIDENCE)), ()
    yield reasons(annotations=annotated(confidence=None)), ()
    low = annotated(confidence=DECISIVE_CONFIDENCE - 0.01)
    yield reasons(annotations=low), ("LOW_CONFIDENCE:invoice_number",)
    for path in (
        "totals.amount_due",
        "payment_due_date",
        "payment_instructions.credit_transfers[0].account_identifier",
        "lines[1].item.name",
    ):
        yield reasons(annotations=annotated(confidence=0.45, path=path)), (
            f"LOW_CONFIDENCE:{path}",
        )
    yield reasons(annotations=annotated(confidence=0.3, path="seller.vat_identifier")), ()
    nothing = reasons(content=InvoiceContent())
    yield nothing, tuple(
        f"FIELD_MISSING:{path}"
        for path in (
            "invoice_number",
            "issue_date",
            "currency_code",
            "seller.name",
            "totals.amount_with_vat",
        )
    )
    yield reasons(verdict=Verdict.PARTIAL), ("COMPLETENESS_PARTIAL",)
    typed = msgspec.structs.replace(CONTENT, type_code="380")
    yield reasons(verdict=Verdict.PARTIAL, form=DocumentForm.XML, content=typed), (
        "COMPLETENESS_PARTIAL",
    )
    yield reasons(verdict=Verdict.UNKNOWN), ("COMPLETENESS_UNKNOWN",)
    yield reasons(verdict=Verdict.UNKNOWN, form=DocumentForm.XML, content=typed), ()
    for profile, expected_of_profile in (
        (None, ("COMPLETENESS_UNKNOWN",)),
        ("urn:cen.eu:en16931:2017", ("COMPLETENESS_UNKNOWN",)),
        ("urn:factur-x.eu:1p0:basicwl", ()),
    ):
        without_lines = msgspec.structs.replace(
            typed, lines=(), process_control=ProcessControl(specification_identifier=profile)
        )
        yield (
            reasons(verdict=Verdict.UNKNOWN, form=DocumentForm.XML, content=without_lines),
            expected_of_profile,
        )
    yield reasons(form=DocumentForm.XML), ("FIELD_MISSING:type_code",)
    yield reasons(form=DocumentForm.PDF_WITH_XML), ("FIELD_MISSING:type_code",)
    undecided = finding("BR-CO-15", Outcome.NOT_DECIDABLE)
    for form in DocumentForm:
        picture = ("PAGES_ARE_PICTURES",) if form is DocumentForm.SCAN else ()
        yield reasons(undecided, form=form, content=typed), (*picture, "SUMS_NOT_DECIDABLE")
    yield reasons(form=DocumentForm.SCAN, content=typed), ("PAGES_ARE_PICTURES",)
    for outcome, expected in (
        (Outcome.PASSED, ()),
        (Outcome.NOT_DECIDABLE, ("PAGES_ARE_PICTURES",)),
    ):
        told = finding("SCAN-01", outcome, Severity.INFORMATION)
        yield reasons(told, form=DocumentForm.SCAN, content=typed), expected
        unsure = annotated(confidence=0.5)
        yield reasons(told, form=DocumentForm.SCAN, content=typed, annotations=unsure), (
            *expected,
            "LOW_CONFIDENCE:invoice_number",
        )
    for taxes, expected in ((("90.5", "100"), ()), (("90", "100"), ("SUMS_NOT_DECIDABLE",))):
        by_rows = msgspec.structs.replace(
            CONTENT,
            totals=DocumentTotals(
                amount_without_vat=Decimal(1000), amount_with_vat=Decimal("1190.50")
            ),
            vat_breakdown=tuple(VatBreakdown(tax_amount=Decimal(tax)) for tax in taxes),
        )
        yield reasons(undecided, content=by_rows), expected
        unstated = (*by_rows.vat_breakdown, VatBreakdown())
        more = msgspec.structs.replace(by_rows, vat_breakdown=unstated)
        yield reasons(undecided, content=more), ("SUMS_NOT_DECIDABLE",)


@pytest.mark.parametrize(("found", "expected"), [*cases()])
def test_person_has_to_look_for_each_of_these_reasons(
    found: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert found == expected
