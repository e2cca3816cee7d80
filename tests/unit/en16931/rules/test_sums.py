from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.finding import Finding, Outcome
from en16931.model import (
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    InvoiceContent,
    InvoiceLine,
    VatBreakdown,
)
from en16931.rules.declared import Declared
from en16931.rules.sums import SUMS

cents = st.integers(min_value=-(10**9), max_value=10**9).map(lambda n: Decimal(n).scaleb(-2))
RATES = (Decimal("7"), Decimal("19.00"), Decimal("5.5"), Decimal("0"))


@st.composite
def closed_invoices(draw: st.DrawFn) -> InvoiceContent:
    """Invoices whose sums close, with and without the optional totals."""
    lines = draw(st.lists(cents, min_size=1, max_size=8))
    allowances = draw(st.lists(cents, max_size=3))
    charges = draw(st.lists(cents, max_size=3))
    vat = draw(st.lists(cents, min_size=1, max_size=3))
    paid = draw(st.none() | cents)
    rounding = draw(st.none() | cents)
    zero = Decimal(0)
    net = sum(lines, zero) - sum(allowances, zero) + sum(charges, zero)
    gross = net + sum(vat, zero)
    return InvoiceContent(
        lines=tuple(InvoiceLine(net_amount=amount) for amount in lines),
        allowances=tuple(DocumentAllowance(amount=amount) for amount in allowances),
        charges=tuple(DocumentCharge(amount=amount) for amount in charges),
        vat_breakdown=tuple(VatBreakdown(tax_amount=amount) for amount in vat),
        totals=DocumentTotals(
            line_net_amount=sum(lines, zero),
            allowance_amount=sum(allowances, zero) if allowances else None,
            charge_amount=sum(charges, zero) if charges else None,
            amount_without_vat=net,
            vat_amount=sum(vat, zero),
            amount_with_vat=gross,
            paid_amount=paid,
            rounding_amount=rounding,
            amount_due=gross - (paid or zero) + (rounding or zero),
        ),
    )


def _by_rule(content: InvoiceContent, unread: tuple[str, ...] = ()) -> dict[str, Finding]:
    return {finding.rule_id: finding for finding in SUMS.check(Declared(content, unread))}


@given(closed_invoices())
def test_sums_that_close_pass_with_residual_zero(content: InvoiceContent) -> None:
    findings = _by_rule(content)
    for number in range(10, 17):
        finding = findings[f"BR-CO-{number}"]
        assert finding.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE)
        assert finding.residual in (None, 0)


@given(
    closed_invoices(),
    st.sampled_from(
        [
            ("line_net_amount", "BR-CO-10"),
            ("amount_without_vat", "BR-CO-13"),
            ("vat_amount", "BR-CO-14"),
            ("amount_with_vat", "BR-CO-15"),
            ("amount_due", "BR-CO-16"),
        ]
    ),
    cents.filter(bool),
)
def test_a_total_that_is_off_fails_its_rule_by_that_residual(
    content: InvoiceContent, place: tuple[str, str], off: Decimal
) -> None:
    field, rule = place
    assert content.totals is not None
    moved = msgspec.structs.replace(content.totals, **{field: getattr(content.totals, field) + off})
    finding = _by_rule(msgspec.structs.replace(content, totals=moved))[rule]
    assert finding.outcome is Outcome.FAILED
    assert finding.residual == off
    assert f"totals.{field}" in finding.field_paths


@given(cents, st.sampled_from(RATES), st.decimals(-3, 3, places=2))
def test_vat_of_a_row_may_differ_by_less_than_one(
    taxable: Decimal, rate: Decimal, off: Decimal
) -> None:
    sign = -1 if taxable < 0 else 1
    exact = (abs(taxable) * rate / 100 + Decimal("0.005")) // Decimal("0.01") * Decimal("0.01")
    row = VatBreakdown(taxable_amount=taxable, rate=rate, tax_amount=sign * (exact + off))
    finding = _by_rule(InvoiceContent(vat_breakdown=(row,)))["BR-CO-17"]
    if rate and exact + off >= 0:
        assert (finding.outcome is Outcome.PASSED) == (abs(off) < 1)
    assert finding.residual is not None and finding.tolerance is not None
    assert (finding.outcome is Outcome.PASSED) == (abs(finding.residual) <= finding.tolerance)


