"""Sums close, and identifiers are valid."""

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest
from invoice_generator.content.composing import compose
from invoice_generator.content.countries import COUNTRIES
from invoice_generator.content.document import CENT, INVOICE_KINDS, Document
from invoice_generator.content.parties import party
from invoice_generator.languages.catalogue import LANGUAGES
from invoice_generator.languages.language import Language
from stdnum import iban
from stdnum.ch import vat as ch_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

_LANGUAGES = list(LANGUAGES.values())


def _documents(language: Language, count: int = 60) -> list[Document]:
    return [compose(language, random.Random(f"{language.code}{n}")) for n in range(count)]


@pytest.mark.parametrize("language", _LANGUAGES, ids=list(LANGUAGES))
def test_sums_close_to_the_cent(language: Language) -> None:
    for document in _documents(language):
        for line in document.lines:
            exact = line.quantity * line.price / line.price_base * (100 - line.percent) / 100
            assert line.net == exact.quantize(CENT, ROUND_HALF_UP)
        assert document.line_total == sum(line.net for line in document.lines)
        charges = sum((charge.amount for charge in document.charges), Decimal(0))
        assert document.net_amount == document.line_total + charges
        assert document.tax_amount == sum(row.tax for row in document.vat)
        assert document.total_amount == document.net_amount + document.tax_amount
        if document.vat:
            assert document.net_amount == sum(row.base for row in document.vat)
        for row in document.vat:
            assert row.tax == (row.base * row.rate / 100).quantize(CENT, ROUND_HALF_UP)
            assert row.rate in COUNTRIES[document.seller.country].rates or document.reverse_charge


@pytest.mark.parametrize("country", COUNTRIES)
def test_identifiers_have_right_check_digits(country: str) -> None:
    check = {"GB": gb_vat, "CH": ch_vat}.get(country, eu_vat)
    for number in range(5):
        firm = party(country, random.Random(number))
        assert iban.is_valid(firm.iban)
        assert check.is_valid(firm.vat_id)


def test_every_shape_of_content_occurs() -> None:
    documents = [document for language in _LANGUAGES for document in _documents(language, 150)]
    assert {"credit_note", "invoice", "reminder", "delivery_note"} <= {d.kind for d in documents}
    assert any(d.total_amount < 0 for d in documents)
    assert any(d.kind == "credit_note" and d.total_amount > 0 for d in documents)
    assert any(len(d.vat) > 1 for d in documents)
    assert any(d.reverse_charge and not d.tax_amount for d in documents)
    assert any(d.second_currency for d in documents)
    assert any(d.prepaid_amount for d in documents)
    assert {d.terms.payment for d in documents} == {"transfer", "debit", "paid"}
    assert any(charge.what == "freight" for d in documents for charge in d.charges)
    assert any(line.section for d in documents for line in d.lines)
    assert any(line.price_base == 100 for d in documents for line in d.lines)
    assert max(len(d.lines) for d in documents) > 40


def test_seller_and_buyer_are_two_firms() -> None:
    for document in _documents(_LANGUAGES[0]):
        assert document.seller.name != document.buyer.name


def test_reminders_have_no_tax() -> None:
    document = compose(_LANGUAGES[0], random.Random(1), kind="reminder")
    assert document.kind not in INVOICE_KINDS and document.vat == ()


@pytest.mark.parametrize("language", _LANGUAGES, ids=list(LANGUAGES))
def test_language_words_everything_that_english_words(language: Language) -> None:
    english = LANGUAGES["en"]
    for key in ("labels", "titles", "phrases", "units"):
        assert getattr(language, key).keys() == getattr(english, key).keys()
    for key, phrases in english.phrases.items():
        holes = {
            hole
            for hole in ("{date}", "{days}", "{iban}", "{number}", "{percent}")
            if hole in phrases[0]
        }
        for phrase in language.phrases[key]:
            assert all(hole in phrase for hole in holes)
    assert len(language.months) == 12 and len(language.items) >= 12
