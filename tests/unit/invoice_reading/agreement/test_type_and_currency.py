"""Type and currency of the XML are those that the page says."""

from decimal import Decimal

import pytest

from en16931.model import DocumentTotals, InvoiceContent
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from page_builder import Printed, page, text


def verdict(content: InvoiceContent, path: str, *printed: Printed) -> Verdict:
    return next(each.verdict for each in compare(content, [page(*printed)]) if each.path == path)


@pytest.mark.parametrize(
    ("code", "title", "expected"),
    [
        ("380", "RECHNUNG", Verdict.AGREES),
        ("380", "Gutschrift", Verdict.DISAGREES),
        ("380", "CREDIT NOTE", Verdict.DISAGREES),
        ("380", "Pro forma invoice", Verdict.DISAGREES),
        ("325", "Pro forma invoice", Verdict.AGREES),
        ("381", "AVOIR", Verdict.AGREES),
        ("381", "FACTURE", Verdict.DISAGREES),
        ("381", "INVOICE", Verdict.DISAGREES),
        ("381", "Rechnungskorrektur", Verdict.AGREES),
        ("384", "Rechnungskorrektur", Verdict.AGREES),
        ("389", "Gutschrift", Verdict.AGREES),
        ("381", "Gutschrift (Selbst ausgestellte Rechnung)", Verdict.DISAGREES),
        ("381", "Rechnungsnummer 17", Verdict.DISAGREES),
        ("380", "Rechnungsnummer 17", Verdict.AGREES),
        ("380", "4711", Verdict.NOT_PRINTED),
        ("381", "4711", Verdict.NOT_PRINTED),
    ],
)
def test_type_is_what_the_page_calls_it(code: str, title: str, expected: Verdict) -> None:
    content = InvoiceContent(type_code=code)
    assert verdict(content, "type_code", text(50, 50, title, 20)) is expected


@pytest.mark.parametrize(
    ("title", "below", "expected"),
    [
        ("INVOICE", "Paid by credit card", Verdict.DISAGREES),
        ("FACTURE", "Banque : Crédit Agricole", Verdict.DISAGREES),
        ("FACTURE D'AVOIR", "Banque : Crédit Agricole", Verdict.AGREES),
        ("CREDIT NOTE", "Paid by credit card", Verdict.AGREES),
    ],
)
def test_card_or_bank_below_a_title_makes_no_credit_note(
    title: str, below: str, expected: Verdict
) -> None:
    content = InvoiceContent(type_code="381")
    printed = (text(50, 50, title, 20), text(50, 90, below))
    assert verdict(content, "type_code", *printed) is expected


def test_french_credit_note_may_be_an_invoice_below_zero() -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("-12.00"))
    content = InvoiceContent(type_code="380", totals=totals)
    printed = (text(50, 50, "Avoir", 20), text(50, 90, "Total TTC -12,00 €"))
    assert verdict(content, "type_code", *printed) is Verdict.AGREES


@pytest.mark.parametrize(
    ("code", "printed", "expected"),
    [
        ("EUR", "Total 119,00 €", Verdict.AGREES),
        ("EUR", "Total EUR 119.00", Verdict.AGREES),
        ("USD", "Total 119,00 €", Verdict.DISAGREES),
        ("EUR", "Total $119.00", Verdict.DISAGREES),
        ("USD", "Total $119.00", Verdict.AGREES),
        ("CHF", "Alle Beträge in EUR, Total 119,00", Verdict.DISAGREES),
        ("EUR", "Alle Beträge in EUR, Total 119,00", Verdict.AGREES),
        ("EUR", "Total 119,00", Verdict.NOT_PRINTED),
        # What the total is in, counts; that it is worth something else as well, does not.
        ("USD", "Total 119,00 €, that is USD 130.00", Verdict.DISAGREES),
        # A rate names two currencies, and says of none that it is that of the invoice.
        ("EUR", "Total 119,00; 1 EUR = 1,0837 USD", Verdict.DISAGREES),
        ("USD", "Total 119,00; exchange rate EUR/USD 1.0837", Verdict.DISAGREES),
    ],
)
def test_currency_is_that_of_the_amounts(code: str, printed: str, expected: Verdict) -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("119.00"))
    content = InvoiceContent(currency_code=code, totals=totals)
    assert verdict(content, "currency_code", text(50, 50, printed)) is expected


def test_currency_beside_a_rate_is_that_which_is_named_without_it() -> None:
    printed = (text(50, 50, "Alle Beträge in EUR"), text(50, 90, "Kurs: 1 EUR = 1,0837 USD"))
    for code, expected in (("EUR", Verdict.AGREES), ("USD", Verdict.DISAGREES)):
        content = InvoiceContent(currency_code=code)
        assert verdict(content, "currency_code", *printed) is expected
