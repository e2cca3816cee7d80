import contextlib
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.derivation import (
    DerivationError,
    NoExactResult,
    NotAnExpression,
    ValueNotDeclared,
    derive,
    evaluate,
)
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine, Item, VatBreakdown

money = st.decimals(
    min_value=-(10**10), max_value=10**10, places=2, allow_nan=False, allow_infinity=False
)


def _with_lines(amounts: list[Decimal]) -> InvoiceContent:
    return InvoiceContent(lines=tuple(InvoiceLine(net_amount=amount) for amount in amounts))


@given(st.lists(money, max_size=20))
def test_sum_adds_what_the_pattern_finds(amounts: list[Decimal]) -> None:
    derived = derive("sum(lines[*].net_amount)", _with_lines(amounts))
    assert derived.value == sum(amounts, Decimal(0))
    assert derived.field_paths == tuple(f"lines[{i}].net_amount" for i in range(len(amounts)))


@given(money, money, money)
def test_operators_bind_as_in_arithmetic(a: Decimal, b: Decimal, c: Decimal) -> None:
    content = InvoiceContent(
        totals=DocumentTotals(amount_with_vat=a, paid_amount=b, rounding_amount=c)
    )
    expression = "totals.amount_with_vat - totals.paid_amount - totals.rounding_amount"
    assert evaluate(expression, content) == a - b - c
    expression = "totals.amount_with_vat - totals.paid_amount * -totals.rounding_amount"
    assert evaluate(expression, content) == a - b * -c
    expression = "totals.amount_with_vat - (totals.paid_amount - totals.rounding_amount)"
    assert evaluate(expression, content) == a - (b - c)


@given(st.decimals(min_value=0, max_value=10**9, places=5, allow_nan=False, allow_infinity=False))
def test_round_takes_a_positive_half_up_and_a_negative_half_up_too(amount: Decimal) -> None:
    content = InvoiceContent(totals=DocumentTotals(paid_amount=amount))
    rounded = evaluate("round(totals.paid_amount, 2)", content)
    assert rounded == amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert evaluate("round(-2.5, 0)", content) == -2
    assert evaluate("round(2.5, 0)", content) == 3


@given(st.text(alphabet="0123456789.+-*/()[]* ,sumabroundtotals_lines", max_size=40))
def test_any_text_gives_a_value_or_a_derivation_error(text: str) -> None:
    with contextlib.suppress(DerivationError):
        evaluate(text, InvoiceContent())


def test_paths_of_the_operands_are_told_once_each() -> None:
    content = InvoiceContent(
        vat_breakdown=(VatBreakdown(taxable_amount=Decimal("-10.00"), rate=Decimal("19")),)
    )
    expression = "round(abs(vat_breakdown[0].taxable_amount) * vat_breakdown[0].rate / 100, 2)"
    derived = derive(expression, content)
    assert derived.value == Decimal("1.90")
    assert derived.field_paths == ("vat_breakdown[0].taxable_amount", "vat_breakdown[0].rate")


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("1 / 3", NoExactResult),
        ("1 / 0", NoExactResult),
        ("totals.paid_amount", ValueNotDeclared),
        ("totals.no_such_field", ValueNotDeclared),
        ("lines[7].net_amount", ValueNotDeclared),
        ("lines[0].item.name", ValueNotDeclared),
        ("sum(lines[*].item.name)", ValueNotDeclared),
        ("sum(lines[*].no_such_field)", ValueNotDeclared),
        ("", NotAnExpression),
        ("1 +", NotAnExpression),
        ("__import__('os')", NotAnExpression),
        ("totals.__class__", NotAnExpression),
        ("1 + " * 2000 + "1", NotAnExpression),
        ("(" * 3000 + "1" + ")" * 3000, NotAnExpression),
        ("-" * 2000 + "1", NotAnExpression),
    ],
)
def test_errors_are_typed(expression: str, error: type[DerivationError]) -> None:
    content = _with_item("Nails")
    with pytest.raises(error):
        evaluate(expression, content)


def _with_item(name: str) -> InvoiceContent:
    return InvoiceContent(lines=(InvoiceLine(item=Item(name=name)),))


def test_a_value_that_is_no_number_has_no_result() -> None:
    content = InvoiceContent(totals=DocumentTotals(paid_amount=Decimal("NaN")))
    with pytest.raises(NoExactResult):
        evaluate("totals.paid_amount", content)
