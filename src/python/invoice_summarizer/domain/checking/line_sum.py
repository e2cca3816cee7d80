"""Do the lines add up to the net total, where the document prints no sum of the lines?"""

from collections.abc import Iterator
from decimal import Decimal

from en16931.derivation import evaluate
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from invoice_summarizer.domain.checking.page_agreement import RULE_PACK

LINE_SUM_RULE = "LINES-NET-01"
_EXPRESSION = "sum(lines[*].net_amount) - sum(allowances[*].amount) + sum(charges[*].amount)"


def check_line_sum(content: InvoiceContent) -> Iterator[Finding]:
    """Yields one finding where BT-109 and lines are declared but BT-106, which BR-CO-10 needs, is not.

    That it fails is information only: printed lines may be gross amounts, which EN 16931 does not know.
    """
    totals = content.totals
    if totals is None or totals.amount_without_vat is None or totals.line_net_amount is not None:
        return
    if not content.lines or any(line.net_amount is None for line in content.lines):
        return
    left, right = totals.amount_without_vat, evaluate(_EXPRESSION, content)
    yield Finding(
        rule_id=LINE_SUM_RULE,
        rule_pack=RULE_PACK,
        severity=Severity.INFORMATION,
        outcome=Outcome.PASSED if left == right else Outcome.FAILED,
        field_paths=(
            "totals.amount_without_vat",
            *(f"lines[{index}].net_amount" for index in range(len(content.lines))),
        ),
        message="the net total is the sum of the lines less allowances and plus charges",
        left=left,
        right=right,
        residual=left - right,
        tolerance=Decimal(0),
    )
