"""Binding segments, as a template or a model writes them."""

from decimal import Decimal

import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import ordinary, present

from invoice_reading.annotation import Derivation, FieldAnnotation, FieldStatus
from invoice_summarizer.domain.summarizing.segments import Slot, Text, UnboundSlot, bind


def test_slots_become_claims_and_missing_spaces_are_set() -> None:
    invoice = ordinary()
    bound = bind(
        [
            Text("Reading"),
            Slot("invoice_number"),
            Text("from "),
            Slot("seller.name"),
            Text("over"),
            Slot("totals.amount_due"),
            Text(" is due on"),
            Slot("payment_due_date"),
            Text("."),
        ],
        invoice.content,
        invoice.annotations,
        "en-GB",
    )
    assert bound.text == (
        "Reading RE-2024/0017 from Hansen Werkzeuge GmbH over EUR\u00a01,191.00 "
        "is due on 31 March 2024."
    )
    assert [bound.text[claim.begin : claim.end] for claim in bound.claims] == [
        "RE-2024/0017",
        "Hansen Werkzeuge GmbH",
        "EUR\u00a01,191.00",
        "31 March 2024",
    ]
    amount = bound.claims[2]
    assert amount.field_paths == ("totals.amount_due", "currency_code")
    assert amount.evidence == (
        *invoice.annotations["totals.amount_due"].evidence,
        *invoice.annotations["currency_code"].evidence,
    )


def test_repeated_group_is_said_as_its_count() -> None:
    invoice = ordinary()
    bound = bind([Slot("lines"), Text("lines")], invoice.content, invoice.annotations, "en")
    [claim] = bound.claims
    assert bound.text == "2 lines"
    assert claim.field_paths == ("lines",)
    [evidence] = claim.evidence
    assert isinstance(evidence, Derivation)
    assert (evidence.expression, evidence.value) == ("count(lines)", Decimal(2))


def test_amount_is_said_without_a_currency_that_is_not_bound() -> None:
    invoice = ordinary()
    annotations = {
        **invoice.annotations,
        "currency_code": FieldAnnotation(status=FieldStatus.CONFLICT),
    }
    bound = bind([Slot("totals.amount_due")], invoice.content, annotations, "en")
    assert bound.text == "1,191.00"
    assert bound.claims[0].field_paths == ("totals.amount_due",)


def test_sentence_that_ends_in_a_name_with_a_full_stop_has_one() -> None:
    invoice = ordinary()
    bound = bind(
        [Text("To "), Slot("buyer.name"), Text(".")], invoice.content, invoice.annotations, "en"
    )
    assert bound.text == "To Studio 54 Ltd."


@pytest.mark.parametrize(
    "path", ["buyer.vat_identifier", "nonsense", "lines[9].net_amount", "seller", "lines[0]", ""]
)
def test_slot_without_a_bound_value_is_refused(path: str) -> None:
    invoice = ordinary()
    annotations = {**invoice.annotations, path: present()}
    with pytest.raises(UnboundSlot):
        bind([Slot(path)], invoice.content, annotations, "en")


@pytest.mark.parametrize("status", [status for status in FieldStatus if status != "PRESENT"])
def test_value_of_another_status_cannot_be_said(status: FieldStatus) -> None:
    invoice = ordinary()
    annotation = FieldAnnotation(status=status, evidence=present().evidence)
    with pytest.raises(UnboundSlot):
        bind(
            [Slot("seller.name")],
            invoice.content,
            {**invoice.annotations, "seller.name": annotation},
            "en",
        )


def test_lines_of_which_one_is_not_bound_are_not_counted() -> None:
    invoice = ordinary()
    annotations = {
        path: annotation
        for path, annotation in invoice.annotations.items()
        if not path.startswith("lines[1]")
    }
    with pytest.raises(UnboundSlot):
        bind([Slot("lines")], invoice.content, annotations, "en")
