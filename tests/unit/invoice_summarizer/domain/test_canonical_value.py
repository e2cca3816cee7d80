"""Values from their canonical text: what each type takes, and the lists that codes are held against."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.field_path import Leaf, leaves, member_types
from en16931.model import Group, InvoiceContent
from invoice_summarizer.domain.canonical_value import (
    _TEXT_CHECKS,
    TEXT_LIMIT,
    NotAValue,
    canonical_text,
    canonical_value,
    countries,
)
from shared_data import shared_data
from storage_samples import read_invoice

ACCOUNT = "payment_instructions.credit_transfers[0].account_identifier"
DEBITED = "payment_instructions.direct_debit.debited_account_identifier"


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("totals.amount_due", "-1190.10", Decimal("-1190.10")),
        ("totals.amount_due", "0.0000000", Decimal("0.0000000")),
        ("totals.amount_due", "9" * 40 + "." + "1" * 40, Decimal("9" * 40 + "." + "1" * 40)),
        ("issue_date", "2026-11-24", date(2026, 11, 24)),
        ("extras.copy", "false", False),
        ("extras.cash_discounts[0].days", "14", 14),
        ("extras.document_kind", "CREDIT_NOTE", "CREDIT_NOTE"),
        ("invoice_number", " R-1", " R-1"),
        ("notes[0].note", "two\nlines", "two\nlines"),
        ("currency_code", "EUR", "EUR"),
        ("type_code", "381", "381"),
        ("vat_accounting_currency_code", "DEM", "DEM"),
        ("buyer.postal_address.country_code", "XI", "XI"),
        ("lines[0].item.country_of_origin_code", "CH", "CH"),
        (ACCOUNT, "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (ACCOUNT, "0532013000", "0532013000"),
        (DEBITED, "GB82WEST12345698765432", "GB82WEST12345698765432"),
        ("seller.vat_identifier", "DE 136.695 976", "DE136695976"),
        ("buyer.vat_identifier", "el094259216", "EL094259216"),
        ("seller.vat_identifier", "CHE-123.456.788 MWST", "CHE-123.456.788 MWST"),
    ],
)
def test_text_gives_the_value_of_its_field(path: str, text: str, value: Leaf) -> None:
    parsed = canonical_value(path, text)
    assert parsed == value and isinstance(parsed, type(value))
    assert canonical_value(path, canonical_text(parsed)) == parsed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        *(
            ("totals.amount_due", text)
            for text in (
                "",
                "1e3",
                "12,5",
                " 12",
                "12 ",
                "+1",
                ".5",
                "5.",
                "1_0",
                "NaN",
                "١٢",
                "--1",
            )
        ),
        ("totals.amount_due", "9" * 41),
        ("issue_date", "20261124"),
        ("issue_date", "2026-W48-2"),
        ("issue_date", "2026-02-30"),
        ("extras.copy", "True"),
        ("extras.cash_discounts[0].days", "1.0"),
        ("extras.cash_discounts[0].days", "1" * 10),
        ("extras.document_kind", "credit_note"),
        ("extras.document_kind", ""),
        ("lines[0].extras.kind", "DOCUMENT_KIND_UNSPECIFIED"),
        ("invoice_number", ""),
        ("invoice_number", " "),
        ("invoice_number", "R\x00"),
        ("invoice_number", "R\u202e1"),
        ("notes[0].note", "x" * (TEXT_LIMIT + 1)),
        ("currency_code", "EURO"),
        ("type_code", "999"),
        ("type_code", "Invoice"),
        ("currency_code", "eur"),
        ("currency_code", "ABC"),
        ("seller.postal_address.country_code", "UK"),
        ("seller.postal_address.country_code", "EU"),
        ("seller.postal_address.country_code", "fr"),
        (ACCOUNT, "DE89370400440532013001"),
        (DEBITED, "de00370400440532013000"),
        ("seller.vat_identifier", "DE136695977"),
        ("buyer.vat_identifier", "fr 00 123"),
        ("seller_tax_representative.vat_identifier", "NL12"),
    ],
)
def test_text_that_is_no_value_of_its_field_is_refused(path: str, text: str) -> None:
    with pytest.raises(NotAValue) as caught:
        canonical_value(path, text)
    assert not text.strip() or text not in caught.value.wanted


def test_countries_are_those_of_the_standard() -> None:
    lists = json.loads((shared_data() / "en16931" / "codelists.json").read_text())
    assert countries() == set(lists["BR-CL-14"]["lists"][0])


def test_every_currency_of_the_standard_is_taken() -> None:
    lists = json.loads((shared_data() / "en16931" / "codelists.json").read_text())
    for code in lists["BR-CL-04"]["lists"][0]:
        assert canonical_value("currency_code", code) == code


def test_every_check_is_for_a_text_of_the_model_and_every_code_of_the_lists_has_one() -> None:
    texts = set(_texts(InvoiceContent))
    assert set(_TEXT_CHECKS) <= texts
    of_lists = (
        *("currency_code", "country_code", "origin_code"),
        *("account_identifier", "vat_identifier"),
    )
    checked = {name for name in texts if name.endswith(of_lists)} | {"type_code"}
    assert checked == set(_TEXT_CHECKS)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**20))
def test_amount_comes_back_from_its_text_with_its_digits(amount: Decimal) -> None:
    text = canonical_text(amount)
    assert str(canonical_text(canonical_value("totals.amount_due", text))) == text


def test_values_of_an_invoice_come_back_from_their_texts() -> None:
    for path, value in leaves(read_invoice(1).content):
        assert canonical_value(path, canonical_text(value)) == value


def _texts(group: type) -> Iterator[str]:
    for name, (member, element) in member_types(group).items():
        below = element if member is tuple else member
        assert below is not None
        if issubclass(below, Group):
            yield from _texts(below)
        elif below is str:
            yield name
