"""What is unsure or missing: told by its name, and never as a fact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    annotated,
    changed,
    held,
    present,
    sound,
    without,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.field_path import leaves, replaced
from en16931.rules.declared import Declared
from en16931.rules.sums import SUMS
from invoice_reading.annotation import Candidate, FieldAnnotation, FieldStatus
from invoice_reading.completeness import Completeness, Gap, Verdict
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style


def with_reasons(reading: Reading, *reasons: ReviewReason) -> Reading:
    return held(reading.content, reading.annotations, review_reasons=reasons)


def with_status(path: str, annotation: FieldAnnotation) -> Reading:
    content = replaced(sound().content, path, None)
    return held(content, {**annotated(content), path: annotation})


def test_value_of_low_confidence_is_said_as_unsure_and_nowhere_as_a_fact() -> None:
    reading = with_reasons(sound(), ReviewReason(ReviewCode.LOW_CONFIDENCE, "payment_due_date"))
    for style in Style:
        said = text(reading, style)
        assert "The due date is not certain; March 31, 2024 was read." in said
        assert said.count("March 31, 2024") == 1


def test_no_amount_is_surer_than_its_currency() -> None:
    reading = with_reasons(sound(), ReviewReason(ReviewCode.LOW_CONFIDENCE, "currency_code"))
    for style in Style:
        bound = summarize_by_template(reading, style, "en")
        said = text(reading, style)
        assert "The currency is not certain; EUR 1,190.00 was read." in said
        assert said.count("EUR") == said.count("1,190.00") == 1
        assert verify_summary(bound, reading, "en", style).accepted


def test_amount_that_is_unsure_itself_is_told_once_beside_its_unsure_currency() -> None:
    low = ReviewCode.LOW_CONFIDENCE
    reading = with_reasons(
        sound(), ReviewReason(low, "totals.amount_due"), ReviewReason(low, "currency_code")
    )
    said = text(reading, Style.SHORT)
    assert "The amount due is not certain; EUR 1,190.00 was read." in said
    assert "The currency is not certain; “EUR” was read." in said
    assert said.count("1,190.00") == 1


def test_dates_that_can_be_read_in_two_ways_are_both_said() -> None:
    candidates = tuple(
        Candidate(value=value, confidence=0.5, evidence=present(line).evidence)
        for line, value in enumerate(("2026-07-03", "2026-03-07"), 1)
    )
    annotation = FieldAnnotation(status=FieldStatus.AMBIGUOUS, candidates=candidates)
    reading = with_status("payment_due_date", annotation)
    bound = summarize_by_template(reading, Style.SHORT, "en")
    assert "The due date could be July 3, 2026 or March 7, 2026." in bound.text
    assert verify_summary(bound, reading, "en", Style.SHORT).accepted
    other = bound.text.replace("July 3, 2026", "March 7, 2026")
    swapped = type(bound)(text=other[: len(bound.text)], claims=bound.claims)
    assert not verify_summary(swapped, reading, "en", Style.SHORT).accepted


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (FieldStatus.CONFLICT, "The due date contradicts other parts of the document."),
        (FieldStatus.ILLEGIBLE, "The due date is stated, but cannot be read."),
        (FieldStatus.AMBIGUOUS, "The due date can be read in several ways."),
    ],
)
def test_field_without_a_certain_value_is_named_in_every_style(
    status: FieldStatus, said: str
) -> None:
    reading = with_status("payment_due_date", FieldAnnotation(status=status))
    assert all(said in text(reading, style) for style in Style)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (DocumentForm.XML, "The name of the seller is not stated."),
        (DocumentForm.PDF_TEXT, "The name of the seller was not found on the page."),
    ],
)
def test_what_a_page_does_not_show_is_not_said_to_be_not_stated(
    form: DocumentForm, said: str
) -> None:
    reading = with_reasons(
        without("seller.name"), ReviewReason(ReviewCode.FIELD_MISSING, "seller.name")
    )
    of_form = Reading(
        form=form,
        content=reading.content,
        annotations=reading.annotations,
        findings=(),
        completeness=reading.completeness,
        review_reasons=reading.review_reasons,
    )
    assert all(said in text(of_form, style) for style in Style)


def test_due_date_and_account_are_missed_only_where_something_has_to_be_paid() -> None:
    reading = without("payment_due_date", "payment_instructions")
    said = text(reading, Style.FULL)
    assert "The due date is not stated. The bank account is not stated." in said
    credit = replaced(reading.content, "type_code", "381")
    assert "not stated" not in text(held(credit, annotated(credit)), Style.FULL)


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_field_has_a_name(language: str) -> None:
    phrases = PHRASES[language]
    for path, _ in leaves(sound().content):
        assert phrases.field_name(path)
    assert phrases.field_name("seller.contact.telephone_number") == phrases.groups["seller"]
    assert phrases.field_name("tender_or_lot_reference") == phrases.groups[""]


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ((Gap.PAGES_NOT_READ,), "Not all pages were read (not read: 1 of 2)."),
        ((Gap.ROWS_NOT_RETURNED,), "Not all rows of the table could be read (not read: 7 of 9)."),
        ((Gap.LINE_SUM_DIFFERS,), "The document was not read in full."),
    ],
)
def test_what_was_not_read_is_said_by_what_is_missing(gaps: tuple[Gap, ...], said: str) -> None:
    assert said in text(partly_read(sound(), DocumentForm.PDF_TEXT, gaps), Style.SHORT)


def test_invoice_in_the_company_of_others_was_read_in_full() -> None:
    reading = partly_read(sound(), DocumentForm.PDF_TEXT, (Gap.SEVERAL_INVOICES,))
    for style in Style:
        assert "not read in full" not in text(reading, style)


def test_e_invoice_whose_lines_do_not_come_to_their_sum_was_read_in_full() -> None:
    content = replaced(sound().content, "totals.line_net_amount", Decimal("990.00"))
    wrong = held(content, annotated(content), findings=SUMS.check(Declared(content)))
    reading = partly_read(wrong, DocumentForm.XML, (Gap.LINE_SUM_DIFFERS,))
    for style in Style:
        said = text(reading, style)
        assert "not read in full" not in said
        assert "EUR 10.00" in said


def partly_read(reading: Reading, form: DocumentForm, gaps: tuple[Gap, ...]) -> Reading:
    return replace(
        reading,
        form=form,
        completeness=Completeness(
            verdict=Verdict.PARTIAL,
            rows_seen=9,
            rows_returned=2,
            pages=2,
            pages_read=1,
            sums_close=False,
            gaps=gaps,
        ),
        review_reasons=(ReviewReason(ReviewCode.COMPLETENESS_PARTIAL),),
    )


def test_more_than_the_style_has_room_for_is_said_to_be_there() -> None:
    paths = ("invoice_number", "issue_date", "seller.name", "payment_due_date", "currency_code")
    reading = with_reasons(
        sound(), *(ReviewReason(ReviewCode.LOW_CONFIDENCE, path) for path in paths)
    )
    assert "There is more" in text(reading, Style.ONE_LINE)
    assert "There is more to check." in text(reading, Style.SHORT)
    assert "more to check" not in text(reading, Style.FULL)


def test_decimal_that_is_unsure_goes_into_no_sum() -> None:
    lines = tuple(sound().content.lines) * 2
    content = replaced(sound().content, "lines", lines)
    reading = held(
        content,
        annotated(content),
        review_reasons=(ReviewReason(ReviewCode.LOW_CONFIDENCE, "lines[3].net_amount"),),
    )
    said = text(reading, Style.SHORT)
    assert "; and 2 more lines." in said
    assert content.lines[3].net_amount == Decimal("150.00")
    assert date(2024, 3, 31) == content.payment_due_date


@pytest.mark.parametrize("style", list(Style))
def test_amount_of_a_page_that_was_read_in_part_is_asked_for_and_not_to_be_paid(
    style: Style,
) -> None:
    reading = partly_read(sound(), DocumentForm.PDF_TEXT, (Gap.PAGES_NOT_READ,))
    said = text(reading, style)
    assert "is to be paid" not in said
    assert "read, EUR 1,190.00 is asked for by March 31, 2024." in said


def test_how_many_pages_are_missing_is_bound_to_the_certificate() -> None:
    reading = partly_read(sound(), DocumentForm.PDF_TEXT, (Gap.PAGES_NOT_READ,))
    bound = summarize_by_template(reading, Style.FULL, "en")
    assert verify_summary(bound, reading, "en", Style.FULL).accepted
    more = replace(reading, completeness=replace(reading.completeness, pages=3))
    codes = {refusal.code for refusal in verify_summary(bound, more, "en", Style.FULL).refusals}
    assert RefusalCode.DERIVATION_MISMATCH in codes
    wrong = replace(bound, text=bound.text.replace("(not read: 1 of 2)", "(not read: 1 of 9)"))
    codes = {refusal.code for refusal in verify_summary(wrong, reading, "en", Style.FULL).refusals}
    assert RefusalCode.VALUE_MISMATCH in codes


def test_unknown_amount_is_told_with_what_else_is_unknown() -> None:
    reading = changed(totals=None, vat_breakdown=(), payment_due_date=None)
    said = text(reading, Style.APPROVER)
    assert said.startswith("The due date is not stated. The VAT amount is not stated. ")
    assert "How much is to be paid is not certain." in said
