"""The invoices that summaries are judged by are read into what was put into them, and what is true of them holds."""

from decimal import Decimal

import pytest
from stdnum import iban

from en16931.field_path import leaves
from invoice_reading.certainty import is_unsure
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.stages import Stages
from summary_invoices.catalogue import made_invoices
from summary_invoices.made_invoice import MadeInvoice
from summary_invoices.truth import Money, Oddity

MADE = {made.name: made for made in made_invoices()}
STAGES = Stages(pdf_engine=MuPdfEngine())
# What a page of these invoices prints; of lines their names, quantities, prices and amounts.
PRINTED = (
    "invoice_number",
    "issue_date",
    "payment_due_date",
    "purchase_order_reference",
    "currency_code",
    "seller.name",
    "buyer.name",
    "totals.amount_without_vat",
    "totals.vat_amount",
    "totals.amount_with_vat",
    "totals.amount_due",
    "payment_instructions.credit_transfers[0].account_identifier",
)
PRINTED_OF_LINES = ("item.name", "invoiced_quantity", "price.net_price", "net_amount")
# By what a person is asked to look at what is odd, where the reading knows it.
REASONS = {
    Oddity.WRONG_TOTAL: "RULE_FAILED:BR-CO-15",
    Oddity.CARRIED_OVER: "RULE_FAILED:BR-CO-16",
    Oddity.HIDDEN_TEXT: "RULE_FAILED:HIDDEN-TEXT-01",
    Oddity.OTHER_ACCOUNT_ON_PAGE: "RULE_FAILED:PAGE-XML-02",
    Oddity.NOT_READ_IN_FULL: "COMPLETENESS_PARTIAL",
}


def reading(name: str) -> Reading:
    return read(MADE[name].data, "", STAGES)


@pytest.mark.parametrize("name", [name for name, made in MADE.items() if not made.is_page])
def test_e_invoice_is_read_into_what_was_put_into_it(name: str) -> None:
    read_content = dict(leaves(reading(name).content))
    put_in = dict(leaves(MADE[name].content))
    assert {path: read_content.get(path) for path in put_in} == put_in


@pytest.mark.parametrize("name", [name for name, made in MADE.items() if made.is_page])
def test_page_is_read_into_what_it_prints(name: str) -> None:
    found = reading(name)
    assert found.form is DocumentForm.PDF_TEXT
    read_content = dict(leaves(found.content))
    differing = {
        path: (value, read_content.get(path))
        for path, value in leaves(MADE[name].content)
        if _is_printed(path) and read_content.get(path) != value
    }
    if name == "partial":  # the lines of the damaged page are missing
        differing = {path: value for path, value in differing.items() if "lines[" not in path}
        assert 0 < len(found.content.lines) < len(MADE[name].content.lines)
    if name == "name_over_two_lines":  # a part of the name may be read, but not as sure
        if "seller.name" in differing:
            assert is_unsure("seller.name", found.annotations["seller.name"])
        differing.pop("seller.name", None)
    assert differing == {}


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_what_is_odd_is_a_reason_to_look(made: MadeInvoice) -> None:
    found = reading(made.name)
    reasons = {str(reason) for reason in found.review_reasons}
    for oddity, reason in REASONS.items():
        assert (reason in reasons) is (oddity in made.truth.odd)
    for path in made.truth.unsure:
        if made.is_page:
            assert is_unsure(path, found.annotations[path])
            assert f"LOW_CONFIDENCE:{path}" in reasons


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_truth_is_that_of_the_content(made: MadeInvoice) -> None:
    content, truth = made.content, made.truth
    assert content.seller and content.buyer and content.totals
    assert (content.seller.name, content.buyer.name) == (truth.seller, truth.buyer)
    assert content.currency_code == truth.currency
    if truth.amount is not None:
        assert content.totals.amount_due is not None
        assert abs(content.totals.amount_due) == truth.amount
    if truth.money in (Money.TO_PAY, Money.COLLECTED):
        assert content.payment_due_date == truth.due
        assert (truth.due is None) is (Oddity.NO_DUE_DATE in truth.odd or bool(truth.instalments))
        payee = content.payee or content.seller
        assert truth.recipient == payee.name
    else:
        assert truth.recipient is None and truth.accounts == ()
    assert tuple(earlier.reference for earlier in content.preceding_invoices) == truth.against
    rows = tuple((row.rate, row.tax_amount) for row in content.vat_breakdown)
    assert rows == truth.vat
    assert (Oddity.NO_VAT in truth.odd) is (bool(rows) and not content.totals.vat_amount)


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_bought_are_the_dearest_lines_first(made: MadeInvoice) -> None:
    amounts = {
        line.item.name: line.net_amount or Decimal(0) for line in made.content.lines if line.item
    }
    dearest = sorted((name for name in amounts if amounts[name]), key=lambda name: -amounts[name])
    assert made.truth.bought == tuple(dearest[: len(made.truth.bought)])
    assert made.truth.bought


@pytest.mark.parametrize("made", MADE.values(), ids=list(MADE))
def test_accounts_have_valid_check_digits(made: MadeInvoice) -> None:
    payment = made.content.payment_instructions
    transfers = payment.credit_transfers if payment else ()
    stated = {transfer.account_identifier or "" for transfer in transfers}
    assert all(iban.is_valid(account) for account in stated)
    assert all(iban.is_valid(account) for account in made.truth.accounts)
    if made.truth.money is Money.TO_PAY:
        assert stated <= set(made.truth.accounts)


def test_there_are_invoices_of_every_way_the_money_can_go() -> None:
    assert len(MADE) >= 16
    assert {made.truth.money for made in MADE.values()} == set(Money)
    assert {oddity for made in MADE.values() for oddity in made.truth.odd} == set(Oddity)


def _is_printed(path: str) -> bool:
    if path.startswith("lines["):
        return path.partition("].")[2] in PRINTED_OF_LINES
    return path in PRINTED
