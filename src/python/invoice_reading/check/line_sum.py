"""LINES-NET-01: do the lines add up to the net total, where the document prints no sum of the lines?"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, DecimalException

from en16931.counted_lines import counted_lines
from en16931.derivation import DerivationError, derive
from en16931.exact import EXACT
from en16931.finding import Finding, Outcome, Severity
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from invoice_reading.check.pack import OWN

_NET = "totals.amount_without_vat"
_LINES = "sum(lines[*].net_amount) - sum(allowances[*].amount) + sum(charges[*].amount)"


class LineSum:
    """A `Rule` on the content: one finding where BT-109 and lines are declared but BT-106, which BR-CO-10 needs, is not.

    That it fails is information only: printed lines may be gross amounts, which EN 16931 does not know.
    """

    rule_id = "LINES-NET-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the net total is the sum of the lines less allowances and plus charges"
    fields = (
        _NET,
        "totals.line_net_amount",
        "lines[*].net_amount",
        "allowances[*].amount",
        "charges[*].amount",
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        content = declared.content
        totals = content.totals
        if (
            totals is None
            or totals.amount_without_vat is None
            or totals.line_net_amount is not None
        ):
            return
        lines = dict(counted_lines(content))
        if not lines or any(line.net_amount is None for line in lines.values()):
            return
        paths = (_NET, *(f"lines[{index}].net_amount" for index in lines))
        try:
            net, added = derive(_NET, content).value, derive(_LINES, content).value
            residual = EXACT.subtract(net, added)
        except (DerivationError, DecimalException):
            # Only content that was not read from a document can hold an amount that is no finite number.
            yield finding_of(self, Outcome.NOT_DECIDABLE, paths)
            return
        yield replace(
            finding_of(self, Outcome.FAILED if residual else Outcome.PASSED, paths),
            left=net,
            right=added,
            residual=residual,
            tolerance=Decimal(0),
        )
