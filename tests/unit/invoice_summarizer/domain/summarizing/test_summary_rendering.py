"""How values are printed: all their digits, in the language's form."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.invoice_summarizer.domain.summarizing.bound_invoices import LANGUAGES

from en16931.field_path import Leaf
from en16931.model import DocumentKind
from invoice_summarizer.domain.summarizing.language import UnsupportedLanguage, supported_language
from invoice_summarizer.domain.summarizing.rendering import rendering, renderings

NBSP = "\u00a0"
THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "path", "companion", "english", "german", "french"),
    [
        (
            Decimal("1234567.50"),
            "totals.amount_due",
            "EUR",
            f"EUR{NBSP}1,234,567.50",
            f"1.234.567,50{NBSP}EUR",
            f"1{THIN}234{THIN}567,50{NBSP}EUR",
        ),
        (Decimal("-5.000"), "totals.amount_due", None, "-5.000", "-5,000", "-5,000"),
        (Decimal("1E+3"), "totals.amount_due", None, "1,000", "1.000", f"1{THIN}000"),
        (Decimal("7.7"), "vat_breakdown[0].rate", None, "7.7%", f"7,7{NBSP}%", f"7,7{NBSP}%"),
        (
            Decimal("2.5"),
            "lines[0].invoiced_quantity",
            "HUR",
            f"2.5{NBSP}h",
            f"2,5{NBSP}h",
            f"2,5{NBSP}h",
        ),
        (Decimal("2.0"), "lines[0].invoiced_quantity", "C62", "2.0", "2,0", "2,0"),
        (date(2024, 3, 1), "issue_date", None, "March 1, 2024", "1. März 2024", "1 mars 2024"),
        ("381", "type_code", None, "Credit note", "Rechnungsgutschrift", "Avoir"),
        (DocumentKind.RECEIPT, "extras.document_kind", None, "Receipt", "Beleg", "Reçu"),
        ("AT", "seller.postal_address.country_code", None, "Austria", "Österreich", "Autriche"),
        ("RE-7/2", "invoice_number", None, "RE-7/2", "RE-7/2", "RE-7/2"),
    ],
)
def test_value_is_printed_in_the_form_of_the_language(
    value: Leaf, path: str, companion: str | None, english: str, german: str, french: str
) -> None:
    printed = [rendering(value, path, language, companion) for language in ("en", "de", "fr")]
    assert printed == [english, german, french]


@pytest.mark.parametrize("declared", ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00"])
def test_iban_is_printed_in_groups_and_accepted_without(declared: str) -> None:
    path = "payment_instructions.credit_transfers[0].account_identifier"
    assert rendering(declared, path, "en") == "DE89 3704 0044 0532 0130 00"
    assert "DE89370400440532013000" in renderings(declared, path, "en")


def test_account_that_is_no_iban_is_printed_as_declared() -> None:
    path = "payment_instructions.credit_transfers[0].account_identifier"
    assert rendering("12-345 678", path, "fr") == "12-345 678"
    assert renderings("12-345 678", path, "fr") == {"12-345 678"}


def test_date_is_also_accepted_in_iso_form() -> None:
    assert renderings(date(2024, 3, 1), "issue_date", "de") == {"1. März 2024", "2024-03-01"}


def test_amount_is_also_accepted_with_plain_spaces_but_in_no_other_language() -> None:
    accepted = renderings(Decimal("1234.50"), "totals.amount_due", "fr", "EUR")
    assert "1 234,50 EUR" in accepted
    assert "EUR 1,234.50" not in accepted


@pytest.mark.parametrize(
    "value",
    [
        "a\u202eb",
        "a\u200bb",
        "a\x00b",
        "a\x1b[31mb",
        "a\u2028b",
        "a\u3164b",
        "\u0301a",
        "a" * 201,
        " \n ",
        "",
    ],
)
def test_string_that_can_deceive_the_eye_is_left_unsaid(value: str) -> None:
    assert renderings(value, "seller.name", "en") == frozenset()


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "1E+40", "1E-40"])
def test_number_that_nobody_can_read_is_left_unsaid(value: str) -> None:
    assert renderings(Decimal(value), "totals.amount_due", "en", "EUR") == frozenset()


def test_white_space_of_a_name_is_printed_as_one_space() -> None:
    assert rendering(" Acme\n   GmbH ", "seller.name", "en") == "Acme GmbH"


@given(
    st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=3)
    | st.decimals(min_value=-1, max_value=1, allow_nan=False, places=7),
    st.sampled_from(LANGUAGES),
)
def test_every_digit_of_an_amount_can_be_read_back(value: Decimal, language: str) -> None:
    printed = rendering(value, "totals.amount_due", language)
    assert printed is not None
    point = "." if language == "en" else ","
    digits = printed.replace("." if point == "," else ",", "").replace(THIN, "")
    assert Decimal(digits.replace(point, ".")).as_tuple() == value.as_tuple()


@pytest.mark.parametrize(("tag", "language"), [("de-AT", "de"), ("FR", "fr"), ("en_GB", "en")])
def test_regional_tag_is_served_by_its_language(tag: str, language: str) -> None:
    assert supported_language(tag) == language


@pytest.mark.parametrize("tag", ["it", "", "-", "deu", "x" * 1000])
def test_other_language_is_refused_with_the_supported_ones(tag: str) -> None:
    with pytest.raises(UnsupportedLanguage) as raised:
        supported_language(tag)
    assert raised.value.reason == "LANGUAGE_UNSUPPORTED"
    assert raised.value.metadata == {"supported": "de, en, fr"}
