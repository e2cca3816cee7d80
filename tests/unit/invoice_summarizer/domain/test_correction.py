"""Corrections of the content: indices count what is there before, and order does not matter."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.credit_notes import is_credit_note
from en16931.field_path import value_at
from en16931.model import (
    CashDiscount,
    DocumentKind,
    Extras,
    InvoiceContent,
    InvoiceLine,
    LineAllowance,
    Seller,
)
from invoice_summarizer.domain.correction import (
    CORRECTIONS_LIMIT,
    CorrectedContent,
    Correction,
    corrected_content,
)
from invoice_summarizer.domain.errors import InvalidInput


def line(number: int) -> InvoiceLine:
    allowances = tuple(LineAllowance(amount=Decimal(n)) for n in range(3))
    return InvoiceLine(identifier=str(number), allowances=allowances)


CONTENT = InvoiceContent(
    invoice_number="R-1",
    seller=Seller(name="Nordwind GmbH", vat_identifier="DE1"),
    lines=tuple(line(number) for number in range(4)),
    extras=Extras(cash_discounts=(CashDiscount(days=10),)),
)


def corrected(values: dict[str, str | None], content: InvoiceContent = CONTENT) -> CorrectedContent:
    return corrected_content(content, [Correction(*each) for each in values.items()])


def identifiers(content: InvoiceContent) -> list[str | None]:
    return [each.identifier for each in content.lines]


def test_value_is_set_and_group_comes_into_being() -> None:
    after = corrected({"buyer.postal_address.country_code": "DE", "invoice_number": "R-2"}).after
    assert value_at(after, "buyer.postal_address.country_code") == "DE"
    assert after.invoice_number == "R-2"
    assert after.seller == CONTENT.seller


@pytest.mark.parametrize(
    ("kind", "values", "credited"),
    [
        (DocumentKind.INVOICE, {"type_code": "381"}, True),
        (DocumentKind.CREDIT_NOTE, {"type_code": "380"}, False),
        (None, {"type_code": "381"}, True),
        (
            DocumentKind.INVOICE,
            {"type_code": "381", "extras.document_kind": "CREDIT_NOTE"},
            True,
        ),
        (DocumentKind.INVOICE, {"extras.document_kind": "CREDIT_NOTE"}, True),
        (DocumentKind.CREDIT_NOTE, {"invoice_number": "R-2"}, True),
    ],
)
def test_what_is_corrected_to_a_credit_note_counts_as_one(
    kind: DocumentKind | None, values: dict[str, str | None], credited: bool
) -> None:
    content = InvoiceContent(type_code="380", extras=Extras(document_kind=kind))
    if kind is DocumentKind.CREDIT_NOTE:
        content = InvoiceContent(type_code="381", extras=Extras(document_kind=kind))
    assert is_credit_note(corrected(values, content).after) is credited


@pytest.mark.parametrize("path", ["invoice_number", "seller.name", "seller", "extras"])
def test_field_or_group_that_is_cleared_is_absent(path: str) -> None:
    assert value_at(corrected({path: None}).after, path) is None


@pytest.mark.parametrize("path", ["lines", "extras.cash_discounts", "lines[1].allowances"])
def test_list_that_is_cleared_is_empty(path: str) -> None:
    assert value_at(corrected({path: None}).after, path) == ()


@pytest.mark.parametrize(
    "path", ["buyer", "delivery.deliver_to_address.city", "notes", "payee.name"]
)
def test_what_is_not_there_stays_so_when_it_is_cleared(path: str) -> None:
    assert corrected({path: None}).after == CONTENT


def test_removed_appended_and_changed_elements_count_from_what_is_there_before() -> None:
    values = {
        "lines[1]": None,
        "lines[3]": None,
        "lines[2].identifier": "2a",
        "lines[4].identifier": "4",
        "lines[5].identifier": "5",
    }
    for order in permutations(values.items()):
        assert identifiers(corrected(dict(order)).after) == ["0", "2a", "4", "5"]


def test_elements_within_elements_are_removed_from_where_they_were() -> None:
    after = corrected({"lines[0]": None, "lines[2].allowances[1]": None}).after
    assert identifiers(after) == ["1", "2", "3"]
    assert [each.amount for each in after.lines[1].allowances] == [Decimal(0), Decimal(2)]


def test_path_after_follows_elements_that_move_up() -> None:
    change = corrected({"lines[0]": None, "lines[2]": None, "lines[3].allowances[1]": None})
    expected = {
        "lines": "lines",
        "lines[0].identifier": None,
        "lines[1].identifier": "lines[0].identifier",
        "lines[3].allowances[0].amount": "lines[1].allowances[0].amount",
        "lines[3].allowances[1].amount": None,
        "lines[3].allowances[2].amount": "lines[1].allowances[1].amount",
        "lines[1].allowances[1].amount": "lines[0].allowances[1].amount",
        "seller.name": "seller.name",
    }
    assert {path: change.path_after(path) for path in expected} == expected


@given(st.sets(st.integers(0, 3)))
def test_what_is_left_stands_where_path_after_says(gone: set[int]) -> None:
    change = corrected({**{f"lines[{index}]": None for index in gone}, "invoice_number": "x"})
    for index in range(4):
        path = change.path_after(f"lines[{index}].identifier")
        assert (path is None) is (index in gone)
        assert path is None or value_at(change.after, path) == str(index)


@pytest.mark.parametrize(
    ("values", "reason", "field"),
    [
        ({}, "INVALID_CORRECTION", "corrections"),
        (
            {f"lines[{n}].note": "x" for n in range(CORRECTIONS_LIMIT + 1)},
            "INVALID_CORRECTION",
            "corrections",
        ),
        ({"seller": "x"}, "INVALID_CORRECTION", "corrections[0].field_path"),
        ({"lines[0]": "x"}, "INVALID_CORRECTION", "corrections[0].field_path"),
        ({"seller.name": "A", "seller": None}, "INVALID_CORRECTION", "corrections[0].field_path"),
        ({"lines[1].note": "A", "lines": None}, "INVALID_CORRECTION", "corrections[0].field_path"),
        ({"invoice_number": "1", "x": "1"}, "UNKNOWN_FIELD", "corrections[1].field_path"),
        ({"lines[5].note": "1"}, "UNKNOWN_FIELD", "corrections[0].field_path"),
        ({"lines[4]": None}, "UNKNOWN_FIELD", "corrections[0].field_path"),
        ({"lines[4].note": None}, "UNKNOWN_FIELD", "corrections[0].field_path"),
        ({"": "1"}, "UNKNOWN_FIELD", "corrections[0].field_path"),
        ({"seller.name": "A", "issue_date": "1"}, "INVALID_VALUE", "corrections[1].value"),
    ],
)
def test_corrections_that_cannot_be_are_refused(
    values: dict[str, str | None], reason: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        corrected(values)
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_path_that_is_there_twice_is_refused() -> None:
    twice = [Correction("invoice_number", "1"), Correction("invoice_number", "2")]
    with pytest.raises(InvalidInput) as caught:
        corrected_content(CONTENT, twice)
    assert caught.value.field == "corrections[1].field_path"
