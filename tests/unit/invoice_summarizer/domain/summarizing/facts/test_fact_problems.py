"""What is wrong: in plain words, with the figures, and by the name of the rule only where there is room."""

from dataclasses import replace
from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import (
    LANGUAGES,
    annotated,
    held,
    sound,
)
from unit.invoice_summarizer.domain.summarizing.summary_texts import text

from en16931.field_path import replaced
from en16931.finding import Finding, Outcome, Severity
from en16931.rules.declared import Declared
from en16931.rules.sums import SUMS
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Style


def with_value(path: str, value: str) -> Reading:
    content = replaced(sound().content, path, Decimal(value))
    return held(content, annotated(content), findings=SUMS.check(Declared(content)))


def finding(
    rule_id: str, *paths: str, severity: Severity = Severity.WARNING, pack: str = "own"
) -> Finding:
    return Finding(
        rule_id=rule_id,
        rule_pack=pack,
        severity=severity,
        outcome=Outcome.FAILED,
        field_paths=paths,
        message="a rule",
    )


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "totals.line_net_amount",
            "1010.00",
            "The lines add up to EUR 1,000.00, EUR 10.00 less than the sum stated for them.",
        ),
        (
            "totals.line_net_amount",
            "990.00",
            "The lines add up to EUR 1,000.00, EUR 10.00 more than the sum stated for them.",
        ),
        (
            "totals.amount_due",
            "1200.00",
            "The amount due, EUR 1,200.00, is EUR 10.00 more than the total less what was paid.",
        ),
        (
            "totals.amount_due",
            "1100.00",
            "The amount due, EUR 1,100.00, is EUR 90.00 less than the total less what was paid.",
        ),
        (
            "vat_breakdown[0].tax_amount",
            "199.00",
            "VAT of EUR 199.00 is EUR 9.00 more than 19% of EUR 1,000.00.",
        ),
        (
            "totals.amount_with_vat",
            "1189.00",
            "The total is EUR 1.00 less than net EUR 1,000.00 plus VAT EUR 190.00.",
        ),
    ],
)
def test_sum_that_does_not_close_is_said_with_its_figures(path: str, value: str, said: str) -> None:
    assert said in text(with_value(path, value), Style.SHORT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "totals.line_net_amount",
        "totals.amount_without_vat",
        "totals.vat_amount",
        "totals.amount_with_vat",
        "totals.amount_due",
        "vat_breakdown[0].tax_amount",
        "totals.allowance_amount",
        "totals.charge_amount",
    ],
)
@pytest.mark.parametrize("value", ["1.00", "9000.00"])
def test_every_wrong_sum_has_words_that_pass_in_every_style(
    path: str, value: str, language: str
) -> None:
    reading = with_value(path, value)
    for style in Style:
        bound = summarize_by_template(reading, style, language)
        assert verify_summary(bound, reading, language, style).refusals == ()
        assert any(claim.finding_rule_ids for claim in bound.claims) or style is Style.ONE_LINE


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (finding("SEVERAL-INVOICES-01"), "The file may hold other invoices"),
        (
            finding("CARRIED-SUM-01"),
            "Sums carried over from page to page do not agree with the lines before them",
        ),
        (finding("HIDDEN-TEXT-01"), "There is text on the page that people cannot see"),
        (finding("EMBEDDED-XML-01"), "An e-invoice inside the PDF cannot be read"),
        (finding("EMBEDDED-XML-02"), "The e-invoices inside the PDF say different things"),
        (
            finding("PAGE-XML-01", "totals.amount_due"),
            "The amount due in the XML inside the PDF is not what the page shows",
        ),
        (
            finding("PAGE-XML-05", "seller.postal_address.post_code"),
            "The address of the seller in the XML inside the PDF is not what the page shows",
        ),
        (
            finding("HYBRID-06", "process_control.specification_identifier"),
            "The metadata of the PDF name another profile than the XML inside it",
        ),
        (
            finding("PAGE-XML-08"),
            "Nothing on the pages can be held against the XML inside the PDF",
        ),
    ],
)
def test_rules_on_the_document_are_said_and_named_where_there_is_room(
    found: Finding, said: str
) -> None:
    reading = replace(sound(), findings=(found,))
    for style in Style:
        assert verify_summary(
            summarize_by_template(reading, style, "en"), reading, "en", style
        ).accepted
    assert f"{said}." in text(reading, Style.SHORT)
    assert f"{said} ({found.rule_id})." in text(reading, Style.APPROVER)
    assert found.rule_id not in text(reading, Style.SHORT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "found",
    [
        finding("IBAN-01", "payment_instructions.credit_transfers[0].account_identifier"),
        finding("VAT-ID-01", "seller.vat_identifier"),
        finding("DUE-DATE-01", "payment_due_date", "issue_date"),
    ],
)
def test_what_a_rule_on_single_values_says_has_words_in_every_language(
    found: Finding, language: str
) -> None:
    reading = replace(sound(), findings=(found,))
    for style in Style:
        bound = summarize_by_template(reading, style, language)
        assert verify_summary(bound, reading, language, style).refusals == ()
        assert bound.text != summarize_by_template(sound(), style, language).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_of_which_page_and_xml_differ_are_each_said_once(language: str) -> None:
    paths = (
        "seller.name",
        "seller.postal_address.city",
        "seller.postal_address.post_code",
        "lines[0].price.net_price",
        "lines[1].price.net_price",
        "payment_instructions.credit_transfers[0].service_provider_identifier",
    )
    one = replace(sound(), findings=tuple(finding("PAGE-XML-05", path) for path in paths[:2]))
    all_of_them = replace(one, findings=tuple(finding("PAGE-XML-05", path) for path in paths))
    for style in Style:
        bound = summarize_by_template(all_of_them, style, language)
        assert verify_summary(bound, all_of_them, language, style).refusals == ()
    said = summarize_by_template(all_of_them, Style.FULL, language).text
    assert said.count("PAGE-XML-05") in (0, 4)
    assert len(said) > len(summarize_by_template(one, Style.FULL, language).text)


