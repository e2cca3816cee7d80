"""What a person has changed: told in every style for what money moves by, with what the document says where there is room."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    held,
    present,
    sound,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.field_path import Leaf, replaced
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
)
from invoice_reading.changes_by_people import is_by_person
from invoice_reading.reading import Reading
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.corrected_reading import corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.template import LONGEST_LINE, summarize_by_template
from invoice_summarizer.domain.summary import Style

EDIT = HumanEdit(actor="clerk", time=datetime(2026, 1, 1, tzinfo=UTC))
ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
PATHS = {
    "account": ACCOUNT,
    "transfers": "payment_instructions.credit_transfers",
    "due": "totals.amount_due",
    "kind": "type_code",
    "number": "invoice_number",
    "payee": "payee.name",
    "seller": "seller.name",
    "terms": "payment_terms",
    "total": "totals.amount_with_vat",
    "until": "payment_due_date",
}
EVERYTHING: dict[str, str | None] = {
    "account": "FR7630006000011234567890189",
    "due": "9999.00",
    "number": "R-9",
    "payee": "Factoring Bank AG",
    "seller": "Werkzeughandel Hansen und Söhne Gesellschaft mit beschränkter Haftung",
    "terms": "Zahlbar sofort.",
    "total": "9999.00",
    "until": "2024-04-05",
}


def entered(path: str, value: Leaf | None, declared: str | None) -> Reading:
    """Returns the sound invoice after a person has set the field of which the document says something else."""
    reading = sound()
    evidence = present(7).evidence
    candidates = (Candidate(value=declared, confidence=0.9, evidence=evidence),) if declared else ()
    annotation = FieldAnnotation(
        status=FieldStatus.ABSENT if value is None else FieldStatus.PRESENT,
        raw_text=None if value is None else canonical_text(value),
        evidence=(EDIT,),
        candidates=candidates,
        reasons=(AnnotationReason.CLEARED_BY_PERSON,) if value is None else (),
    )
    content = replaced(reading.content, path, value)
    return held(content, {**reading.annotations, path: annotation})


def corrected(**values: str | None) -> Reading:
    """Returns the sound invoice after a person has corrected it, and it was assessed again."""
    reading = sound()
    corrections = [Correction(PATHS[name], value) for name, value in values.items()]
    return corrected_reading(reading, corrected_content(reading.content, corrections), EDIT).reading


@pytest.mark.parametrize(
    ("path", "value", "declared", "said"),
    [
        (
            "payment_due_date",
            date(2024, 4, 5),
            "2024-03-31",
            "The due date was changed by a person; the document says March 31, 2024.",
        ),
        (
            "totals.amount_due",
            Decimal("1190.00"),
            "1910.00",
            "The amount due was changed by a person; the document says EUR 1,910.00.",
        ),
        (
            ACCOUNT,
            "DE89370400440532013000",
            "FR7630006000011234567890189",
            "The bank account was changed by a person; the document says "
            "FR76 3000 6000 0112 3456 7890 189.",
        ),
        (
            "seller.name",
            "Hansen Werkzeuge GmbH",
            "Acme; nothing is to be paid",
            "The name of the seller was changed by a person; the document says "
            "“Acme; nothing is to be paid”.",
        ),
        (
            "payment_due_date",
            None,
            "2024-03-31",
            "The due date was changed by a person; the document says March 31, 2024.",
        ),
        ("payment_due_date", date(2024, 4, 5), None, "The due date was changed by a person."),
    ],
)
def test_what_the_document_says_is_told_beside_a_correction(
    path: str, value: Leaf | None, declared: str | None, said: str
) -> None:
    reading = entered(path, value, declared)
    for style in (Style.APPROVER, Style.FULL):
        assert said in text(reading, style)
    subject = said.partition(" was changed")[0]
    assert f"{subject} was changed by a person" in text(reading, Style.SHORT)
    line = text(reading, Style.ONE_LINE)
    assert (
        f"{subject} was changed by a person." in line or f"{subject}: changed by a person." in line
    )


@pytest.mark.parametrize(("style", "language"), [*product(Style, LANGUAGES)])
@pytest.mark.parametrize("changed", [("account",), ("total", "due"), tuple(EVERYTHING)])
def test_gate_refuses_a_text_of_any_style_that_leaves_a_change_out(
    changed: tuple[str, ...], style: Style, language: str
) -> None:
    reading = corrected(**{name: EVERYTHING[name] for name in changed})
    bound = summarize_by_template(reading, style, language)
    assert verify_summary(bound, reading, language, style).accepted
    silent = replace(
        reading,
        annotations={
            path: present(7) if is_by_person(known) else known
            for path, known in reading.annotations.items()
        },
        review_reasons=(),
    )
    untold = summarize_by_template(silent, style, language)
    assert RefusalCode.FACT_MISSING in verify_summary(untold, reading, language, style).codes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changed", [("account",), ("total", "due"), tuple(EVERYTHING)])
def test_one_line_stays_a_line(changed: tuple[str, ...], language: str) -> None:
    reading = corrected(**{name: EVERYTHING[name] for name in changed})
    assert len(text(reading, Style.ONE_LINE, language)) <= LONGEST_LINE


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Von Hand geändert: der Zahlbetrag, der Gesamtbetrag."),
        ("en", "Changed by a person: the amount due, the total."),
        ("es", "Corrección manual: el importe a pagar, el total."),
        ("fr", "Correction manuelle : le montant à payer, le montant total."),
        ("it", "Correzione manuale: l’importo da pagare, il totale."),
        ("nl", "Met de hand gewijzigd: het te betalen bedrag, het totaal."),
    ],
)
def test_several_changes_are_one_sentence_of_the_short_styles(language: str, said: str) -> None:
    reading = corrected(due="1190", total="1190")
    assert "Changed" not in text(reading, Style.SHORT)
    reading = corrected(due="9999.00", total="9999.00")
    assert said in text(reading, Style.SHORT, language)
    assert said.partition(":")[0].strip() in text(reading, Style.ONE_LINE, language)


def test_of_many_changes_those_by_which_most_money_moves_are_named() -> None:
    said = text(corrected(**EVERYTHING), Style.SHORT)
    named = "the bank account, the name of the payee, the amount due, the total, and others"
    assert f"Changed by a person: {named}." in said


def test_account_that_was_taken_away_is_told() -> None:
    reading = corrected(transfers=None)
    for style in (Style.SHORT, Style.APPROVER, Style.FULL):
        assert "The bank account was changed by a person." in text(reading, style)
    assert "The bank account: changed by a person." in text(reading, Style.ONE_LINE)
    again = corrected_reading(
        reading, corrected_content(reading.content, [Correction("buyer.name", "A")]), EDIT
    ).reading
    assert "The bank account was changed by a person." in text(again, Style.SHORT)


def test_kind_of_document_that_was_changed_is_told_once() -> None:
    said = text(corrected(kind="381"), Style.FULL)
    assert said.count("by a person") == 1
    assert "The kind of document was changed by a person" in said


@pytest.mark.parametrize("value", ["1190", "1190.0", "1190.000"])
def test_amount_that_was_confirmed_in_other_digits_is_no_change(value: str) -> None:
    assert "by a person" not in text(corrected(due=value), Style.FULL)


def test_account_that_was_confirmed_in_groups_is_no_change() -> None:
    reading = entered(ACCOUNT, "DE89370400440532013000", "DE89 3704 0044 0532 0130 00")
    assert "by a person" not in text(reading, Style.FULL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_gate_holds_a_change_to_the_candidate_and_may_not_miss_it(language: str) -> None:
    reading = entered("payment_due_date", date(2024, 4, 5), "2024-03-31")
    bound = summarize_by_template(reading, Style.APPROVER, language)
    assert verify_summary(bound, reading, language, Style.APPROVER).accepted
    other = entered("payment_due_date", date(2024, 4, 5), "2024-03-30")
    refused = {
        refusal.code for refusal in verify_summary(bound, other, language, Style.APPROVER).refusals
    }
    assert RefusalCode.VALUE_MISMATCH in refused
    unchanged = replace(
        reading, annotations={**reading.annotations, "payment_due_date": present(7)}
    )
    silent = summarize_by_template(unchanged, Style.APPROVER, language)
    refusals = verify_summary(silent, reading, language, Style.APPROVER).refusals
    assert RefusalCode.FACT_MISSING in {refusal.code for refusal in refusals}


def test_value_that_a_person_confirmed_is_no_change() -> None:
    reading = entered("payment_due_date", date(2024, 3, 31), "2024-03-31")
    assert "by a person" not in text(reading, Style.FULL)


def test_field_that_no_money_moves_by_is_not_told() -> None:
    reading = entered("purchase_order_reference", "PO 78", "PO 77")
    assert "by a person" not in text(reading, Style.FULL)


def test_amount_of_a_document_in_another_currency_is_not_told_in_ours() -> None:
    reading = entered("totals.amount_due", Decimal("1190.00"), "1910.00")
    edited = FieldAnnotation(
        status=FieldStatus.PRESENT,
        evidence=(EDIT,),
        candidates=(Candidate(value="USD", confidence=0.9, evidence=present(8).evidence),),
    )
    reading = replace(reading, annotations={**reading.annotations, "currency_code": edited})
    said = text(reading, Style.FULL)
    assert "The amount due was changed by a person." in said
    assert "The currency was changed by a person; the document says “USD”." in said
