"""The same layouts in every language that is read in full: each says the same, and is read the same."""

import pytest
from language_pages import DUE, IBAN, ISSUED, NET, LanguagePage, language_pages

from invoice_reading.extract.extract import extract

PAGES = [
    pytest.param(made, id=f"{made.layout}-{made.wording.language}") for made in language_pages()
]


@pytest.mark.parametrize("made", PAGES)
def test_page_is_read_whole_in_its_language(made: LanguagePage) -> None:
    content, of = extract([made.page]).content, made.wording
    assert content.seller is not None and content.seller.name == of.seller[0]
    assert content.buyer is not None and content.buyer.name == of.buyer[0]
    assert content.invoice_number == of.number[1]
    assert (content.issue_date, content.payment_due_date) == (ISSUED, DUE)
    assert content.totals is not None
    totals = content.totals
    assert (totals.amount_without_vat, totals.vat_amount, totals.amount_with_vat) == (
        NET,
        of.tax,
        NET + of.tax,
    )
    assert content.currency_code == of.currency
    assert content.payment_instructions is not None
    [transfer] = content.payment_instructions.credit_transfers
    assert transfer.account_identifier == IBAN
    assert [line.net_amount for line in content.lines] == [250, 750]
    assert [line.vat and line.vat.rate for line in content.lines] == [of.rate, of.rate]
    assert content.extras is not None and content.extras.language_code == of.language
