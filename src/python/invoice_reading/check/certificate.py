"""Issues the completeness certificate of a reading."""

from collections.abc import Sequence

from en16931.fatturapa.sums import FATTURAPA_SUMS, TAXABLE_AMOUNTS
from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.rules.derived_totals import DOCUMENT_TOTALS, LINE_SUM
from invoice_reading.check.line_sum import LineSum
from invoice_reading.completeness import Completeness, Gap, Verdict

# That these hold proves that every line was read.
_LINE_SUMS = frozenset({LINE_SUM.rule_id, TAXABLE_AMOUNTS.rule_id})
_TOTALS = frozenset(rule.rule_id for rule in DOCUMENT_TOTALS) | FATTURAPA_SUMS.rule_ids


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
    sums = [finding for finding in findings if finding.rule_id in _TOTALS]
    failed = {finding.rule_id for finding in sums if finding.outcome is Outcome.FAILED}
    lines_proven = any(
        finding.rule_id in _LINE_SUMS | {LineSum.rule_id} and finding.outcome is Outcome.PASSED
        for finding in findings
    )
    rows_returned = len(content.lines)
    line_sum_differs = bool(failed & _LINE_SUMS)
    seen = {
        Gap.PAGES_NOT_READ: pages_read < pages,
        Gap.ROWS_NOT_RETURNED: rows_returned < rows_seen,
        Gap.LINE_SUM_DIFFERS: line_sum_differs,
        Gap.NO_LINES: not rows_returned,
        Gap.LINE_SUM_NOT_DECIDABLE: bool(rows_returned)
        and not lines_proven
        and not line_sum_differs,
        Gap.SUMS_DIFFER: bool(failed - _LINE_SUMS),
    }
    gaps = tuple(gap for gap, is_there in seen.items() if is_there)
    verdicts = {gap.verdict for gap in gaps}
    verdict = next(
        (worst for worst in (Verdict.PARTIAL, Verdict.UNKNOWN) if worst in verdicts), None
    )
    return Completeness(
        verdict=verdict or Verdict.COMPLETE,
        rows_seen=max(rows_seen, rows_returned),
        rows_returned=rows_returned,
        pages=pages,
        pages_read=pages_read,
        sums_close=lines_proven and not failed,
        gaps=gaps,
    )
