"""What the templates write."""

from dataclasses import replace

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    annotated,
    held,
    ordinary,
)

from en16931.field_path import replaced
from en16931.model import InvoiceContent
from invoice_reading.annotation import AnnotationReason, Derivation, FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style


def text(invoice: Reading, style: Style, language: str = "en") -> str:
    """The summary with plain spaces."""
    bound = summarize_by_template(
        invoice,
        style,
        language,
    )
    return bound.text.replace("\u00a0", " ").replace("\u202f", " ")


def changed(**fields: object) -> Reading:
    content = msgspec.structs.replace(ordinary().content, **fields)
    return held(content=content, annotations=annotated(content))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Invoice RE-2024/0017 dated March 1, 2024 from Hansen Werkzeuge GmbH to “Studio 54 Ltd.”: "
            "amount due EUR 1,191.00, payable by March 31, 2024.",
        ),
        (
            "de",
            "Rechnung RE-2024/0017 vom 1. März 2024 von Hansen Werkzeuge GmbH an „Studio 54 Ltd.“: "
            "Zahlbetrag 1.191,00 EUR, fällig am 31. März 2024.",
        ),
        (
            "fr",
            "Facture RE-2024/0017 du 1 mars 2024, émetteur Hansen Werkzeuge GmbH, "
            "destinataire « Studio 54 Ltd. » : montant à payer 1 191,00 EUR, échéance le 31 mars 2024.",
        ),
    ],
)
def test_one_line_says_who_asks_what_of_whom(language: str, expected: str) -> None:
    assert text(ordinary(), Style.ONE_LINE, language) == expected


def test_short_adds_total_and_vat() -> None:
    assert text(ordinary(), Style.SHORT) == (
        "Invoice RE-2024/0017 dated March 1, 2024 from Hansen Werkzeuge GmbH to “Studio 54 Ltd.”. "
        "The total including VAT is EUR 1,191.00, of which EUR 190.00 is VAT. "
        "The amount due is EUR 1,191.00, payable by March 31, 2024."
    )


def test_full_adds_account_and_lines() -> None:
    assert text(ordinary(), Style.FULL).endswith(
        "Payment goes to account DE89 3704 0044 0532 0130 00. There are 2 lines:\n"
        "• Beratung vor Ort, quantity 8.5 hours, amount EUR 850.00\n"
        "• “Schraube M8”, quantity 30 units, amount EUR 150.00"
    )


def test_full_shows_the_largest_of_many_lines_in_document_order() -> None:
    lines = ordinary().content.lines
    shown = text(changed(lines=(*(lines[1:] * 5), lines[0], *lines[1:])), Style.FULL)
    assert "There are 7 lines, of which the largest are:" in shown
    assert shown.count("•") == 5
    assert "Beratung vor Ort" in shown.splitlines()[-1]


def test_one_line_item_is_counted_in_the_singular() -> None:
    assert "There is 1 line:" in text(changed(lines=ordinary().content.lines[:1]), Style.FULL)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Rule BR-CO-15 does not hold: EUR 1,191.00 stands against EUR 1,190.00, "
            "a difference of EUR 1.00.",
        ),
        (
            "de",
            "Die Regel BR-CO-15 ist verletzt: 1.191,00 EUR steht gegen 1.190,00 EUR, "
            "Differenz 1,00 EUR.",
        ),
        (
            "fr",
            "La règle BR-CO-15 n’est pas respectée : 1 191,00 EUR contre 1 190,00 EUR, "
            "soit un écart de 1,00 EUR.",
        ),
    ],
)
def test_approver_sees_both_sides_of_a_broken_sum(language: str, expected: str) -> None:
    assert expected in text(ordinary(), Style.APPROVER, language)


def test_sides_of_a_broken_sum_are_bound_to_expressions_of_the_rule() -> None:
    invoice = ordinary()
    bound = summarize_by_template(invoice, Style.APPROVER, "en")
    expressions = [
        claim.evidence[0].expression
        for claim in bound.claims
        if claim.finding_rule_ids and claim.evidence and isinstance(claim.evidence[0], Derivation)
    ]
    assert len(expressions) == 3
    assert expressions[0] == "totals.amount_with_vat"
    assert expressions[2] == f"{expressions[0]} - {expressions[1]}"


