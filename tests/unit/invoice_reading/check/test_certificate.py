"""The certificate says what is missing or unproven."""

from decimal import Decimal

import pytest

from en16931.finding import Finding, Outcome, Severity
from en16931.model import DocumentTotals, InvoiceContent, InvoiceLine
from en16931.model.lines import LineExtras, PriceDetails
from invoice_reading.check.certificate import certify
from invoice_reading.completeness import Verdict

LINES = (InvoiceLine(net_amount=Decimal(60)), InvoiceLine(net_amount=Decimal(40)))


def finding(rule_id: str, outcome: Outcome = Outcome.PASSED) -> Finding:
    return Finding(
        rule_id=rule_id,
        rule_pack="test",
        severity=Severity.ERROR,
        outcome=outcome,
        field_paths=(),
        message="",
    )


@pytest.mark.parametrize(
    ("lines", "findings", "rows_seen", "pages_read", "verdict", "gaps"),
    [
        (LINES, (finding("BR-CO-10"),), 2, 2, Verdict.COMPLETE, ()),
        (LINES, (finding("BR-CO-10"),), 2, 1, Verdict.PARTIAL, ("PAGES_NOT_READ",)),
        (LINES, (finding("BR-CO-10"),), 3, 2, Verdict.PARTIAL, ("ROWS_NOT_RETURNED",)),
        (
            LINES,
            (finding("BR-CO-10", Outcome.FAILED),),
            2,
            2,
            Verdict.PARTIAL,
            ("LINE_SUM_DIFFERS",),
        ),
        (
            LINES,
            (finding("BR-CO-10"), finding("BR-CO-15", Outcome.FAILED)),
            2,
            2,
            Verdict.UNKNOWN,
            ("SUMS_DIFFER",),
        ),
        (LINES, (), 2, 2, Verdict.UNKNOWN, ("LINE_SUM_NOT_DECIDABLE",)),
        ((), (), 0, 2, Verdict.UNKNOWN, ("NO_LINES",)),
    ],
)
def test_certificate_says_what_is_missing_or_unproven(
    lines: tuple[InvoiceLine, ...],
    findings: tuple[Finding, ...],
    rows_seen: int,
    pages_read: int,
    verdict: Verdict,
    gaps: tuple[str, ...],
) -> None:
    certificate = certify(
        InvoiceContent(lines=lines),
        findings,
        rows_seen=rows_seen,
        pages=2,
        pages_read=pages_read,
        by_words=False,
    )
    assert (certificate.verdict, certificate.gaps) == (verdict, gaps)
    assert certificate.sums_close is (
        bool(findings) and all(found.outcome is Outcome.PASSED for found in findings)
    )
    assert certificate.rows_seen >= certificate.rows_returned == len(lines)


def gross(*amounts: str) -> tuple[InvoiceLine, ...]:
    return tuple(InvoiceLine(extras=LineExtras(gross_amount=Decimal(amount))) for amount in amounts)


@pytest.mark.parametrize(
    ("lines", "findings", "gaps"),
    [
        (LINES, (finding("LINES-NET-01"),), ()),
        (LINES, (finding("LINES-NET-01", Outcome.FAILED),), ("LINE_SUM_DIFFERS",)),
        (gross("60.00", "59.00"), (), ()),
        (gross("60.00", "58.98"), (), ("LINE_SUM_NOT_DECIDABLE",)),
        (gross("60.00", "58.00"), (), ("LINE_SUM_DIFFERS",)),
        ((*LINES, InvoiceLine()), (finding("LINES-NET-01"),), ("ROWS_NOT_RETURNED",)),
        ((*gross("119.00"), InvoiceLine()), (), ("ROWS_NOT_RETURNED", "LINE_SUM_NOT_DECIDABLE")),
    ],
)
def test_lines_among_words_may_lack_what_their_sums_show(
    lines: tuple[InvoiceLine, ...], findings: tuple[Finding, ...], gaps: tuple[str, ...]
) -> None:
    content = InvoiceContent(
        lines=lines,
        totals=DocumentTotals(amount_without_vat=Decimal(100), amount_with_vat=Decimal(119)),
    )

    def of(by_words: bool) -> tuple[str, ...]:
        size = len(lines)
        certificate = certify(
            content, findings, rows_seen=size, pages=1, pages_read=1, by_words=by_words
        )
        return certificate.gaps

    assert of(by_words=True) == gaps
    # An e-invoice declares its lines: whatever is in it is all there is.
    assert not {"LINE_SUM_DIFFERS", "ROWS_NOT_RETURNED"} & set(of(by_words=False))


def priced(*lines: tuple[str, str, str]) -> tuple[InvoiceLine, ...]:
    return tuple(
        InvoiceLine(
            invoiced_quantity=Decimal(quantity),
            price=PriceDetails(net_price=Decimal(price)),
            net_amount=Decimal(amount),
        )
        for quantity, price, amount in lines
    )


@pytest.mark.parametrize(
    ("lines", "gaps"),
    [
        (priced(("3", "20.00", "60.00"), ("2", "20.00", "40.00")), ()),
        # Position numbers taken for quantities: the amounts add up all the same.
        (priced(("1", "20.00", "60.00"), ("2", "13.00", "40.00")), ("LINE_PRODUCTS_DIFFER",)),
        (priced(("7", "20.00", "60.00"), ("9", "13.00", "40.00")), ("LINE_PRODUCTS_DIFFER",)),
        (priced(("3", "0.00", "60.00"), ("2", "0.00", "40.00")), ("LINE_PRODUCTS_DIFFER",)),
        # A discount of 4 % and one of 12.5 %.
        (priced(("3", "20.83", "60.00"), ("4", "11.43", "40.00")), ()),
        # A price that is printed rounded.
        (priced(("1000", "0.06", "59.67"), ("1000", "0.04", "40.33")), ()),
        # One line with a minimum, and as many that hold as that differ.
        (priced(("1", "20.00", "60.00"), ("2", "20.00", "40.00")), ()),
    ],
)
def test_lines_among_words_that_add_up_and_are_not_what_they_are_priced_at_are_partial(
    lines: tuple[InvoiceLine, ...], gaps: tuple[str, ...]
) -> None:
    content = InvoiceContent(lines=lines, totals=DocumentTotals(amount_without_vat=Decimal(100)))

    def of(by_words: bool) -> tuple[str, ...]:
        passed = (finding("LINES-NET-01"),)
        certificate = certify(
            content, passed, rows_seen=2, pages=1, pages_read=1, by_words=by_words
        )
        assert certificate.verdict is (Verdict.PARTIAL if certificate.gaps else Verdict.COMPLETE)
        return certificate.gaps

    assert of(by_words=True) == gaps
    assert of(by_words=False) == ()
