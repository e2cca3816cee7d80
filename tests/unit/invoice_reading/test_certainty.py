"""How sure a value has to be."""

import pytest

from en16931.field_path import FieldPathError, leaf_type
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.certainty import (
    DECISIVE_CONFIDENCE,
    DECISIVE_FIELDS,
    ORDINARY_CONFIDENCE,
    UNPAID_FIELDS,
    is_unsure,
    minimum_confidence,
    wants_person,
)


def read_with(confidence: float | None) -> FieldAnnotation:
    return FieldAnnotation(status=FieldStatus.PRESENT, confidence=confidence)


@pytest.mark.parametrize(
    "path",
    [
        "totals.amount_due",
        "totals.amount_with_vat",
        "payment_due_date",
        "payment_instructions.credit_transfers[1].account_identifier",
        "payment_instructions.direct_debit.mandate_reference_identifier",
        "payee.name",
        "seller.name",
        "vat_breakdown[3].tax_amount",
        "preceding_invoices[0].reference",
        "extras.instalments[0].due_date",
    ],
)
def test_what_money_moves_by_has_to_be_surer(path: str) -> None:
    assert minimum_confidence(path) == DECISIVE_CONFIDENCE
    assert is_unsure(path, read_with(DECISIVE_CONFIDENCE - 0.01))
    assert not is_unsure(path, read_with(DECISIVE_CONFIDENCE))


@pytest.mark.parametrize(
    "path",
    ["buyer.name", "seller.contact.point", "lines[7].item.name", "purchase_order_reference"],
)
def test_all_else_has_to_be_less_sure(path: str) -> None:
    assert minimum_confidence(path) == ORDINARY_CONFIDENCE < DECISIVE_CONFIDENCE
    assert is_unsure(path, read_with(ORDINARY_CONFIDENCE - 0.01))
    assert not is_unsure(path, read_with(ORDINARY_CONFIDENCE))


def test_a_field_without_a_value_is_not_unsure() -> None:
    for status in set(FieldStatus) - {FieldStatus.PRESENT}:
        assert not is_unsure("totals.amount_due", FieldAnnotation(status=status, confidence=0.1))
    assert not is_unsure("totals.amount_due", read_with(None))


def test_no_person_is_asked_for_a_field_that_nobody_pays_by() -> None:
    for path in UNPAID_FIELDS:
        assert is_unsure(path, read_with(0.1))
        assert not wants_person(path, read_with(0.1))
    assert wants_person("totals.amount_due", read_with(0.1))


def test_fields_named_are_those_of_the_model() -> None:
    for path in (*DECISIVE_FIELDS, *UNPAID_FIELDS):
        assert leaf_type(path)
    with pytest.raises(FieldPathError):
        minimum_confidence("totals.")
