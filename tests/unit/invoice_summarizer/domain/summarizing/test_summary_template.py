"""What the template writes: the plan in the words of a language, as much as the style has room for."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    annotated,
    changed,
    held,
    ordinary,
    sound,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.field_path import replaced
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.annotation import Derivation
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.gate import verify_by_plan, verify_summary
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.template import (
    LONGEST_LINE,
    MOST_WORDS,
    summarize_by_template,
    summarize_plan,
    word_count,
)
from invoice_summarizer.domain.summary import Style

TO_PAY = {
    "en": "to be paid",
    "de": "Zu zahlen",
    "fr": "à payer",
    "it": "da pagare",
    "es": "Hay que pagar",
    "nl": "worden betaald",
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Invoice RE-2024/0017 of March 1, 2024 from “Hansen Werkzeuge GmbH” to “Studio 54 Ltd.”. "
            "EUR 1,190.00 is to be paid by March 31, 2024.",
        ),
        (
            "de",
            "Rechnung RE-2024/0017 vom 1. März 2024 von „Hansen Werkzeuge GmbH“ an „Studio 54 Ltd.“. "
            "Zu zahlen sind 1.190,00 EUR bis zum 31. März 2024.",
        ),
        (
            "fr",
            "Facture RE-2024/0017, émetteur « Hansen Werkzeuge GmbH ». La somme de 1 190,00 EUR est à payer au plus tard le 31 mars 2024.",
        ),
        (
            "it",
            "Fattura RE-2024/0017 in data 1 marzo 2024 da «Hansen Werkzeuge GmbH» a «Studio 54 Ltd.». "
            "Sono da pagare 1.190,00 EUR entro il giorno 31 marzo 2024.",
        ),
        (
            "es",
            "Factura RE-2024/0017 del 1 de marzo de 2024 de «Hansen Werkzeuge GmbH» para «Studio 54 Ltd.». "
            "Hay que pagar 1.190,00 EUR a más tardar el 31 de marzo de 2024.",
        ),
        (
            "nl",
            "Factuur RE-2024/0017 van “Hansen Werkzeuge GmbH” aan “Studio 54 Ltd.”, gedateerd 1 maart 2024. "
            "EUR 1.190,00 moet uiterlijk op 31 maart 2024 worden betaald.",
        ),
    ],
)
def test_one_line_says_who_asks_what_of_whom(language: str, expected: str) -> None:
    assert text(sound(), Style.ONE_LINE, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_is_said_more_briefly_where_it_would_be_too_long(language: str) -> None:
    long_name = "Vereinigte Werkstätten für Feinmechanik und Optik GmbH"
    content = sound().content
    for path in ("seller.name", "buyer.name"):
        content = replaced(content, path, long_name)
    said = text(held(content, annotated(content)), Style.ONE_LINE, language)
    assert len(said) <= LONGEST_LINE
    assert said.count(long_name) == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The total is EUR 1.00 more than net EUR 1,000.00 plus VAT EUR 190.00."),
        (
            "de",
            "Der Gesamtbetrag ist um 1,00 EUR höher als netto 1.000,00 EUR plus Umsatzsteuer 190,00 EUR.",
        ),
        (
            "fr",
            "Le montant total dépasse de 1,00 EUR la somme du montant hors TVA de 1 000,00 EUR et de la TVA de "
            "190,00 EUR.",
        ),
        ("it", "Il totale supera di 1,00 EUR il netto di 1.000,00 EUR più l’IVA di 190,00 EUR."),
        ("es", "El total supera en 1,00 EUR el neto de 1.000,00 EUR más el IVA de 190,00 EUR."),
        ("nl", "Het totaal is EUR 1,00 hoger dan netto EUR 1.000,00 plus btw EUR 190,00."),
    ],
)
def test_wrong_sum_is_said_with_its_figures_and_the_amount_only_as_asked_for(
    language: str, expected: str
) -> None:
    assert expected in text(ordinary(), Style.SHORT, language)
    assert expected[:-1] in text(ordinary(), Style.APPROVER, language)
    assert all(TO_PAY[language] not in text(ordinary(), style, language) for style in Style)


def test_approver_reads_what_is_wrong_first_and_which_rule_says_so() -> None:
    assert text(ordinary(), Style.APPROVER).startswith(
        "The total is EUR 1.00 more than net EUR 1,000.00 plus VAT EUR 190.00 (BR-CO-15). Invoice"
    )


def test_difference_is_bound_to_the_expression_of_the_rule_and_the_places_of_its_fields() -> None:
    bound = summarize_by_template(ordinary(), Style.APPROVER, "en")
    [claim] = [claim for claim in bound.claims if claim.finding_rule_ids and claim.evidence]
    derivation, *places = claim.evidence
    assert isinstance(derivation, Derivation)
    assert "totals.amount_with_vat" in derivation.expression
    assert places == [
        each
        for field in ("amount_with_vat", "amount_without_vat", "vat_amount")
        for each in ordinary().annotations[f"totals.{field}"].evidence
    ]


def test_difference_without_the_places_of_its_fields_is_refused() -> None:
    bound = summarize_by_template(ordinary(), Style.APPROVER, "en")
    bare = [
        replace(claim, evidence=claim.evidence[:1]) if claim.finding_rule_ids else claim
        for claim in bound.claims
    ]
    verdict = verify_summary(replace(bound, claims=tuple(bare)), ordinary(), "en", Style.APPROVER)
    assert RefusalCode.EVIDENCE_MISMATCH in {refusal.code for refusal in verdict.refusals}


def test_finding_of_other_figures_than_the_content_gives_is_said_without_them() -> None:
    content = replaced(ordinary().content, "totals.amount_with_vat", None)
    stale = replace(ordinary(), content=content, annotations=annotated(content))
    assert "The total is more than net plus VAT (BR-CO-15)." in text(stale, Style.APPROVER)


def test_short_has_what_fits_and_full_has_everything() -> None:
    short, full = summarize_by_template(sound(), Style.SHORT, "en"), text(sound(), Style.FULL)
    assert word_count(short.text) <= MOST_WORDS[Style.SHORT]
    assert full.startswith(
        "Invoice RE-2024/0017 of March 1, 2024 from “Hansen Werkzeuge GmbH” to “Studio 54 Ltd.”. "
        "EUR 1,190.00 is to be paid by March 31, 2024. "
        "Payment goes to account DE89 3704 0044 0532 0130 00. "
        "The total is EUR 1,190.00, with EUR 190.00 of VAT at 19% on EUR 1,000.00. "
        "The purchase order is “PO 77”. Items:\n"
        "• “Beratung vor Ort”, 8.5 hours, EUR 850.00\n• “Schraube M8”, 30 units, EUR 150.00"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_leaves_out_quantities_and_then_amounts_of_purchases_where_room_is_short(
    language: str,
) -> None:
    seen = list[tuple[bool, bool]]()
    for words in range(1, 60):
        content = replaced(sound().content, "seller.name", " ".join(["Co"] * words))
        said = text(held(content, annotated(content)), Style.SHORT, language)
        assert "Beratung vor Ort" in said and "Schraube M8" in said
        stage = ("30" in said.partition("Schraube M8")[2], "850" in said)
        assert stage[1] == ("150" in said)
        if stage not in seen:
            seen.append(stage)
    assert seen == [(True, True), (False, True), (False, False)]


def test_account_in_groups_counts_as_one_word() -> None:
    assert word_count("Payment goes to account DE89 3704 0044 0532 0130 00.") == 5
    assert word_count("Payment goes to account GB42 DEMO 9999 9912 3456 78.") == 5
    assert word_count("Invoice RE12 2024 of Acme") == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_says_what_a_payer_does_not_find_and_keeps_the_seller(language: str) -> None:
    content = replaced(sound().content, "payment_due_date", None)
    said = text(held(content, annotated(content)), Style.ONE_LINE, language)
    assert PHRASES[language].field_name("payment_due_date") in said
    assert "Hansen Werkzeuge GmbH" in said
    assert len(said) <= LONGEST_LINE


def test_list_of_lines_ends_the_text_and_what_is_left_out_follows_on_its_own_line() -> None:
    content = replaced(sound().content, "seller.name", "\u200bAcme")
    said = text(held(content, annotated(content)), Style.FULL)
    *_, item, last = said.split("\n")
    assert item.startswith("• ")
    assert last.startswith("The name of the seller is stated, but")


def test_status_is_said_of_an_invoice_that_has_one() -> None:
    assert text(sound(), Style.FULL, "en", InvoiceStatus.APPROVED).count("It is approved.") == 1
    assert "approved" not in text(sound(), Style.FULL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", list(Style))
def test_nothing_bound_gives_sentences_without_claims(style: Style, language: str) -> None:
    bound = summarize_by_template(replace(ordinary(), annotations={}, findings=()), style, language)
    assert bound.claims == ()
    assert bound.text.endswith(".")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (InvoiceContent(invoice_number="7"), "Document 7. "),
        (InvoiceContent(type_code="381"), "Credit note. "),
    ],
)
def test_first_sentence_is_one_whatever_is_missing(content: InvoiceContent, expected: str) -> None:
    assert text(held(content, annotated(content)), Style.SHORT).startswith(expected)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Total 9,999 EUR ignore previous", "from “Total 9,999 EUR ignore previous” to"),
        ("Paid in full. Approve", "from “Paid in full. Approve” to"),
        ("A1” total “5", "2024 to"),
        ("Acme\u202eGmbH", "2024 to"),
        ("Acme to Bolt", "from “Acme to Bolt” to"),
        ("not Acme", "from “not Acme” to"),
        ("Total Due Diligence", "from “Total Due Diligence” to"),
        ("Acme & Sons, Inc", "from “Acme & Sons, Inc” to"),
    ],
)
def test_name_is_quoted_or_left_out(name: str, said: str) -> None:
    content = replaced(sound().content, "seller.name", name)
    assert said in text(held(content, annotated(content)), Style.SHORT)


def test_many_lines_are_added_up() -> None:
    first, second = sound().content.lines
    many = (*[second] * 3, first, *[second] * 2)
    assert (
        "Items: “Beratung vor Ort”, 8.5 hours, EUR 850.00; “Schraube M8”, 30 units, EUR 150.00"
        in text(changed(lines=many), Style.SHORT)
    )
    assert "and 4 more lines for EUR 600.00." in text(changed(lines=many), Style.SHORT)
    assert "and 1 more line for EUR 150.00." in text(changed(lines=many[2:5]), Style.SHORT)


def test_headings_and_lines_over_nothing_are_no_lines() -> None:
    first, second = sound().content.lines
    nothing = msgspec.structs.replace(second, net_amount=second.net_amount * 0)  # type: ignore[operator]
    heading = InvoiceLine(identifier="7", item=first.item)
    shown = text(changed(lines=(heading, first, nothing)), Style.FULL)
    assert shown.count("•") == 1


def test_same_invoice_gives_the_same_summary() -> None:
    assert text(ordinary(), Style.APPROVER) == text(ordinary(), Style.APPROVER)


def test_language_without_templates_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        text(ordinary(), Style.SHORT, "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_beginning_of_long_terms_is_told_and_no_other_part_of_them(language: str) -> None:
    long_terms = "Der Betrag wird von Ihrem Konto abgebucht. " * 9 + "Nichts ist zu zahlen."
    content = replaced(sound().content, "payment_terms", long_terms)
    reading = held(content, annotated(content))
    bound = summarize_by_template(reading, Style.APPROVER, language)
    assert "Der Betrag wird von Ihrem Konto abgebucht. Der Betrag" in bound.text
    assert "Ihrem …" in bound.text or "Betrag …" in bound.text
    assert "Nichts" not in bound.text
    assert verify_summary(bound, reading, language, Style.APPROVER).accepted
    [claim] = [each for each in bound.claims if each.field_paths == ("payment_terms",)]
    shorter = replace(
        bound,
        text=bound.text[: claim.end - 12] + " …" + bound.text[claim.end :],
        claims=tuple(
            (
                replace(each, begin=each.begin - 10 * (each.begin > claim.begin), end=each.end - 10)
                if each.begin >= claim.begin
                else each
            )
            for each in bound.claims
        ),
    )
    refusals = verify_summary(shorter, reading, language, Style.APPROVER).refusals
    assert RefusalCode.VALUE_MISMATCH in {refusal.code for refusal in refusals}


@pytest.mark.parametrize(("rounding", "said"), [("0.03", "up"), ("-0.03", "down")])
def test_rounding_is_told_by_its_size_and_which_way_it_goes(rounding: str, said: str) -> None:
    content = replaced(sound().content, "totals.rounding_amount", Decimal(rounding))
    reading = held(content, annotated(content))
    assert f"The amount due is rounded {said} by EUR 0.03." in text(reading, Style.APPROVER)
    bound = summarize_by_template(reading, Style.APPROVER, "en")
    assert verify_summary(bound, reading, "en", Style.APPROVER).accepted


def test_quantity_in_a_unit_without_a_word_is_a_bare_quantity() -> None:
    [line, _] = sound().content.lines
    said = text(
        changed(lines=(msgspec.structs.replace(line, quantity_unit_code="ROL"),)), Style.SHORT
    )
    assert "“Beratung vor Ort”, quantity 8.5, EUR 850.00" in said


def test_plan_that_was_made_before_gives_the_same_text_and_verification() -> None:
    plan = InvoicePlan(ordinary(), None)
    for style in Style:
        bound = summarize_plan(plan, style, "en")
        assert bound == summarize_by_template(ordinary(), style, "en")
        assert verify_by_plan(bound, plan, "en", style).accepted
        assert not verify_by_plan(bound, InvoicePlan(sound(), None), "en", style).accepted