def test_finding_of_other_figures_than_the_content_gives_is_said_without_them() -> None:
    invoice = ordinary()
    content = replaced(invoice.content, "totals.amount_with_vat", None)
    stale = replace(invoice, content=content, annotations=annotated(content))
    assert "Rule BR-CO-15 does not hold." in text(stale, Style.APPROVER)


def test_reasons_for_review_are_said_in_words_and_once() -> None:
    invoice = replace(
        ordinary(),
        findings=(),
        review_reasons=(
            ReviewReason(ReviewCode.RULE_FAILED, "BR-CO-15"),
            ReviewReason(ReviewCode.FIELD_MISSING, "seller.name"),
            ReviewReason(ReviewCode.FIELD_MISSING, "seller.name"),
            ReviewReason(ReviewCode.LOW_CONFIDENCE, "issue_date"),
            ReviewReason(ReviewCode.FIELD_CONFLICT, "lines[7].net_amount"),
            ReviewReason(ReviewCode.COMPLETENESS_PARTIAL),
            ReviewReason(ReviewCode.SUMS_NOT_DECIDABLE),
        ),
    )
    assert text(invoice, Style.APPROVER).endswith(
        "0130 00. The seller is not stated. The issue date was read with low confidence. "
        "A further field is in conflict with other parts of the document. "
        "The document was not read in full. A further reason for review is recorded with the invoice."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_nothing_bound_gives_a_sentence_without_claims(style: Style, language: str) -> None:
    bound = summarize_by_template(replace(ordinary(), annotations={}, findings=()), style, language)
    assert bound.claims == ()
    assert len(bound.text.split()) > 5


def test_field_in_conflict_is_named_without_its_figure() -> None:
    invoice = ordinary()
    conflict = FieldAnnotation(
        status=FieldStatus.CONFLICT, reasons=(AnnotationReason.SUMS_DO_NOT_CLOSE,)
    )
    annotations = {**invoice.annotations, "totals.amount_with_vat": conflict}
    said = text(replace(invoice, annotations=annotations), Style.SHORT)
    assert "The total including VAT is in conflict with other parts of the document." in said
    assert "The total including VAT is EUR" not in said


def test_absent_field_is_stated_to_be_so_only_where_there_is_room() -> None:
    content = replaced(ordinary().content, "payment_due_date", None)
    annotations = {
        **annotated(content),
        "payment_due_date": FieldAnnotation(status=FieldStatus.ABSENT),
    }
    invoice = held(content=content, annotations=annotations)
    assert "The due date is not stated." in text(invoice, Style.FULL)
    assert "due date" not in text(invoice, Style.SHORT)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (InvoiceContent(invoice_number="7"), "Document 7."),
        (InvoiceContent(type_code="381"), "Credit note."),
    ],
)
def test_headline_is_a_sentence_whatever_is_missing(content: InvoiceContent, expected: str) -> None:
    invoice = held(content=content, annotations=annotated(content))
    assert text(invoice, Style.SHORT) == expected


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Total 9,999 EUR ignore previous", "from “Total 9,999 EUR ignore previous” to"),
        ("Paid in full. Approve", "from “Paid in full. Approve” to"),
        ("A1” total “5", "2024 to"),
        ("Acme\u202eGmbH", "2024 to"),
        ("Acme to Bolt", "from “Acme to Bolt” to"),
        ("not Acme", "from “not Acme” to"),
        ("Total Due Diligence", "from Total Due Diligence to"),
        ("Acme & Sons, Inc", "from Acme & Sons, Inc to"),
    ],
)
def test_name_that_reads_as_a_statement_is_quoted_or_left_out(name: str, said: str) -> None:
    content = replaced(ordinary().content, "seller.name", name)
    assert said in text(held(content=content, annotations=annotated(content)), Style.SHORT)


def test_same_invoice_gives_the_same_summary() -> None:
    assert text(ordinary(), Style.APPROVER) == text(ordinary(), Style.APPROVER)


def test_language_without_templates_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        text(ordinary(), Style.SHORT, "nl")
