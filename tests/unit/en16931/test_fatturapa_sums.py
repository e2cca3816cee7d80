"""FATTURAPA-01 to FATTURAPA-03 over what was read."""

from decimal import Decimal

import msgspec
import pytest

from en16931.fatturapa.sums import FATTURAPA_SUMS
from en16931.finding import Finding, Outcome
from en16931.model import (
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    Extras,
    Instalment,
    InvoiceContent,
    InvoiceLine,
    VatBreakdown,
)
from en16931.rules.declared import Declared

D = Decimal
# 1,000.00 and 100.00 of lines, a pension fund of 40.00, a discount of 50.00, 200.00 withheld.
_TOTALS = DocumentTotals(
    amount_with_vat=D("1328.81"), rounding_amount=D("0.01"), amount_due=D("1128.81")
)
_EXTRAS = Extras(withholding_amount=D("200.00"))
_CONTENT = InvoiceContent(
    lines=(InvoiceLine(net_amount=D("1000.00")), InvoiceLine(net_amount=D("100.00"))),
    charges=(
        DocumentCharge(amount=D("40.00"), vat_rate=D("22.00")),
        DocumentCharge(amount=D("10.00")),
    ),
    allowances=(DocumentAllowance(amount=D("50.00")),),
    vat_breakdown=(
        VatBreakdown(
            taxable_amount=D("1040.00"),
            tax_amount=D("228.80"),
            rate=D("22.00"),
            category_code="S",
        ),
        VatBreakdown(
            taxable_amount=D("100.00"), tax_amount=D("0.00"), rate=D("0.00"), category_code="O"
        ),
    ),
    totals=_TOTALS,
    extras=_EXTRAS,
)


def _findings(content: InvoiceContent, unread: tuple[str, ...] = ()) -> dict[str, Finding]:
    findings = FATTURAPA_SUMS.check(Declared(content, unread))
    return {finding.rule_id: finding for finding in findings}


def _outcomes(content: InvoiceContent, unread: tuple[str, ...] = ()) -> list[Outcome]:
    return [finding.outcome for finding in _findings(content, unread).values()]


def test_sums_that_close_pass() -> None:
    assert _outcomes(_CONTENT) == [Outcome.PASSED] * 3


def test_a_line_that_is_missing_fails_with_both_sides() -> None:
    finding = _findings(msgspec.structs.replace(_CONTENT, lines=_CONTENT.lines[:1]))["FATTURAPA-01"]
    assert finding.outcome is Outcome.FAILED
    assert (finding.left, finding.right) == (D("1140.00"), D("1040.00"))
    assert (finding.residual, finding.tolerance) == (D("100.00"), D(2))


@pytest.mark.parametrize(("net", "outcome"), [("98.00", Outcome.PASSED), ("97.99", Outcome.FAILED)])
def test_taxable_amounts_may_differ_by_one_for_each_row(net: str, outcome: Outcome) -> None:
    lines = (_CONTENT.lines[0], InvoiceLine(net_amount=D(net)))
    content = msgspec.structs.replace(_CONTENT, lines=lines)
    assert _findings(content)["FATTURAPA-01"].outcome is outcome


def test_another_total_fails() -> None:
    totals = msgspec.structs.replace(_TOTALS, amount_with_vat=D("1328.82"))
    findings = _findings(msgspec.structs.replace(_CONTENT, totals=totals))
    assert findings["FATTURAPA-02"].residual == D("0.01")
    assert findings["FATTURAPA-03"].outcome is Outcome.FAILED


def test_instalments_count_in_the_place_of_the_amount_due() -> None:
    totals = msgspec.structs.replace(_TOTALS, amount_due=None)
    instalments = (Instalment(amount=D("1000.00")), Instalment(amount=D("128.81")))
    extras = msgspec.structs.replace(_EXTRAS, instalments=instalments)
    content = msgspec.structs.replace(_CONTENT, totals=totals, extras=extras)
    assert _findings(content)["FATTURAPA-03"].outcome is Outcome.PASSED


def test_under_split_payment_the_vat_is_not_paid_to_the_seller() -> None:
    row = msgspec.structs.replace(_CONTENT.vat_breakdown[0], category_code="B")
    totals = msgspec.structs.replace(_TOTALS, amount_due=D("900.01"))
    content = msgspec.structs.replace(
        _CONTENT, vat_breakdown=(row, _CONTENT.vat_breakdown[1]), totals=totals
    )
    assert _findings(content)["FATTURAPA-03"].outcome is Outcome.PASSED


def test_without_a_total_what_is_due_is_held_against_the_rows() -> None:
    totals = msgspec.structs.replace(_TOTALS, amount_with_vat=None)
    content = msgspec.structs.replace(_CONTENT, totals=totals)
    assert _outcomes(content) == [Outcome.PASSED, Outcome.NOT_DECIDABLE, Outcome.PASSED]


def test_what_could_not_be_read_decides_nothing() -> None:
    outcomes = _outcomes(_CONTENT, ("extras.withholding_amount", "lines[1].net_amount"))
    assert outcomes == [Outcome.NOT_DECIDABLE, Outcome.PASSED, Outcome.NOT_DECIDABLE]
