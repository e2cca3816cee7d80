"""Totals stand under their own captions, with their sign; what has been paid, and the VAT in another currency."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from en16931.model import DocumentTotals, InvoiceContent, VatBreakdown
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, page, table, text

NET, TAX, TOTAL = ("Netto", "100,00"), ("MwSt 19 %", "19,00"), ("Gesamt", "119,00")
ADVANCE, DUE = ("Anzahlung", "50,00"), ("Zahlbetrag", "69,00")


def content(*, type_code: str = "380", **totals: str) -> InvoiceContent:
    amounts = {
        "amount_without_vat": "100",
        "vat_amount": "19",
        "amount_with_vat": "119",
        "amount_due": "119",
        **totals,
    }
    sums = DocumentTotals(**{name: Decimal(amount) for name, amount in amounts.items()})
    row = VatBreakdown(
        taxable_amount=sums.amount_without_vat, tax_amount=sums.vat_amount, rate=Decimal(19)
    )
    return InvoiceContent(type_code=type_code, totals=sums, vat_breakdown=(row,))


def verdicts(of: InvoiceContent, *printed: Printed) -> dict[str, Verdict]:
    found = compare(of, [page(*printed)])
    return {each.path.removeprefix("totals."): each.verdict for each in found}


def wrong(of: InvoiceContent, rows: Sequence[tuple[str, str]], *more: Printed) -> set[str]:
    found = verdicts(of, text(50, 50, "Rechnung"), *table(200, (50, 400), rows), *more)
    return {path for path, verdict in found.items() if verdict is Verdict.DISAGREES}


def test_amount_due_is_not_another_printed_amount() -> None:
    rows = [NET, TAX, TOTAL]
    assert wrong(content(), rows) == set()
    assert "amount_due" in wrong(content(amount_due="100", paid_amount="19"), rows)
    assert "amount_due" in wrong(content(amount_due="19", paid_amount="100"), rows)
    assert "amount_with_vat" in wrong(content(amount_with_vat="100"), rows)


def test_amount_due_under_its_caption_is_told_from_the_advance() -> None:
    rows = [NET, TAX, TOTAL, ADVANCE, DUE]
    assert wrong(content(paid_amount="50", amount_due="69"), rows) == set()
    assert "amount_due" in wrong(content(paid_amount="69", amount_due="50"), rows)
    assert "amount_due" in wrong(content(paid_amount="0", amount_due="119"), rows)


def test_amount_due_under_a_heading_is_told_from_the_net_total() -> None:
    headed = table(
        200,
        (50, 200, 300, 400),
        [("Posten", "Netto", "MwSt", "Gesamt"), ("Summe", "100,00", "19,00", "119,00")],
    )
    assert wrong(content(), [], *headed) == set()
    assert "amount_due" in wrong(content(amount_due="100", paid_amount="19"), [], *headed)


PAID = content(paid_amount="119", amount_due="0")


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([NET, TAX, TOTAL, ("Bereits bezahlt", "119,00"), ("Offener Betrag", "0,00")], ""),
        ([NET, TAX, TOTAL], "Betrag dankend erhalten."),
        ([NET, TAX, TOTAL], "Paid by credit card on delivery"),
    ],
)
def test_paid_invoice_is_not_flagged(rows: list[tuple[str, str]], line: str) -> None:
    assert wrong(PAID, rows, text(50, 400, line)) == set()


@pytest.mark.parametrize("last", [TOTAL, ("Zahlbetrag", "119,00")])
@pytest.mark.parametrize("line", ["Zahlbar sofort", "wenn nicht bis Freitag bezahlt"])
def test_page_that_asks_for_money_is_no_paid_invoice(last: tuple[str, str], line: str) -> None:
    assert "amount_due" in wrong(PAID, [NET, TAX, last], text(50, 400, line))


_NEGATIVE = content(
    amount_without_vat="-100", vat_amount="-19", amount_with_vat="-119", amount_due="-119"
)
_MINUS = [("Netto", "-100,00"), ("MwSt 19 %", "-19,00"), ("Gesamt", "-119,00")]
_AMOUNTS = {
    *("amount_without_vat", "vat_amount", "amount_with_vat", "amount_due"),
    *("vat_breakdown[0].taxable_amount", "vat_breakdown[0].tax_amount"),
}


def test_minus_that_only_one_side_has_disagrees() -> None:
    assert wrong(_NEGATIVE, _MINUS) == set()
    assert wrong(content(), _MINUS) == _AMOUNTS
    assert wrong(_NEGATIVE, [NET, TAX, TOTAL]) == _AMOUNTS


@pytest.mark.parametrize("total", ["119,00-", "(119,00)", "EUR -119,00", "- 119,00"])
def test_minus_is_seen_wherever_it_stands(total: str) -> None:
    assert "amount_due" in wrong(content(), [NET, TAX, ("Gesamt", total)])


def test_credit_note_may_print_its_amounts_either_way() -> None:
    credit = content(type_code="381")
    for rows in (_MINUS, [NET, TAX, TOTAL]):
        found = verdicts(credit, text(50, 50, "Gutschrift"), *table(200, (50, 400), rows))
        assert Verdict.DISAGREES not in found.values()


def test_credit_balance_in_words_is_a_minus() -> None:
    rows = [("Netto", "-100,00"), ("MwSt 19 %", "-19,00"), ("Ihr Guthaben gesamt", "119,00")]
    assert "amount_due" not in wrong(_NEGATIVE, rows)


def accounted(amount: str) -> InvoiceContent:
    totals = DocumentTotals(
        vat_amount=Decimal("19"), vat_amount_in_accounting_currency=Decimal(amount)
    )
    return InvoiceContent(currency_code="USD", vat_accounting_currency_code="EUR", totals=totals)


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("17.43", Verdict.AGREES),
        ("16.43", Verdict.DISAGREES),
        ("19", Verdict.DISAGREES),  # printed, but in the currency of the invoice
    ],
)
def test_vat_in_the_accounting_currency_is_that_of_the_page(amount: str, verdict: Verdict) -> None:
    rows = [("VAT 19 %", "USD 19.00"), ("VAT 19 % in EUR", "EUR 17.43")]
    found = verdicts(accounted(amount), *table(200, (50, 400), rows))
    assert found["vat_amount_in_accounting_currency"] is verdict


def test_vat_in_the_accounting_currency_need_not_be_printed() -> None:
    found = verdicts(accounted("17.43"), *table(200, (50, 400), [("VAT 19 %", "USD 19.00")]))
    assert found["vat_amount_in_accounting_currency"] is Verdict.NOT_PRINTED
