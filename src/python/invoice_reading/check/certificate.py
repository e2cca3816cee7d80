"""Issues the completeness certificate of a reading."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, DecimalException

from en16931.counted_lines import counted_lines
from en16931.exact import EXACT, exact_sum
from en16931.fatturapa.sums import FATTURAPA_SUMS, TAXABLE_AMOUNTS
from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent, InvoiceLine
from en16931.rules.derived_totals import DOCUMENT_TOTALS, LINE_SUM
from invoice_reading.check.carried_sums import CarriedSums
from invoice_reading.check.line_amounts import amount_sides
from invoice_reading.check.line_sum import LineSum
from invoice_reading.check.one_invoice import OneInvoice
from invoice_reading.completeness import Completeness, Gap, Verdict

# That these hold proves that every line was read.
_LINE_SUMS = frozenset({LINE_SUM.rule_id, TAXABLE_AMOUNTS.rule_id})
# What rounding makes of each gross amount, and of the tax of each rate.
_HALF_CENT = Decimal("0.005")
_MOST_RATES = 4
# What a discount of a line is: a multiple of half a percent of quantity times price, and no more than this.
_STEPS_OF_DISCOUNT = 200
_HIGHEST_DISCOUNT = Decimal("0.6")
_TOTALS = frozenset(rule.rule_id for rule in DOCUMENT_TOTALS) | FATTURAPA_SUMS.rule_ids


def certify(
    content: InvoiceContent,
    findings: Sequence[Finding],
    *,
    rows_seen: int,
    pages: int,
    pages_read: int,
    by_words: bool,
) -> Completeness:
    """Returns COMPLETE only where all pages were read, every row seen came back and the sums close.

    PARTIAL says that something is known to be missing, UNKNOWN that nothing is known to be missing but no line sum
    proves it: there are no lines, or no total to hold them against. `gaps` names each reason. It is PARTIAL where a sum that pages carry
    over is none of the lines before it. Lines that were read by
    the words of pages (`by_words`) are PARTIAL as well where they do not add up to the net total, or as gross amounts to
    the total, or where one has no amount that it adds to a total: a row or a charge between them may be lost. So is an
    invoice with a total of which no line was read, since an invoice has one at least (BR-16). So are lines of which more
    than a third of those with a quantity and a price are neither the product nor that less a discount: amounts that add
    up do not prove that the other columns were read.
    """
    sums = [finding for finding in findings if finding.rule_id in _TOTALS]
    failed = {finding.rule_id for finding in sums if finding.outcome is Outcome.FAILED}
    lines_proven = any(
        finding.rule_id in _LINE_SUMS | {LineSum.rule_id} and finding.outcome is Outcome.PASSED
        for finding in findings
    )
    rows_returned = len(content.lines)
    line_sum_differs = bool(failed & _LINE_SUMS) or _fails(findings, CarriedSums.rule_id)
    without_amount = no_line_of_invoice = products_differ = False
    if by_words:
        products_differ = _products_differ(content)
        apart = _gross_sum_apart(content)
        lines_proven = lines_proven or apart == 0
        line_sum_differs |= _fails(findings, LineSum.rule_id) or (
            apart is not None and apart > _HALF_CENT * (rows_returned + _MOST_RATES)
        )
        without_amount = _has_line_without_amount(content)
        no_line_of_invoice = (
            not rows_returned and content.type_code is not None and _states_total(content)
        )
    seen = {
        Gap.PAGES_NOT_READ: pages_read < pages,
        Gap.ROWS_NOT_RETURNED: rows_returned < rows_seen or without_amount or no_line_of_invoice,
        Gap.LINE_SUM_DIFFERS: line_sum_differs,
        Gap.LINE_PRODUCTS_DIFFER: products_differ,
        Gap.NO_LINES: not rows_returned,
        Gap.LINE_SUM_NOT_DECIDABLE: bool(rows_returned)
        and not lines_proven
        and not line_sum_differs,
        Gap.SUMS_DIFFER: bool(failed - _LINE_SUMS),
        Gap.SEVERAL_INVOICES: _fails(findings, OneInvoice.rule_id),
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


def _fails(findings: Sequence[Finding], rule_id: str) -> bool:
    return any(one.rule_id == rule_id and one.outcome is Outcome.FAILED for one in findings)


def _gross_sum_apart(content: InvoiceContent) -> Decimal | None:
    """Returns by how much gross amounts of lines differ from the total with VAT; None where they say nothing of it.

    They do not where a line has none or has a net amount as well, or where charges are stated, which may be net.
    """
    total = content.totals.amount_with_vat if content.totals is not None else None
    amounts = [
        line.extras.gross_amount
        for line in content.lines
        if line.net_amount is None and line.extras is not None
    ]
    known = [amount for amount in amounts if amount is not None]
    if total is None or not known or len(known) < len(content.lines):
        return None
    if content.charges or content.allowances:
        return None
    return EXACT.subtract(total, exact_sum(known)).copy_abs()


def _states_total(content: InvoiceContent) -> bool:
    totals = content.totals
    return totals is not None and (
        totals.amount_with_vat is not None or totals.amount_without_vat is not None
    )


def _has_line_without_amount(content: InvoiceContent) -> bool:
    return _states_total(content) and any(
        line.net_amount is None and (line.extras is None or line.extras.gross_amount is None)
        for _, line in counted_lines(content)
    )


def _products_differ(content: InvoiceContent) -> bool:
    """Returns whether two lines at least, and more than a third of the priced ones, cannot be what they are priced at."""
    holds = [known for line in content.lines if (known := _is_product(line)) is not None]
    differing = holds.count(False)
    return differing >= 2 and differing * 3 > len(holds)


def _is_product(line: InvoiceLine) -> bool | None:
    """Returns whether the net amount is quantity times price, or less by a discount; None where one is not stated."""
    try:
        sides = amount_sides(line)
        if sides is None:
            return None
        stated, computed, slack = sides
        residual = EXACT.subtract(computed, stated)
        if residual.copy_abs() <= slack:
            return True
        if not computed:
            return False
        discount = residual / computed
        steps = (discount * _STEPS_OF_DISCOUNT).quantize(Decimal(1), ROUND_HALF_EVEN)
        of_whole_steps = EXACT.multiply(computed, steps) / _STEPS_OF_DISCOUNT
    except DecimalException:
        return None  # an amount that is no finite number comes from no document
    is_near = EXACT.subtract(residual, of_whole_steps).copy_abs() <= slack
    return is_near and 0 < discount <= _HIGHEST_DISCOUNT
