"""A path that is none is answered with the one that may have been meant."""

import pytest

from en16931.field_path import leaf_type
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.meant_field import _patterns, meant_field
from storage_samples import read_invoice


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("totals.amount_du", "totals.amount_due"),
        ("Totals.Amount-Due", "totals.amount_due"),
        ("lines[3].netamount", "lines[3].net_amount"),
        ("line[12].net_amount", "lines[12].net_amount"),
        ("lines.net_amount", "lines[0].net_amount"),
        ("seler.name", "seller.name"),
        ("colour", ""),
        ("lines[99].net_amount", ""),
        ("x" * 1_000_000, ""),
    ],
)
def test_path_that_is_most_alike_was_meant(written: str, meant: str) -> None:
    assert meant_field(written) == meant


def test_what_is_suggested_are_fields() -> None:
    for pattern in _patterns():
        leaf_type(pattern.replace("[]", "[0]"))


def test_refused_correction_names_the_field_that_may_have_been_meant() -> None:
    with pytest.raises(InvalidInput) as caught:
        corrected_content(read_invoice(1).content, [Correction("totals.amount_du", "1")])
    assert caught.value.message.endswith("; did you mean totals.amount_due?")
    assert caught.value.metadata == {"suggestion": "totals.amount_due"}
    with pytest.raises(InvalidInput) as caught:
        corrected_content(read_invoice(1).content, [Correction("lines[99].net_amount", "1")])
    assert caught.value.metadata == {}
