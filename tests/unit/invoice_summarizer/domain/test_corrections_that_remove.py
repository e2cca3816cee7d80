"""No correction makes an invoice ready by taking away what a check needs."""

from datetime import UTC, datetime

import pytest

from invoice_reading.annotation import HumanEdit
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.corrected_reading import corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from small_invoice import ubl_invoice

EDIT = HumanEdit(actor="rita", time=datetime(2026, 11, 2, tzinfo=UTC))
MINIMUM = "urn:factur-x.eu:1p0:minimum"


def no_engine(data: bytes, limits: PdfLimits) -> PdfPages:
    raise AssertionError("there is no PDF")


def read_with(old: bytes = b"", new: bytes = b"") -> Reading:
    """An invoice of two lines in which the first `old` is `new`."""
    return read(ubl_invoice(lines=2).replace(old, new, 1), "", Stages(pdf_engine=no_engine))


def corrected(reading: Reading, *corrections: Correction) -> Reading:
    return corrected_reading(reading, corrected_content(reading.content, corrections), EDIT).reading


def reasons(reading: Reading) -> tuple[str, ...]:
    return tuple(map(str, reading.review_reasons))


WRONG_LINE_SUM = read_with(
    b'LineExtensionAmount currencyID="EUR">200.00', b'LineExtensionAmount currencyID="EUR">200.01'
)
WRONG_DUE = read_with(
    b'PayableAmount currencyID="EUR">238.00', b'PayableAmount currencyID="EUR">239.00'
)
WRONG_VAT = read_with(
    b'TaxAmount currencyID="EUR">38.00</cbc:TaxAmount><cac:TaxCategory',
    b'TaxAmount currencyID="EUR">37.00</cbc:TaxAmount><cac:TaxCategory',
)


@pytest.mark.parametrize(
    ("reading", "path", "rule_id"),
    [
        (WRONG_LINE_SUM, "totals.line_net_amount", "BR-CO-10"),
        (WRONG_DUE, "totals.amount_due", "BR-CO-16"),
        (WRONG_VAT, "vat_breakdown", "BR-CO-14"),
    ],
)
def test_sum_that_lost_a_side_is_looked_at_until_it_has_one_again(
    reading: Reading, path: str, rule_id: str
) -> None:
    assert f"RULE_FAILED:{rule_id}" in reasons(reading)
    after = corrected(reading, Correction(path, None))
    assert f"SUMS_NOT_DECIDABLE:{rule_id}" in reasons(after)
    later = corrected(after, Correction("buyer_reference", "B-1"))
    assert reasons(later) == reasons(after)


def test_sum_that_has_its_side_again_is_settled() -> None:
    cleared = corrected(WRONG_DUE, Correction("totals.amount_due", None))
    stated = corrected(cleared, Correction("totals.amount_due", "238.00"))
    assert reasons(stated) == ("CHANGED_BY_PERSON:totals.amount_due",)


@pytest.mark.parametrize("paths", [("lines",), ("lines[0]", "lines[1]")])
@pytest.mark.parametrize("reading", [WRONG_LINE_SUM, read_with()], ids=["wrong", "right"])
@pytest.mark.parametrize("profile", [None, MINIMUM])
def test_invoice_is_not_ready_once_all_its_lines_are_gone(
    reading: Reading, paths: tuple[str, ...], profile: str | None
) -> None:
    declared = Correction("process_control.specification_identifier", profile)
    after = corrected(reading, declared, *(Correction(path, None) for path in paths))
    assert after.content.lines == ()
    assert "COMPLETENESS_PARTIAL" in reasons(after)
    later = corrected(after, Correction("buyer_reference", "B-1"))
    assert "COMPLETENESS_PARTIAL" in reasons(later)


def test_one_line_that_is_none_can_be_removed() -> None:
    total = b'LineExtensionAmount currencyID="EUR">200.00'
    reading = read_with(total, total.replace(b"200", b"100"))
    after = corrected(
        reading,
        Correction("lines[1]", None),
        Correction("totals.amount_without_vat", "100.00"),
        Correction("totals.vat_amount", "19.00"),
        Correction("totals.amount_with_vat", "119.00"),
        Correction("totals.amount_due", "119.00"),
        Correction("vat_breakdown[0].taxable_amount", "100.00"),
        Correction("vat_breakdown[0].tax_amount", "19.00"),
    )
    assert reasons(after) == (
        "CHANGED_BY_PERSON:totals.amount_with_vat",
        "CHANGED_BY_PERSON:totals.amount_due",
    )


def test_field_that_no_sum_needs_can_be_cleared() -> None:
    assert reasons(corrected(read_with(), Correction("buyer.name", None))) == ()
