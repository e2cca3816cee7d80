"""Expressions of derivations in words that people read."""

import pytest

from invoice_summarizer.cli.presentation.expression_words import expression_words, field_words


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("nonzero(lines[*].net_amount) - 2", "number of lines with net amount - 2"),
        (
            "sum(lines[*].net_amount) - lines[0].net_amount",
            "sum of net amount of each line - net amount of line 1",
        ),
        ("count(lines) - 3", "number of lines - 3"),
        (
            "round(totals.amount_due * number(payment_terms, 10, 11) / 100, 2)",
            "round(amount due * number in payment terms / 100, 2)",
        ),
        (
            "issue_date + number(payment_terms, 13, 15) days",
            "issue date + number in payment terms days",
        ),
        ("completeness.pages - completeness.pages_read", "pages - pages read"),
        ("abs(vat_breakdown[1].tax_amount)", "abs(tax amount of VAT breakdown 2)"),
    ],
)
def test_fields_of_an_expression_are_named_in_words(expression: str, said: str) -> None:
    assert expression_words(expression) == said


def test_member_of_a_list_is_counted_from_one() -> None:
    assert field_words("lines[0].item.name") == "name of item of line 1"
    assert field_words("totals.vat_amount") == "VAT amount"
    assert field_words("totals.amount_with_vat") == "amount with VAT"
