"""Issues the completeness certificate of a reading."""

from collections.abc import Sequence

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from invoice_reading.check.line_sum import LINE_SUM_RULE
from invoice_reading.completeness import Completeness, Verdict

_LINE_SUM = "BR-CO-10"
_SUMS = frozenset(f"BR-CO-{number}" for number in range(10, 17))


def certify(
    content: InvoiceContent,
    findings: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
) -> Completeness:
    """Returns COMPLETE only where all pages were read, every row seen came back and the sums close.

    PARTIAL says that something is known to be missing, UNKNOWN that nothing is known to be missing but no line sum
    proves it: there are no lines, or no total to hold them against. `gaps` names each reason.
    """
    sums = [finding for finding in findings if finding.rule_id in _SUMS]
    failed = {finding.rule_id for finding in sums if finding.outcome is Outcome.FAILED}
    lines_proven = any(
        finding.rule_id in (_LINE_SUM, LINE_SUM_RULE) and finding.outcome is Outcome.PASSED
        for finding in findings
    )
    rows_returned = len(content.lines)
    missing = [
        gap
        for gap, found in (
            ("PAGES_NOT_READ", pages_read < pages),
            ("ROWS_NOT_RETURNED", rows_returned < rows_seen),
            ("LINE_SUM_DIFFERS", _LINE_SUM in failed),
        )
        if found
    ]
    unproven = [
        gap
        for gap, found in (
            ("NO_LINES", not rows_returned),
            ("LINE_SUM_NOT_DECIDABLE", bool(rows_returned) and not lines_proven),
            ("SUMS_DIFFER", bool(failed - {_LINE_SUM})),
        )
        if found and not (gap == "LINE_SUM_NOT_DECIDABLE" and "LINE_SUM_DIFFERS" in missing)
    ]
    verdict = Verdict.PARTIAL if missing else Verdict.UNKNOWN if unproven else Verdict.COMPLETE
    return Completeness(
        verdict=verdict,
        rows_seen=max(rows_seen, rows_returned),
        rows_returned=rows_returned,
        pages=pages,
        pages_read=pages_read,
        sums_close=lines_proven and not failed,
        gaps=(*missing, *unproven),
    )
