"""The certificate, the agreement of page and XML, hidden text, and what they mean for whether a person has to look."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from en16931.finding import Finding, Outcome, Severity
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine, Seller, VatBreakdown
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.check.certificate import certify
from invoice_reading.check.hidden_text import check_hidden_text
from invoice_reading.check.page_agreement import check_page_agreement
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.decision import MINIMUM_CONFIDENCE, review_reasons
from invoice_reading.page import Box, Page, Word
from invoice_reading.reading import DocumentForm
from page_builder import hidden as hidden_text
from page_builder import page as laid_out
from page_builder import text

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
    rule_id: str, outcome: Outcome = Outcome.PASSED, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(
        rule_id=rule_id,
        rule_pack="test",
        severity=severity,
        outcome=outcome,
        field_paths=(),
        message="",
    )


def page(*words: str, hidden: tuple[str, ...] = ()) -> Page:
    box = Box(0, 0, 1, 1)
    return Page(
        number=1,
        width_points=595,
        height_points=842,
        words=tuple(
            Word(index, text, box, hidden=index >= len(words))
            for index, text in enumerate((*words, *hidden))
        ),
    )


@pytest.mark.parametrize(
    ("lines", "findings", "rows_seen", "pages_read", "verdict", "gaps"),
    [
        (LINES, (finding("BR-CO-10"),), 2, 2, Verdict.COMPLETE, ()),
        (LINES, (finding("BR-CO-10"),), 2, 1, Verdict.PARTIAL, ("PAGES_NOT_READ",)),
        (LINES, (finding("BR-CO-10"),), 3, 2, Verdict.PARTIAL, ("ROWS_NOT_RETURNED",)),
        (
            LINES,
            (finding("BR-CO-10", Outcome.FAILED),),
            2,
            2,
            Verdict.PARTIAL,
            ("LINE_SUM_DIFFERS",),
        ),
        (
            LINES,
            (finding("BR-CO-10"), finding("BR-CO-15", Outcome.FAILED)),
            2,
            2,
            Verdict.UNKNOWN,
            ("SUMS_DIFFER",),
        ),
        (LINES, (), 2, 2, Verdict.UNKNOWN, ("LINE_SUM_NOT_DECIDABLE",)),
        ((), (), 0, 2, Verdict.UNKNOWN, ("NO_LINES",)),
    ],
)
def test_certificate_says_what_is_missing_or_unproven(
    lines: tuple[InvoiceLine, ...],
    findings: tuple[Finding, ...],
    rows_seen: int,
    pages_read: int,
    verdict: Verdict,
    gaps: tuple[str, ...],
) -> None:
    certificate = certify(
        InvoiceContent(lines=lines), findings, rows_seen=rows_seen, pages=2, pages_read=pages_read
    )
    assert (certificate.verdict, certificate.gaps) == (verdict, gaps)
    assert certificate.sums_close is (
        bool(findings) and all(found.outcome is Outcome.PASSED for found in findings)
    )
    assert certificate.rows_seen >= certificate.rows_returned == len(lines)


def agreement(*pages: Page, content: InvoiceContent = CONTENT) -> dict[str, Outcome]:
    return {found.field_paths[0]: found.outcome for found in check_page_agreement(content, pages)}


def numbered(number: str) -> InvoiceContent:
    return InvoiceContent(invoice_number=number)


@pytest.mark.parametrize("number", ["R-4711/26", "Nr.:R-4711/26", "#r-4711/26.", "R - 4711 /26"])
@pytest.mark.parametrize(
    "total", ["1.190,50", "1,190.50", "1 190,50 €", "€1190.50", "EUR -1.190,5"]
)
def test_page_agrees_however_it_prints_the_values(number: str, total: str) -> None:
    printed = laid_out(text(50, 50, f"Rechnung {number}"), text(50, 90, f"Total {total}"))
    assert set(agreement(printed).values()) == {Outcome.PASSED}


def test_amount_after_a_count_is_printed() -> None:
    found = agreement(laid_out(text(50, 50, "Total of 3 190,50")), content=totalling("190.50"))
    assert found == {"totals.amount_with_vat": Outcome.PASSED}


def test_value_that_is_written_upwards_is_printed() -> None:
    upwards = replace(laid_out(), words=(Word(0, "R-4711/26", Box(10, 10, 20, 900_000)),))
    assert agreement(upwards)["invoice_number"] is Outcome.PASSED


def totalling(total: str) -> InvoiceContent:
    return InvoiceContent(totals=DocumentTotals(amount_with_vat=Decimal(total)))


@pytest.mark.parametrize(
    "printed",
    [
        "IBAN DE08 7009 0010 0012 3456",
        "900 100.00",
        "Tel. 09 00 00",
        "1,900.00",
        "90000",
        "900.001",
        "9 00.00",
        "IBAN DE08 0900 7000",
        "900.00%",
    ],
)
def test_digits_of_other_words_are_no_amount(printed: str) -> None:
    found = agreement(laid_out(text(50, 50, printed)), content=totalling("900.00"))
    assert found == {"totals.amount_with_vat": Outcome.FAILED}


@pytest.mark.parametrize("printed", ["17", "R-7", "7.11.2026", "7,00", "2026/7", "70"])
def test_identifier_within_a_word_is_not_printed(printed: str) -> None:
    found = agreement(laid_out(text(50, 50, f"Invoice {printed}")), content=numbered("7"))
    assert found == {"invoice_number": Outcome.FAILED}


def test_identifier_over_two_columns_is_not_printed() -> None:
    found = agreement(
        laid_out(text(50, 50, "R-47"), text(300, 50, "11")), content=numbered("R-4711")
    )
    assert found == {"invoice_number": Outcome.FAILED}


def test_page_that_prints_another_total_does_not_agree() -> None:
    found = agreement(laid_out(text(50, 50, "R-4711/26"), text(50, 90, "1.290,50")))
    assert found["invoice_number"] is Outcome.PASSED
    assert found["totals.amount_with_vat"] is found["totals.amount_due"] is Outcome.FAILED


def test_hidden_words_do_not_count_as_printed() -> None:
    found = agreement(laid_out(text(50, 50, "R-4711/26 total"), hidden_text(50, 90, "1190,50")))
    assert found["totals.amount_due"] is Outcome.FAILED


def test_page_without_words_decides_nothing() -> None:
    assert set(agreement(page()).values()) == {Outcome.NOT_DECIDABLE}
    assert list(check_page_agreement(InvoiceContent(), [page("x")])) == []


def test_hidden_text_is_reported_once_for_the_document() -> None:
    [clean] = check_hidden_text([page("a"), page("b")])
    [found] = check_hidden_text([page("a"), page("b", hidden=("c",)), page(hidden=("d",))])
    assert (clean.outcome, found.outcome) == (Outcome.PASSED, Outcome.FAILED)
    assert list(check_hidden_text([])) == []


def annotated(
    status: FieldStatus = FieldStatus.PRESENT, confidence: float | None = 1.0
) -> dict[str, FieldAnnotation]:
    return {"invoice_number": FieldAnnotation(status=status, confidence=confidence)}


def cases() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    def reasons(
        *findings: Finding,
        form: DocumentForm = DocumentForm.PDF_TEXT,
        content: InvoiceContent = CONTENT,
        annotations: dict[str, FieldAnnotation] | None = None,
        verdict: Verdict = Verdict.COMPLETE,
    ) -> tuple[str, ...]:
        return review_reasons(
            form,
            content,
            annotations or {},
            findings,
            Completeness(
                verdict=verdict,
                rows_seen=2,
                rows_returned=2,
                pages=1,
                pages_read=1,
                sums_close=True,
            ),
        )

    yield reasons(finding("A")), ()
    yield reasons(finding("A", Outcome.FAILED)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED), finding("A", Outcome.FAILED)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED, Severity.WARNING)), ("RULE_FAILED:A",)
    yield reasons(finding("A", Outcome.FAILED, Severity.INFORMATION)), ()
    yield reasons(finding("A", Outcome.NOT_DECIDABLE)), ()
    for status in (FieldStatus.ILLEGIBLE, FieldStatus.AMBIGUOUS, FieldStatus.CONFLICT):
        yield reasons(annotations=annotated(status)), (f"FIELD_{status}:invoice_number",)
    yield reasons(annotations=annotated(confidence=MINIMUM_CONFIDENCE)), ()
    yield reasons(annotations=annotated(confidence=None)), ()
    low = annotated(confidence=MINIMUM_CONFIDENCE - 0.01)
    yield reasons(annotations=low), ("LOW_CONFIDENCE:invoice_number",)
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
    yield reasons(form=DocumentForm.XML), ("FIELD_MISSING:type_code",)
    yield reasons(form=DocumentForm.PDF_WITH_XML), ("FIELD_MISSING:type_code",)
    undecided = finding("BR-CO-15", Outcome.NOT_DECIDABLE)
    for form in DocumentForm:
        yield reasons(undecided, form=form, content=typed), ("SUMS_NOT_DECIDABLE",)
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