@pytest.mark.parametrize(
    ("tax", "outcome"),
    [
        ("0.00", Outcome.PASSED),
        ("0.49", Outcome.PASSED),
        ("-0.50", Outcome.PASSED),
        ("0.50", Outcome.FAILED),
        ("-0.51", Outcome.FAILED),
    ],
)
def test_a_rate_of_zero_wants_a_tax_that_rounds_to_zero(tax: str, outcome: Outcome) -> None:
    row = VatBreakdown(taxable_amount=Decimal("100"), rate=Decimal("0.00"), tax_amount=Decimal(tax))
    assert _by_rule(InvoiceContent(vat_breakdown=(row,)))["BR-CO-17"].outcome is outcome


def test_a_row_without_rate_is_decided_outside_the_scope_of_vat_only() -> None:
    row = VatBreakdown(category_code="O", tax_amount=Decimal("5"))
    [failed] = [
        f
        for f in SUMS.check(Declared(InvoiceContent(vat_breakdown=(row,))))
        if f.rule_id[-2:] == "17"
    ]
    assert failed.outcome is Outcome.FAILED
    row = msgspec.structs.replace(row, category_code="S")
    [undecided] = [
        f
        for f in SUMS.check(Declared(InvoiceContent(vat_breakdown=(row,))))
        if f.rule_id[-2:] == "17"
    ]
    assert undecided.outcome is Outcome.NOT_DECIDABLE
    assert undecided.field_paths == ("vat_breakdown[0].rate",)


def test_each_vat_row_has_its_own_finding_with_its_own_paths() -> None:
    row = VatBreakdown(
        taxable_amount=Decimal("100"), rate=Decimal("19"), tax_amount=Decimal("19.00")
    )
    findings = [
        f
        for f in SUMS.check(Declared(InvoiceContent(vat_breakdown=(row, row))))
        if f.rule_id == "BR-CO-17"
    ]
    assert [f.field_paths[0] for f in findings] == [
        "vat_breakdown[0].tax_amount",
        "vat_breakdown[1].tax_amount",
    ]
    assert {f.outcome for f in findings} == {Outcome.PASSED}


def test_nothing_is_decided_of_an_empty_invoice() -> None:
    outcomes = {rule: finding.outcome for rule, finding in _by_rule(InvoiceContent()).items()}
    assert outcomes == {
        "BR-CO-10": Outcome.NOT_DECIDABLE,
        "BR-CO-11": Outcome.NOT_APPLICABLE,
        "BR-CO-12": Outcome.NOT_APPLICABLE,
        "BR-CO-13": Outcome.NOT_DECIDABLE,
        "BR-CO-14": Outcome.NOT_APPLICABLE,
        "BR-CO-15": Outcome.NOT_DECIDABLE,
        "BR-CO-16": Outcome.NOT_DECIDABLE,
        "BR-CO-17": Outcome.NOT_APPLICABLE,
    }


def test_a_field_that_could_not_be_read_leaves_its_rules_undecided() -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("10"), amount_due=Decimal("10"))
    content = InvoiceContent(totals=totals, lines=(InvoiceLine(net_amount=Decimal("1")),))
    assert _by_rule(content)["BR-CO-16"].outcome is Outcome.PASSED
    finding = _by_rule(content, ("totals.paid_amount", "lines[3].net_amount"))["BR-CO-16"]
    assert finding.outcome is Outcome.NOT_DECIDABLE
    assert finding.field_paths == ("totals.paid_amount",)


def test_without_vat_total_equal_totals_pass_and_others_are_undecided() -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("10.00"), amount_without_vat=Decimal("10"))
    assert _by_rule(InvoiceContent(totals=totals))["BR-CO-15"].outcome is Outcome.PASSED
    totals = msgspec.structs.replace(totals, amount_with_vat=Decimal("11"))
    assert _by_rule(InvoiceContent(totals=totals))["BR-CO-15"].outcome is Outcome.NOT_DECIDABLE


