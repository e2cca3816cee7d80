"""Do the lines add up to the net total, where the document prints no sum of the lines?"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, DecimalException

from en16931.derivation import DerivationError, derive
from en16931.exact import EXACT
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from invoice_reading.check.page_agreement import RULE_PACK

LINE_SUM_RULE = "LINES-NET-01"
_NET = "totals.amount_without_vat"
_LINES = "sum(lines[*].net_amount) - sum(allowances[*].amount) + sum(charges[*].amount)"


def check_line_sum(content: InvoiceContent) -> Iterator[Finding]:
    """Yields one finding where BT-109 and lines are declared but BT-106, which BR-CO-10 needs, is not.

    That it fails is information only: printed lines may be gross amounts, which EN 16931 does not know.
    """
    totals = content.totals
    if totals is None or totals.amount_without_vat is None or totals.line_net_amount is not None:
        return
    if not content.lines or any(line.net_amount is None for line in content.lines):
        return
    try:
        left, right = derive(_NET, content).value, derive(_LINES, content).value
        residual = EXACT.subtract(left, right)
    except (DerivationError, DecimalException):
        # Only content that was not read from a document can hold an amount that is no finite number.
        yield _finding(content, Outcome.NOT_DECIDABLE)
        return
    outcome = Outcome.FAILED if residual else Outcome.PASSED
    yield replace(
        _finding(content, outcome), left=left, right=right, residual=residual, tolerance=Decimal(0)
    )


def _finding(content: InvoiceContent, outcome: Outcome) -> Finding:
    return Finding(
        rule_id=LINE_SUM_RULE,
        rule_pack=RULE_PACK,
        severity=Severity.INFORMATION,
        outcome=outcome,
        field_paths=(
            _NET,
            *(f"lines[{index}].net_amount" for index in range(len(content.lines))),
        ),
        message="the net total is the sum of the lines less allowances and plus charges",
    )
