"""The certificate says what is missing or unproven."""

from decimal import Decimal

import pytest

from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent, InvoiceLine
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
        InvoiceContent(lines=lines), findings, rows_seen=rows_seen, pages=2, pages_read=pages_read
    )
    assert (certificate.verdict, certificate.gaps) == (verdict, gaps)
    assert certificate.sums_close is (
        bool(findings) and all(found.outcome is Outcome.PASSED for found in findings)
    )
    assert certificate.rows_seen >= certificate.rows_returned == len(lines)
