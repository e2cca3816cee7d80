"""An explanation says what a claim rests on, and works every derivation of a summary out again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from golden_summaries.golden_text import readings
from unit.invoice_summarizer.domain.summarizing.bound_invoices import held, ordinary, sound

from en16931.exact import decimal_text
from en16931.field_path import replaced
from en16931.finding import Outcome
from invoice_reading.annotation import DateDerivation, Derivation
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.explanation import (
    FIELDS_LIMIT,
    ClaimExplanation,
    Recomputation,
    explanation_of,
)
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import Claim, Style


def explained_all(reading: Reading, style: Style = Style.FULL) -> dict[str, ClaimExplanation]:
    """Returns the explanation of each claim of the summary, by what it says."""
    bound = summarize_by_template(reading, style, "en")
    return {
        bound.text[claim.begin : claim.end].replace("\u00a0", " "): explanation_of(claim, reading)
        for claim in bound.claims
    }


@pytest.mark.parametrize("name", readings())
def test_every_derivation_of_a_summary_gives_its_value_again(name: str) -> None:
    reading = readings()[name]
    for style in Style:
        for claim in summarize_by_template(reading, style, "en").claims:
            explanation = explanation_of(claim, reading)
            derivations = [
                each for each in claim.evidence if isinstance(each, Derivation | DateDerivation)
            ]
            assert [each.value for each in explanation.recomputations] == [
                (
                    decimal_text(each.value)
                    if isinstance(each, Derivation)
                    else each.value.isoformat()
                )
                for each in derivations
            ]
            assert [each.path for each in explanation.fields] == [*claim.field_paths]
            assert len(explanation.findings) >= len(claim.finding_rule_ids)


def test_field_has_its_value_and_its_place() -> None:
    reading = sound()
    amount, currency = explained_all(reading)["EUR 1,190.00"].fields
    assert (amount.path, amount.value) == ("totals.amount_with_vat", "1190.00")
    assert (currency.path, currency.value) == ("currency_code", "EUR")
    assert amount.annotation == reading.annotations["totals.amount_with_vat"]


def test_difference_of_a_failed_sum_has_its_expression_and_the_finding() -> None:
    explanation = explained_all(ordinary(), Style.APPROVER)["EUR 1.00"]
    assert explanation.recomputations == (
        Recomputation(
            expression="abs(totals.amount_with_vat - "
            "round(totals.amount_without_vat + totals.vat_amount, 2))",
            with_values="abs(1191.00 - round(1000.00 + 190.00, 2))",
            value="1.00",
        ),
    )
    [finding] = explanation.findings
    assert (finding.rule_id, finding.outcome) == ("BR-CO-15", Outcome.FAILED)
    assert finding.residual == Decimal("1.00")


def test_derivation_that_a_changed_invoice_does_not_give_has_no_value() -> None:
    claim = Claim(
        begin=0,
        end=1,
        field_paths=("issue_date", "lines[7].net_amount"),
        evidence=(
            DateDerivation(expression="issue_date + 14 days", value=date(2024, 3, 15)),
            Derivation(expression="count(lines)", value=Decimal(2)),
        ),
    )
    reading = sound()
    changed = held(replaced(reading.content, "issue_date", None), {})
    explanation = explanation_of(claim, changed)
    gone, counted = explanation.recomputations
    assert (gone.expression, gone.with_values, gone.value) == ("issue_date + 14 days", None, None)
    assert (counted.with_values, counted.value) == ("2", "2")
    assert [(each.value, each.annotation) for each in explanation.fields] == [(None, None)] * 2


def test_count_of_what_was_not_read_is_worked_out_of_the_certificate() -> None:
    expression = "completeness.pages - completeness.pages_read"
    claim = Claim(
        begin=0,
        end=1,
        field_paths=(),
        evidence=(Derivation(expression=expression, value=Decimal(2)),),
    )
    completeness = Completeness(
        verdict=Verdict.PARTIAL,
        rows_seen=3,
        rows_returned=3,
        pages=5,
        pages_read=3,
        sums_close=True,
    )
    explanation = explanation_of(claim, replace(sound(), completeness=completeness))
    assert explanation.recomputations == (
        Recomputation(expression=expression, with_values="5 - 3", value="2"),
    )


def test_of_very_many_fields_the_first_are_explained() -> None:
    paths = tuple(f"lines[{index}].net_amount" for index in range(1000))
    claim = Claim(begin=0, end=1, field_paths=paths)
    explanation = explanation_of(claim, sound())
    assert [each.path for each in explanation.fields] == [*paths[:FIELDS_LIMIT]]
    assert explanation.fields[0].value == "850.00"