def test_account_with_wrong_check_digits_is_said_as_wrong_and_not_as_where_to_pay() -> None:
    path = "payment_instructions.credit_transfers[0].account_identifier"
    right, wrong = sound(), replace(sound(), findings=(finding("IBAN-01", path),))
    assert "Payment goes to account" in text(right, Style.FULL)
    said = text(wrong, Style.FULL)
    assert "The bank account has wrong check digits; it says DE" in said
    assert "Payment goes to account" not in said
    assert "The bank account is not certain" not in said


def test_due_date_before_the_issue_date_is_said_as_wrong_and_not_as_the_day_to_pay() -> None:
    found = finding("DUE-DATE-01", "payment_due_date", "issue_date")
    said = text(replace(sound(), findings=(found,)), Style.SHORT)
    assert "The due date, " in said and "is before the invoice date, " in said
    assert "is to be paid." in said


def test_rule_without_words_of_its_own_is_named() -> None:
    reading = replace(sound(), findings=(finding("BR-99"),))
    assert "Rule BR-99 does not hold." in text(reading, Style.ONE_LINE)


def test_information_is_no_error() -> None:
    information = finding("LINES-NET-01", severity=Severity.INFORMATION)
    reading = replace(sound(), findings=(information,))
    assert "For information: the lines do not add up" in text(reading, Style.FULL)
    assert text(reading, Style.SHORT) == text(sound(), Style.SHORT)


def test_figures_of_a_sum_that_does_not_close_are_said_as_facts_nowhere_else() -> None:
    said = text(with_value("totals.amount_with_vat", "1189.00"), Style.FULL)
    assert "The total is EUR 1,189.00" not in said
    assert "is to be paid" not in said
    assert "EUR 1,190.00 is asked for by" in said