def test_an_amount_that_is_no_number_decides_nothing() -> None:
    totals = DocumentTotals(amount_with_vat=Decimal("NaN"), amount_due=Decimal("Infinity"))
    row = VatBreakdown(taxable_amount=Decimal("NaN"), rate=Decimal("NaN"), tax_amount=Decimal("1"))
    findings = SUMS.check(Declared(InvoiceContent(totals=totals, vat_breakdown=(row,))))
    assert not {f.outcome for f in findings} & {Outcome.PASSED, Outcome.FAILED}


def test_findings_hold_no_values_in_their_message() -> None:
    finding = _by_rule(
        InvoiceContent(
            totals=DocumentTotals(amount_with_vat=Decimal("4711.99"), amount_due=Decimal("1"))
        )
    )["BR-CO-16"]
    assert "4711" not in finding.message
    assert finding == replace(finding, rule_pack="cen-1.3.16")


def test_each_of_many_unread_vat_rows_names_its_own_fields_only() -> None:
    count = 5000
    content = InvoiceContent(vat_breakdown=(VatBreakdown(),) * count)
    unread = [
        f"vat_breakdown[{index}].{name}"
        for index in range(count)
        for name in ("tax_amount", "taxable_amount", "rate")
    ]
    findings = [one for one in SUMS.check(Declared(content, unread)) if one.rule_id == "BR-CO-17"]
    assert len(findings) == count
    for index, finding in enumerate(findings):
        assert finding.outcome is Outcome.NOT_DECIDABLE
        assert {path.split(".")[0] for path in finding.field_paths} == {f"vat_breakdown[{index}]"}


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999"])
@pytest.mark.parametrize("name", ["amount_with_vat", "amount_without_vat", "vat_amount"])
def test_amounts_that_no_document_can_state_are_not_decidable(amount: str, name: str) -> None:
    totals = DocumentTotals(
        amount_with_vat=Decimal(1), amount_without_vat=Decimal(1), vat_amount=Decimal(0)
    )
    content = InvoiceContent(
        totals=msgspec.structs.replace(totals, **{name: Decimal(amount)}),
        vat_breakdown=(VatBreakdown(tax_amount=Decimal(amount), rate=Decimal(amount)),),
    )
    findings = _by_rule(content)
    assert findings["BR-CO-15"].outcome is Outcome.NOT_DECIDABLE
    assert findings["BR-CO-17"].outcome is Outcome.NOT_DECIDABLE


def test_residual_of_many_digits_is_exact() -> None:
    content = InvoiceContent(
        lines=(InvoiceLine(net_amount=Decimal(1)),),
        totals=DocumentTotals(line_net_amount=Decimal("9" * 35 + ".01")),
    )
    assert str(_by_rule(content)["BR-CO-10"].residual) == "9" * 34 + "8.01"


def test_residual_of_many_digits_stays_below_the_limit_of_vat_amounts() -> None:
    row = VatBreakdown(
        taxable_amount=Decimal(100), rate=Decimal(19), tax_amount=Decimal("19." + "9" * 40)
    )
    finding = _by_rule(InvoiceContent(vat_breakdown=(row,)))["BR-CO-17"]
    assert finding.outcome is Outcome.PASSED
    assert finding.tolerance is not None and finding.tolerance < 1


@pytest.mark.parametrize(
    ("name", "rule_id"),
    [("allowance_amount", "BR-CO-11"), ("charge_amount", "BR-CO-12"), ("vat_amount", "BR-CO-14")],
)
def test_total_that_was_not_read_makes_its_rule_not_decidable(name: str, rule_id: str) -> None:
    finding = _by_rule(InvoiceContent(), (f"totals.{name}",))[rule_id]
    assert (finding.outcome, finding.field_paths) == (Outcome.NOT_DECIDABLE, (f"totals.{name}",))
