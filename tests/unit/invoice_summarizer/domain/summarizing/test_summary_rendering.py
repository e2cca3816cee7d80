"""How values are printed: all their digits, in the language's form."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.invoice_summarizer.domain.summarizing.bound_invoices import LANGUAGES

from en16931.field_path import Leaf
from en16931.model import DocumentKind
from invoice_summarizer.domain.summarizing.language import (
    SUPPORTED_LANGUAGES,
    UnsupportedLanguage,
    regional_locales,
    supported_locale,
)
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
        (Decimal("-5.000"), "totals.amount_due", None, "-5.00", "-5,00", "-5,00"),
        (
            Decimal("1190.000000"),
            "totals.amount_due",
            "EUR",
            f"EUR{NBSP}1,190.00",
            f"1.190,00{NBSP}EUR",
            f"1{THIN}190,00{NBSP}EUR",
        ),
        (
            Decimal("0.01250"),
            "lines[0].price.net_price",
            "EUR",
            f"EUR{NBSP}0.0125",
            f"0,0125{NBSP}EUR",
            f"0,0125{NBSP}EUR",
        ),
        (
            Decimal("1500.00"),
            "totals.amount_due",
            "JPY",
            f"JPY{NBSP}1,500",
            f"1.500{NBSP}JPY",
            f"1{THIN}500{NBSP}JPY",
        ),
        (Decimal("-0.00"), "totals.amount_due", None, "0.00", "0,00", "0,00"),
        (Decimal("1.0850"), "extras.exchange_rate", None, "1.085", "1,085", "1,085"),
        (Decimal("19.00"), "vat_breakdown[0].rate", None, "19%", f"19{NBSP}%", f"19{NBSP}%"),
        (Decimal("1E+3"), "totals.amount_due", None, "1,000.00", "1.000,00", f"1{THIN}000,00"),
        (Decimal("7.7"), "vat_breakdown[0].rate", None, "7.7%", f"7,7{NBSP}%", f"7,7{NBSP}%"),
        (
            Decimal("2.5"),
            "lines[0].invoiced_quantity",
            "HUR",
            f"2.5{NBSP}hours",
            f"2,5{NBSP}Stunden",
            f"2,5{NBSP}heures",
        ),
        (
            Decimal("2.0"),
            "lines[0].invoiced_quantity",
            "C62",
            f"2{NBSP}units",
            f"2{NBSP}Stück",
            f"2{NBSP}unités",
        ),
        (date(2024, 3, 1), "issue_date", None, "March 1, 2024", "1. März 2024", "1er mars 2024"),
        ("381", "type_code", None, "Credit note", "Kaufmännische Gutschrift", "Avoir"),
        (DocumentKind.RECEIPT, "extras.document_kind", None, "Receipt", "Quittung", "Reçu"),
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
    assert Decimal(digits.replace(point, ".")) == value


@pytest.mark.parametrize(
    ("locale", "day", "amount"),
    [
        ("en", "March 5, 2026", f"EUR{NBSP}1,234.50"),
        ("en-US", "March 5, 2026", f"EUR{NBSP}1,234.50"),
        ("en-GB", "5 March 2026", f"EUR{NBSP}1,234.50"),
        ("en-IE", "5 March 2026", f"EUR{NBSP}1,234.50"),
        ("de-AT", "5. März 2026", f"EUR{NBSP}1.234,50"),
        ("de-CH", "5. März 2026", f"EUR{NBSP}1’234.50"),
        ("fr-CH", "5 mars 2026", f"1{THIN}234,50{NBSP}EUR"),
    ],
)
def test_forms_are_those_of_the_region(locale: str, day: str, amount: str) -> None:
    assert rendering(date(2026, 3, 5), "issue_date", locale) == day
    assert rendering(Decimal("1234.50"), "totals.amount_due", locale, "EUR") == amount


def test_digits_are_grouped_and_months_named_as_the_region_does() -> None:
    assert rendering(Decimal("1234567.5"), "extras.exchange_rate", "en-IN") == "12,34,567.5"
    assert rendering(date(2026, 1, 5), "issue_date", "de-AT") == "5. Jänner 2026"


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=2),
    st.sampled_from(sorted(regional_locales())),
)
def test_amount_of_another_value_is_not_accepted_in_any_region(value: Decimal, locale: str) -> None:
    path = "totals.amount_due"
    accepted = renderings(value, path, locale, "EUR")
    assert accepted
    for other in (value + 1, value * 10, -value - 1):
        assert accepted.isdisjoint(renderings(other, path, locale, "EUR") if other != value else ())


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("de-AT", "de-AT"),
        ("FR", "fr"),
        ("it-CH", "it-CH"),
        ("es-MX", "es-MX"),
        ("nl-BE", "nl-BE"),
        ("en_gb", "en-GB"),
        ("de-Latn-AT", "de-AT"),
        ("de-AT-1996", "de-AT"),
        ("de-1996", "de"),
        ("en-XX", "en"),
        ("de-ZW", "de"),
        ("fr-" + "x" * 32, "fr"),
        ("en-", "en"),
        ("en-../../de", "en"),
    ],
)
def test_tag_is_served_by_its_region_or_else_by_its_language(tag: str, locale: str) -> None:
    assert supported_locale(tag) == locale


@pytest.mark.parametrize("language", SUPPORTED_LANGUAGES)
def test_every_language_has_regions(language: str) -> None:
    assert any(locale.startswith(f"{language}-") for locale in regional_locales())


@pytest.mark.parametrize("tag", ["pl", "", "-", "deu", "ita", "x" * 1000, "fr-" + "x" * 33])
def test_other_language_is_refused_with_the_supported_ones(tag: str) -> None:
    with pytest.raises(UnsupportedLanguage) as raised:
        supported_locale(tag)
    assert raised.value.reason == "LANGUAGE_UNSUPPORTED"
    assert raised.value.metadata == {"supported": "de, en, es, fr, it, nl"}
